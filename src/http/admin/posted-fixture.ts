import { type LoadedFixture, validateFixture } from '../../forge/fixture/load.ts'
import { checkRepositoryPaths } from '../../forge/fixture/repository-paths.ts'

const SOURCE = 'the posted fixture'

/** Checks a fixture that came over the network. Throws FixtureError. */
export async function readPostedFixture(value: unknown, repoRoot: string | null): Promise<LoadedFixture> {
  const fixture = await validateFixture(value, SOURCE)
  return { fixture, source: SOURCE, folder: await checkRepositoryPaths(fixture, repoRoot) }
}
