import type { Commit } from './model.ts'

/** As much of a commit as the order needs. */
type Dated = Pick<Commit, 'oid'> & { readonly committer: { readonly time: number } }

interface Waiting<Item> {
  readonly commit: Item
  readonly order: number
}

/**
 * Commits waiting to be visited: the newest by committer date leaves first, and of two with the same date the one that
 * came first. That is git's order wherever it walks without `--topo-order`.
 */
export class CommitQueue<Item extends Dated = Commit> {
  readonly #heap: Waiting<Item>[] = []
  #added = 0

  get size(): number {
    return this.#heap.length
  }

  add(commit: Item): void {
    const heap = this.#heap
    const waiting = { commit, order: this.#added++ }
    let at = heap.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(waiting, heap[parent]!)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = waiting
  }

  take(): Item | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (heap.length > 0 && last) this.#sink(last)
    return first?.commit
  }

  /** Puts what was the last item in the place of the first and lets it down to where it belongs. */
  #sink(item: Waiting<Item>): void {
    const heap = this.#heap
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
      if (!isBefore(heap[child]!, item)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = item
  }
}

function isBefore(a: Waiting<Dated>, b: Waiting<Dated>): boolean {
  const later = a.commit.committer.time - b.commit.committer.time
  return later === 0 ? a.order < b.order : later > 0
}
