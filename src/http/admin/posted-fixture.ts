import { type LoadedFixture, validateFixture } from '../../forge/fixture/load.ts'
import { checkRepositoryPaths } from '../../forge/fixture/repository-paths.ts'
import { checkProfiles, type KnownProfiles } from '../../forge/profiles.ts'
import type { AdminOptions } from './index.ts'

const SOURCE = 'the posted fixture'

/** Checks a fixture that came over the network. Throws FixtureError. */
export async function readPostedFixture(value: unknown, options: AdminOptions): Promise<LoadedFixture> {
  const fixture = await validateFixture(value, SOURCE)
  const folder = await checkRepositoryPaths(fixture, options.repoRoot)
  const loaded = { fixture, source: SOURCE, folder }
  checkProfiles(loaded, knownProfiles(options))
  return loaded
}

/** What the projects of a posted world may be on. */
export function knownProfiles({ vendors }: AdminOptions): KnownProfiles {
  return new Map(vendors.map(({ id, profiles }) => [id, profiles]))
}
