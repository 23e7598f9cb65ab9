import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAncestor, mergeBases, refsContaining, type WalkOptions, walk } from '../../src/git/history.ts'
import type { Oid } from '../../src/git/model.ts'
import type { Repository } from '../../src/git/repository.ts'
import { buildHistory, type GeneratedHistory, type HistoryPlan, historyPlans } from './generated-history.ts'
import { RealGit } from './real-git.ts'

/** Every comparison starts git many times, so that a few dozen histories have to do. */
const runs = { numRuns: 25 }

function compare(
  plans: fc.Arbitrary<HistoryPlan>,
  check: (git: RealGit, history: GeneratedHistory) => void,
): void {
  fc.assert(
    fc.property(plans, (plan) => {
      const git = new RealGit()
      try {
        const history = buildHistory(plan)
        git.load(history.repository)
        check(git, history)
      } finally {
        git.remove()
      }
    }),
    runs,
  )
}

function idsOf(repository: Repository, tips: readonly Oid[], options?: WalkOptions): Oid[] {
  return Array.from(walk(repository, tips, options), (commit) => commit.oid)
}

/** A few tips out of a history, always the same for the same history. */
function pick(commits: readonly Oid[], step: number): Oid[] {
  return commits.filter((_, i) => (commits.length - 1 - i) % step === 0)
}

test('walks in the order of git rev-list', () => {
  compare(historyPlans('skewed'), (git, { repository, commits }) => {
    for (const tips of [
      commits.slice(-1),
      pick(commits, 7),
      pick(commits, 3),
      [...pick(commits, 5)].reverse(),
    ]) {
      expect(idsOf(repository, tips)).toEqual(git.lines(['rev-list', ...tips]))
      expect(idsOf(repository, tips, { firstParent: true })).toEqual(
        git.lines(['rev-list', '--first-parent', ...tips]),
      )
      expect(idsOf(repository, tips, { order: 'topo' })).toEqual(
        git.lines(['rev-list', '--topo-order', ...tips]),
      )
    }
  })
})

test('leaves out what git rev-list leaves out', () => {
  compare(historyPlans('ordered'), (git, { repository, commits }) => {
    const tips = pick(commits, 4)
    for (const exclude of [pick(commits, 9).slice(0, 1), pick(commits, 6).slice(0, -1), tips]) {
      const excluded = exclude.map((oid) => `^${oid}`)
      expect(idsOf(repository, tips, { exclude })).toEqual(git.lines(['rev-list', ...tips, ...excluded]))
      expect(idsOf(repository, tips, { exclude, firstParent: true })).toEqual(
        git.lines(['rev-list', '--first-parent', ...tips, ...excluded]),
      )
      expect(idsOf(repository, tips, { exclude, order: 'topo' })).toEqual(
        git.lines(['rev-list', '--topo-order', ...tips, ...excluded]),
      )
    }
  })
})

test('finds the merge bases that git merge-base --all finds', () => {
  for (const clock of ['ordered', 'skewed'] as const) {
    compare(historyPlans(clock), (git, { repository, commits }) => {
      for (const [i, a] of pick(commits, 3).entries()) {
        const b = commits[(i * 5) % commits.length]!
        const printed = git.attempt(['merge-base', '--all', a, b]) ?? ''
        expect(mergeBases(repository, a, b)).toEqual(printed.split('\n').filter(Boolean))
      }
    })
  }
})

test('knows ancestors as git merge-base --is-ancestor does', () => {
  compare(historyPlans('skewed'), (git, { repository, commits }) => {
    for (const [i, a] of pick(commits, 4).entries()) {
      const b = commits[(i * 7 + 3) % commits.length]!
      expect(isAncestor(repository, a, b)).toBe(git.attempt(['merge-base', '--is-ancestor', a, b]) !== null)
      expect(isAncestor(repository, b, a)).toBe(git.attempt(['merge-base', '--is-ancestor', b, a]) !== null)
    }
  })
})

test('lists the refs that git tag --contains and git branch --contains list', () => {
  compare(historyPlans('skewed'), (git, { repository, commits }) => {
    for (const commit of pick(commits, 6)) {
      expect(refsContaining(repository, commit, 'tags')).toEqual(git.lines(['tag', '--contains', commit]))
      expect(refsContaining(repository, commit, 'heads')).toEqual(
        git.lines(['branch', '--format=%(refname:short)', '--contains', commit]),
      )
    }
  })
})

test('passes over tags of trees and blobs', () => {
  const { repository, commits } = buildHistory({ commits: [{ back: [], date: 0 }], tags: [0, 0] })
  const { tree } = repository.objects.commit(commits[0]!)
  repository.update([{ ref: 'refs/tags/a-tree', after: tree }])
  const tagged = repository.ref('refs/tags/t1')!
  expect(refsContaining(repository, commits[0]!, 'tags')).toEqual(['t0', 't1'])
  expect(refsContaining(repository, tagged, 'tags')).toEqual(['t0', 't1'])
  expect(refsContaining(repository, tree, 'tags')).toEqual([])
  expect(idsOf(repository, [tree, tagged])).toEqual(commits)
  expect(isAncestor(repository, tagged, commits[0]!)).toBe(true)
  expect(isAncestor(repository, tree, commits[0]!)).toBe(false)
  expect(mergeBases(repository, tree, commits[0]!)).toEqual([])
})

test('reads no more commits than are asked for', () => {
  const { repository, commits } = line(100)
  const objects = repository.objects
  const read: Oid[] = []
  const commit = objects.commit.bind(objects)
  objects.commit = (oid) => {
    read.push(oid)
    return commit(oid)
  }
  const [first, second] = walk(repository, [commits.at(-1)!])
  expect([first?.oid, second?.oid]).toEqual([commits[99], commits[98]])
  expect(new Set(read).size).toBeLessThan(5)
})

test('goes down histories of any depth', () => {
  const { repository, commits } = line(20_000)
  const [root, tip] = [commits[0]!, commits.at(-1)!]
  repository.update([{ ref: 'refs/tags/tip', after: tip }])
  expect(idsOf(repository, [tip])).toHaveLength(20_000)
  expect(idsOf(repository, [tip], { order: 'topo' })).toHaveLength(20_000)
  expect(idsOf(repository, [tip], { exclude: [commits[19_997]!] })).toEqual([tip, commits[19_998]])
  expect(isAncestor(repository, root, tip)).toBe(true)
  expect(isAncestor(repository, tip, root)).toBe(false)
  expect(mergeBases(repository, root, tip)).toEqual([root])
  expect(refsContaining(repository, root, 'tags')).toEqual(['tip'])
})

function line(length: number): GeneratedHistory {
  return buildHistory({ commits: Array.from({ length }, (_, i) => ({ back: [1], date: i })), tags: [] })
}
