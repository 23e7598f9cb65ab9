import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Oid } from '../../src/git/model.ts'
import { patchId, patchOutline } from '../../src/git/patch-id.ts'
import { seedRepository } from '../../src/git/seed.ts'
import { branchPlans, buildBranches } from './generated-branches.ts'
import { RealGit } from './real-git.ts'

const person = { name: 'Ada', email: 'ada@example.test', time: 1_700_000_000, offset: 0 }

/** The ids of commits that each put one content into a file, on branches from the first content. */
function commitsOf(base: string, ...contents: string[]) {
  const commit = (label: string, branch: string, text: string, parents: string[]) => ({
    label,
    branch,
    parents,
    message: `${label}\n`,
    author: person,
    committer: person,
    files: { f: text },
  })
  const repository = seedRepository({
    defaultBranch: 'main',
    commits: [
      commit('base', 'main', base, []),
      ...contents.map((text, i) => commit(`c${i}`, `b${i}`, text, ['base'])),
    ],
    branches: {},
    tags: [],
  })
  return contents.map((_, i) => patchId(repository, repository.branch(`b${i}`)!.commit.oid))
}

describe('a patch id', () => {
  it('does not depend on white space', () => {
    const [first, second, third] = commitsOf('a\n', 'a\nb c\n', 'a\n\tb  c \n', 'a\nbd\n')
    expect(first).toBe(second)
    expect(first).not.toBe(third)
  })
})

describe('against git patch-id', () => {
  let real: RealGit
  beforeAll(() => {
    real = new RealGit()
  })
  afterAll(() => real.remove())

  it('is the same for two commits where git says that they make the same change', () => {
    fc.assert(
      fc.property(branchPlans(), (plan) => {
        const { repository, main, side } = buildBranches(plan)
        real.load(repository)
        const oids = real.lines(['rev-list', '--no-merges', main, side])
        const log = real.runRaw(['log', '-p', '--no-merges', '--no-renames', '--full-index', main, side])
        const theirs = new Map(
          real
            .lines(['patch-id', '--stable'], { input: log })
            .map((line) => [line.slice(41), line.slice(0, 40)]),
        )
        // git says nothing of commits that change nothing.
        const changing = oids.filter((oid) => theirs.has(oid))
        const same = (ids: (oid: Oid) => string | undefined) =>
          changing.map((oid) => changing.findIndex((other) => ids(other) === ids(oid)))
        expect(same((oid) => patchId(repository, oid))).toEqual(same((oid) => theirs.get(oid)))
        for (const oid of changing)
          for (const other of changing.filter((each) => theirs.get(each) === theirs.get(oid)))
            expect(patchOutline(repository, other)).toBe(patchOutline(repository, oid))
      }),
      { numRuns: 60 },
    )
  }, 120_000)
})
