import type { Direction, Oid, RefOrder } from './model.ts'
import type { Compare } from './order-search.ts'
import { OrderTree } from './order-tree.ts'
import { type DescribeTarget, RefEntry } from './ref-entry.ts'
import { byName, readingOf } from './ref-order.ts'

export { RefEntry } from './ref-entry.ts'

type Named = { readonly name: string }
type Index = OrderTree<RefEntry>

/** Counted over all tables, so that one number never stands for two different contents, not even in forks. */
let lastGeneration = 0

/**
 * Refs by name, and by any other order that has been asked for. Reading a page costs the same at any offset; a fork costs
 * about a microsecond and shares with its source all that neither has changed since.
 */
export class RefTable {
  readonly #describe: DescribeTarget
  #names: OrderTree<Named, RefEntry>
  #indexes = new Map<Compare<RefEntry>, Index>()
  #generation = ++lastGeneration

  /** Entries may come in any order; of several with one name the last counts. */
  constructor(describe: DescribeTarget, entries?: Iterable<readonly [name: string, target: Oid]>) {
    this.#describe = describe
    this.#names = entries ? buildNames(describe, entries) : new OrderTree(byName)
  }

  get size(): number {
    return this.#names.size
  }

  /** Changes with every write and is the same only in tables of the same content: what is memoised may be keyed by it. */
  get generation(): number {
    return this.#generation
  }

  get(name: string): RefEntry | undefined {
    return this.#names.find({ name })
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }

  /**
   * A ref that cannot exist beside `name`, since git keeps refs as files: `v1` clashes with `v1/x`, either way. Refs for
   * which `except` answers true do not count (say, because they are about to be deleted).
   */
  conflict(name: string, except: (name: string) => boolean = () => false): string | undefined {
    for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      const folder = name.slice(0, slash)
      if (this.has(folder) && !except(folder)) return folder
    }
    const below = `${name}/`
    for (let index = this.#names.rank({ name: below }); ; index++) {
      const other = this.#names.at(index)?.name
      if (!other?.startsWith(below)) return undefined
      if (!except(other)) return other
    }
  }

  /** Adds a ref, or moves it. Whether the name is valid and free of conflicts is for the caller to see to. */
  set(name: string, target: Oid): RefEntry {
    const entry = new RefEntry(name, target, this.#describe)
    // An index asks for the facts; if they cannot be had, that must come out before anything is changed.
    if (this.#indexes.size > 0) entry.facts
    const before = this.#names.insert(entry)
    for (const index of this.#indexes.values()) {
      if (before) index.remove(before)
      index.insert(entry)
    }
    this.#generation = ++lastGeneration
    return entry
  }

  /** Answers whether the ref was there. */
  delete(name: string): boolean {
    const before = this.#names.remove({ name })
    if (!before) return false
    for (const index of this.#indexes.values()) index.remove(before)
    this.#generation = ++lastGeneration
    return true
  }

  /** Up to `limit` entries from position `offset` on. */
  page(order: RefOrder, direction: Direction, offset: number, limit: number): RefEntry[] {
    const { compare, backwards } = readingOf(order, direction)
    const index = this.#index(compare)
    return backwards ? index.sliceBackwards(offset, limit) : index.slice(offset, limit)
  }

  /** The position of a ref in an order, counted from 0; undefined when there is no such ref. */
  rank(order: RefOrder, direction: Direction, name: string): number | undefined {
    const entry = this.get(name)
    if (!entry) return undefined
    const { compare, backwards } = readingOf(order, direction)
    const rank = this.#index(compare).rank(entry)
    return backwards ? this.size - 1 - rank : rank
  }

  /** All entries as they are at the time of the call: later writes do not show. */
  entries(order: RefOrder, direction: Direction): IterableIterator<RefEntry> {
    const { compare, backwards } = readingOf(order, direction)
    const index = this.#index(compare)
    return backwards ? index.valuesBackwards() : index.values()
  }

  /** By name, the entries whose name begins with `prefix`; as with `entries`, later writes do not show. */
  withPrefix(prefix: string): IterableIterator<RefEntry> {
    return takePrefixed(this.#names.from({ name: prefix }), prefix)
  }

  /** An independent table with the same entries. `describe` is for those that the fork itself adds. */
  fork(describe: DescribeTarget = this.#describe): RefTable {
    const twin = new RefTable(describe)
    twin.#names = this.#names.fork()
    for (const [compare, index] of this.#indexes) twin.#indexes.set(compare, index.fork())
    twin.#generation = this.#generation
    return twin
  }

  /** The index that sorts by `compare`, built on first use and from then on kept up by every write. */
  #index(
    compare: Compare<RefEntry>,
  ): Pick<Index, 'rank' | 'slice' | 'sliceBackwards' | 'values' | 'valuesBackwards'> {
    if (compare === byName) return this.#names
    const existing = this.#indexes.get(compare)
    if (existing) return existing
    const built = OrderTree.from([...this.#names.values()].sort(compare), compare)
    this.#indexes.set(compare, built)
    return built
  }
}

function buildNames(
  describe: DescribeTarget,
  rows: Iterable<readonly [name: string, target: Oid]>,
): OrderTree<Named, RefEntry> {
  const sorted = Array.from(rows, ([name, target]) => new RefEntry(name, target, describe)).sort(byName)
  // The sort is stable, so of several with one name the last is the one that was given last.
  const unique = sorted.filter((entry, i) => entry.name !== sorted[i + 1]?.name)
  return OrderTree.from(unique, byName)
}

function* takePrefixed(entries: Iterable<RefEntry>, prefix: string): IterableIterator<RefEntry> {
  for (const entry of entries) {
    if (!entry.name.startsWith(prefix)) return
    yield entry
  }
}
