import { demoFixture } from './forge/fixture/demo.ts'
import { type LoadedFixture, loadFixtureFile, validateFixture } from './forge/fixture/load.ts'
import type { Options } from './options.ts'

/** The world that a server starts with: from a file, from code, or the demo world. Throws FixtureError. */
export async function initialFixture({ fixture }: Options): Promise<LoadedFixture> {
  if (fixture === undefined) return { fixture: demoFixture, source: 'the demo world', folder: process.cwd() }
  if (typeof fixture === 'string') return loadFixtureFile(fixture)
  return {
    fixture: await validateFixture(fixture, 'the fixture'),
    source: 'the fixture',
    folder: process.cwd(),
  }
}
