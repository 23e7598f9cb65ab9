import { CommitQueue } from '../commit-queue.ts'
import type { Oid } from '../model.ts'
import type { CommitGraph, CommitLinks } from './object-links.ts'
import type { Pacer } from './pacer.ts'

export interface CommitRequest {
  /** Commits whose history is to be sent. */
  readonly wants: Iterable<Oid>
  /** Commits whose history the client has. */
  readonly haves: Iterable<Oid>
  /** Commits that are sent without their parents. */
  readonly sendCut: ReadonlySet<Oid>
  /** Commits that the client has without their parents. */
  readonly haveCut: ReadonlySet<Oid>
}

export interface CommitSelection {
  /** Commits that the client lacks, newest first. */
  readonly commits: readonly CommitLinks[]
  /** Parents of those that it has: what is in their trees need not be sent again. */
  readonly edges: ReadonlySet<Oid>
}

/**
 * The history of what is wanted without the history of what is there. Both are walked together, newest first, until nothing
 * is left that could have to be sent; so a small fetch from a long history reads a few commits only. Where committer dates
 * are wrong that may end too early to notice that the client has something: then it is sent once more, which does no harm.
 */
export async function selectCommits(
  graph: CommitGraph,
  request: CommitRequest,
  pacer: Pacer,
): Promise<CommitSelection> {
  const walk = new SelectionWalk(graph, request)
  while (walk.step()) if (pacer.isDue) await pacer.rest()
  return walk.finish()
}

class SelectionWalk {
  readonly #graph: CommitGraph
  readonly #request: CommitRequest
  readonly #queue = new CommitQueue<CommitLinks>()
  /** Everything ever queued, and whether the client has it. */
  readonly #isCommon = new Map<Oid, boolean>()
  readonly #waiting = new Set<Oid>()
  readonly #taken: CommitLinks[] = []
  /** How many in the queue the client may lack. */
  #open = 0

  constructor(graph: CommitGraph, request: CommitRequest) {
    this.#graph = graph
    this.#request = request
    for (const oid of request.haves) this.#markCommon(oid)
    for (const oid of request.wants) this.#want(oid)
  }

  /** Looks at one commit; answers false when there is nothing left to find out. */
  step(): boolean {
    if (this.#open === 0) return false
    const commit = this.#queue.take()!
    this.#waiting.delete(commit.oid)
    if (this.#isCommon.get(commit.oid)) {
      this.#spreadFrom(commit)
      return true
    }
    this.#open -= 1
    this.#taken.push(commit)
    if (!this.#request.sendCut.has(commit.oid)) for (const parent of commit.parents) this.#want(parent)
    return true
  }

  finish(): CommitSelection {
    const commits = this.#taken.filter(({ oid }) => !this.#isCommon.get(oid))
    const edges = new Set<Oid>()
    for (const { parents } of commits) for (const oid of parents) if (this.#isCommon.get(oid)) edges.add(oid)
    return { commits, edges }
  }

  #want(oid: Oid): void {
    if (this.#isCommon.has(oid)) return
    this.#isCommon.set(oid, false)
    this.#open += 1
    this.#enqueue(oid)
  }

  #markCommon(start: Oid): void {
    const marking = [start]
    for (let oid = marking.pop(); oid !== undefined; oid = marking.pop()) {
      const before = this.#isCommon.get(oid)
      if (before) continue
      this.#isCommon.set(oid, true)
      if (before === undefined) this.#enqueue(oid)
      else if (this.#waiting.has(oid)) this.#open -= 1
      // Taken for missing before, because of a wrong date: so were its parents.
      else marking.push(...this.#parentsHeld(this.#graph.commit(oid)))
    }
  }

  #spreadFrom(commit: CommitLinks): void {
    for (const parent of this.#parentsHeld(commit)) this.#markCommon(parent)
  }

  #parentsHeld({ oid, parents }: CommitLinks): readonly Oid[] {
    return this.#request.haveCut.has(oid) ? [] : parents
  }

  #enqueue(oid: Oid): void {
    this.#waiting.add(oid)
    this.#queue.add(this.#graph.commit(oid))
  }
}
