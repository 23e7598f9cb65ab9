import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { debatableNames, invalidNames, validNames } from '../../src/conformance/hostile-names.ts'
import { namesOf, runStory, sendInto } from '../../src/conformance/index.ts'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { vendorIds } from '../../src/options.ts'
import { git, temporaryFolder } from '../git-binary.ts'
import { gitOf } from './git-by-api.ts'
import { callerOf, driverOf } from './places.ts'

const seeds = fc.integer({ min: 1, max: 2 ** 31 })

const folder = temporaryFolder()
beforeAll(() => git(folder.path, ['init', '--quiet', '--bare']))
afterAll(() => folder.remove())

/** Makes refs of all names in one go: git takes either all of them or none. */
function takes(names: readonly string[]): boolean {
  const tree = git(folder.path, ['hash-object', '-t', 'tree', '-w', '--stdin'], { input: '' }).trim()
  const lines = names.map((name) => `create refs/tags/${name}\0${tree}\0`)
  try {
    git(folder.path, ['update-ref', '--stdin', '-z'], { input: lines.join('') })
  } catch {
    return false
  }
  const made = git(folder.path, ['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/tags'])
    .trim()
    .split('\n')
  const removal = names.map((name) => `delete refs/tags/${name}\0\0`)
  git(folder.path, ['update-ref', '--stdin', '-z'], { input: removal.join('') })
  return [...made].sort().join('\n') === [...names].sort().join('\n')
}

describe('names', () => {
  it('that git accepts are accepted by git, all beside one another, whatever the seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const names = [...validNames('c-', seed, 100), ...debatableNames('c-')]
        expect(new Set(names).size).toBe(107)
        expect(takes(names)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it('that git refuses are refused by git, each of them', () => {
    // A name with a NUL in it cannot be given to git: it ends there.
    const names = invalidNames('c-').filter((name) => !name.includes('\0'))
    expect(names.filter((name) => takes([name]))).toEqual([])
    expect(names).toHaveLength(23)
  })

  it('of a seed are always the same', () => {
    expect(validNames('c-', 7, 80)).toEqual(validNames('c-', 7, 80))
    expect(validNames('c-', 7, 80)).not.toEqual(validNames('c-', 8, 80))
  })
})

describe('the story of names', () => {
  let forge: FakeForge
  beforeAll(async () => {
    forge = await startFakeForge()
  })
  afterAll(() => forge.close())

  it.each(vendorIds)('passes at %s whatever the seed', async (vendor) => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const environment = {
          send: sendInto(forge.inject),
          writer: callerOf(vendor, 'mia'),
          git: gitOf(forge),
        }
        const result = await runStory(namesOf(seed, 70), driverOf(vendor), environment, { prefix: 'c-' })
        expect(result.steps.filter(({ outcome }) => outcome === 'fail')).toEqual([])
        expect(result.left).toEqual([])
      }),
      { numRuns: 3 },
    )
  })
})
