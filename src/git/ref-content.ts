import type { Compare } from './order-search.ts'
import { OrderTree } from './order-tree.ts'
import type { RefEntry } from './ref-entry.ts'
import { byName, sortEntries } from './ref-order.ts'

type Named = { readonly name: string }
export type RefNames = OrderTree<Named, RefEntry>
export type RefIndex = OrderTree<RefEntry>

interface Change {
  readonly removed: RefEntry | undefined
  readonly added: RefEntry | undefined
}

/** A content that differs from another one by more than this stands on its own. */
const MOST_CHANGES = 256

/**
 * What a table of refs holds: entries by name, and by each order that has been asked for. Tables that were forked share one
 * until they write, so that an order that any of them asks for is there for all; who writes goes on with a content that is
 * derived from it, whose orders are those of the former with a few changes. To sort a hundred thousand refs anew takes a
 * hundred milliseconds and some megabytes, for each of a thousand sandboxes.
 */
export class RefContent {
  readonly names: RefNames
  /** Made on first need: of a thousand forks that are written to few are asked for an order. */
  #indexes: Map<Compare<RefEntry>, RefIndex> | null = null
  /** What this differs from by the changes. Never written again, and derived from nothing itself. */
  #base: RefContent | null
  #changes: Change[]

  constructor(names: RefNames, base: RefContent | null = null, changes: Change[] = []) {
    this.names = names
    this.#base = base
    this.#changes = changes
  }

  /** The same content to write to; afterwards this one must not be written any more. */
  derive(): RefContent {
    const names = this.names.fork()
    return this.#base
      ? new RefContent(names, this.#base, this.#changes.slice())
      : new RefContent(names, this, [])
  }

  /** Answers the entry that had the name. Throws what the facts of the entry throw where an order needs them, changing nothing. */
  set(entry: RefEntry): RefEntry | undefined {
    // If the facts cannot be had, that must come out before anything is changed.
    if (this.#isOrdered) entry.facts
    const before = this.names.insert(entry)
    this.#follow({ removed: before, added: entry })
    return before
  }

  /** Answers the entry that had the name. */
  delete(name: string): RefEntry | undefined {
    const before = this.names.remove({ name })
    if (before) this.#follow({ removed: before, added: undefined })
    return before
  }

  /** The entries in an order, which every write keeps up from then on. */
  index(
    compare: Compare<RefEntry>,
  ): Pick<RefIndex, 'rank' | 'slice' | 'sliceBackwards' | 'values' | 'valuesBackwards'> {
    return compare === byName ? this.names : this.#indexBy(compare)
  }

  /** Whether there are orders to keep up, or to derive some day. */
  get #isOrdered(): boolean {
    return this.#indexes !== null || (this.#base !== null && this.#base.#indexes !== null)
  }

  #indexBy(compare: Compare<RefEntry>): RefIndex {
    const existing = this.#indexes?.get(compare)
    if (existing) return existing
    const built = this.#base
      ? this.#derived(this.#base, compare)
      : OrderTree.from(sortEntries([...this.names.values()], compare), compare)
    this.#indexes ??= new Map()
    this.#indexes.set(compare, built)
    return built
  }

  #derived(base: RefContent, compare: Compare<RefEntry>): RefIndex {
    const index = base.#indexBy(compare).fork()
    for (const change of this.#changes) apply(change, index)
    return index
  }

  #follow(change: Change): void {
    if (this.#indexes) for (const index of this.#indexes.values()) apply(change, index)
    if (!this.#base) return
    this.#changes.push(change)
    if (this.#changes.length > MOST_CHANGES) this.#standAlone(this.#base)
  }

  /** Orders that the base has are taken along; the base goes. */
  #standAlone(base: RefContent): void {
    if (base.#indexes) for (const compare of base.#indexes.keys()) this.#indexBy(compare)
    this.#base = null
    this.#changes = []
  }
}

function apply({ removed, added }: Change, index: RefIndex): void {
  if (removed) index.remove(removed)
  if (added) index.insert(added)
}
