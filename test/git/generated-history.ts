import fc from 'fast-check'
import { encodeCommit } from '../../src/git/commit-codec.ts'
import type { Oid } from '../../src/git/model.ts'
import { Repository } from '../../src/git/repository.ts'

/** Each commit by the commits that it descends from (as steps back from itself) and its date. */
export interface HistoryPlan {
  readonly commits: readonly { readonly back: readonly number[]; readonly date: number }[]
  readonly tags: readonly number[]
}

export interface GeneratedHistory {
  readonly repository: Repository
  readonly commits: readonly Oid[]
}

/** Histories with merges, several roots and equal dates; with `skewed`, children may be older than their parents. */
export function historyPlans(clock: 'ordered' | 'skewed'): fc.Arbitrary<HistoryPlan> {
  const commit = fc.record({
    back: fc.oneof(
      { weight: 6, arbitrary: fc.constant([1]) },
      {
        weight: 6,
        arbitrary: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
      },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    date: fc.integer({ min: 0, max: clock === 'skewed' ? 20 : 2 }),
  })
  const plan = fc.record({
    commits: fc.array(commit, { minLength: 1, maxLength: 40 }),
    tags: fc.array(fc.nat(100), { maxLength: 8 }),
  })
  if (clock === 'skewed') return plan
  return plan.map(({ commits, tags }) => {
    let date = 0
    const ordered = commits.map((next) => {
      date += next.date
      return { back: next.back, date }
    })
    return { tags, commits: ordered }
  })
}

export function buildHistory(plan: HistoryPlan): GeneratedHistory {
  const repository = Repository.create('main')
  const tree = repository.objects.write('tree', Buffer.alloc(0))
  const commits: Oid[] = []
  for (const [i, { back, date }] of plan.commits.entries()) {
    const parents = back.map((steps) => commits[i - steps]).filter((oid) => oid !== undefined)
    const person = { name: 'Ada', email: 'ada@example.test', time: 1_700_000_000 + date, offset: 0 }
    const data = encodeCommit({
      tree,
      parents,
      author: person,
      committer: person,
      message: `commit ${i}\n`,
      signature: null,
    })
    commits.push(repository.objects.write('commit', data))
  }
  for (const [i, at] of plan.tags.entries()) {
    const oid = commits[at % commits.length]!
    const after = i % 2 === 0 ? oid : annotate(repository, `t${i}`, oid)
    repository.update([
      { ref: `refs/tags/t${i}`, after },
      { ref: `refs/heads/b${i}`, after: oid },
    ])
  }
  return { repository, commits }
}

function annotate(repository: Repository, name: string, target: Oid): Oid {
  const tagger = { name: 'Ada', email: 'ada@example.test', time: 1_700_000_000, offset: 0 }
  return repository.createTagObject({ name, target, tagger, message: 'tag\n' })
}
