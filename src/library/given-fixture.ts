import { type LoadedFixture, loadFixtureFile, validateFixture } from '../forge/fixture/load.ts'
import { checkProfiles } from '../forge/profiles.ts'
import type { AdminOptions } from '../http/admin/index.ts'
import { knownProfiles } from '../http/admin/posted-fixture.ts'

/** Loads a fixture that code of this process gives: the path of a file, or the fixture itself. Throws FixtureError. */
export async function loadGiven(fixture: string | object, control: AdminOptions): Promise<LoadedFixture> {
  const loaded = typeof fixture === 'string' ? await loadFixtureFile(fixture) : await loadInline(fixture)
  checkProfiles(loaded, knownProfiles(control))
  return loaded
}

/** Paths of repositories in it start from where the process is. */
async function loadInline(fixture: object): Promise<LoadedFixture> {
  const source = 'the fixture'
  return { fixture: await validateFixture(fixture, source), source, folder: process.cwd() }
}
