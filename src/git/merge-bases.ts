import { isAncestor } from './ancestry.ts'
import { CommitQueue } from './commit-queue.ts'
import type { Commit, Oid } from './model.ts'
import type { Repository } from './repository.ts'

const fromA = 1
const fromB = 2
const fromBoth = fromA | fromB
/** Below a common ancestor that was found already, so of no interest as another. */
const stale = 4

/**
 * The best common ancestors of two commits (or tags of commits), newest first, as `git merge-base --all` prints them.
 * Empty when they have nothing in common.
 *
 * @throws ForgeError `object-missing` when `a`, `b` or one of their ancestors is not in the repository
 */
export function mergeBases(repository: Repository, a: Oid, b: Oid): Oid[] {
  const one = repository.objects.peel(a)
  const two = repository.objects.peel(b)
  if (one.type !== 'commit' || two.type !== 'commit') return []
  if (one.oid === two.oid) return [one.oid]
  const common = new CommonAncestors(repository, one.oid, two.oid).find()
  return dropAncestors(repository, newestFirst(common)).map((commit) => commit.oid)
}

/** Paints what either side reaches, newest first, until only stale commits are left to visit. */
class CommonAncestors {
  readonly #repository: Repository
  readonly #queue = new CommitQueue()
  readonly #paint = new Map<Oid, number>()
  /** How often each commit is waiting: it is put in again when it gains paint. */
  readonly #waiting = new Map<Oid, number>()
  /** How many of those waiting are not stale. */
  #fresh = 0

  constructor(repository: Repository, a: Oid, b: Oid) {
    this.#repository = repository
    this.#add(a, fromA)
    this.#add(b, fromB)
  }

  find(): Commit[] {
    const common = new Map<Oid, Commit>()
    while (this.#fresh > 0) {
      const commit = this.#take()
      const paint = this.#paint.get(commit.oid)!
      const isCommon = (paint & fromBoth) === fromBoth
      if (paint === fromBoth) common.set(commit.oid, commit)
      for (const parent of commit.parents) this.#add(parent, isCommon ? fromBoth | stale : paint)
    }
    return [...common.values()].filter((commit) => this.#paint.get(commit.oid) === fromBoth)
  }

  #take(): Commit {
    const commit = this.#queue.take()!
    this.#waiting.set(commit.oid, this.#waiting.get(commit.oid)! - 1)
    if (!this.#isStale(commit.oid)) this.#fresh--
    return commit
  }

  #add(oid: Oid, paint: number): void {
    const before = this.#paint.get(oid) ?? 0
    if ((before & paint) === paint) return
    const waiting = this.#waiting.get(oid) ?? 0
    const wasStale = this.#isStale(oid)
    this.#paint.set(oid, before | paint)
    this.#waiting.set(oid, waiting + 1)
    this.#queue.add(this.#repository.objects.commit(oid))
    if (!this.#isStale(oid)) this.#fresh++
    else if (!wasStale) this.#fresh -= waiting
  }

  #isStale(oid: Oid): boolean {
    return ((this.#paint.get(oid) ?? 0) & stale) !== 0
  }
}

function newestFirst(commits: readonly Commit[]): Commit[] {
  return [...commits].sort((a, b) => b.committer.time - a.committer.time)
}

/** Wrong clocks can let an ancestor of another candidate through: only the best may stay. */
function dropAncestors(repository: Repository, candidates: readonly Commit[]): Commit[] {
  if (candidates.length < 2) return [...candidates]
  return candidates.filter(
    (candidate) =>
      !candidates.some((other) => other !== candidate && isAncestor(repository, candidate.oid, other.oid)),
  )
}
