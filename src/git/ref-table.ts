import { ForgeError } from '../failure.ts'
import type { Direction, Oid, RefOrder } from './model.ts'
import { OrderTree } from './order-tree.ts'
import { RefContent, type RefNames } from './ref-content.ts'
import { type DescribeTarget, RefEntry } from './ref-entry.ts'
import { byName, readingOf } from './ref-order.ts'
import { finish, PER_STEP, type Steps } from './steps.ts'

export { RefEntry } from './ref-entry.ts'

/** Counted over all tables, so that one number never stands for two different contents, not even in forks. */
let lastGeneration = 0

/**
 * Refs by name, and by any other order that has been asked for. Reading a page costs the same at any offset; a fork costs
 * about a microsecond and shares with its source all that neither has changed since.
 */
export class RefTable {
  readonly #describe: DescribeTarget
  #content: RefContent
  /** Whether other tables have the same content, which then must not be written. */
  #isShared: boolean
  #generation: number

  private constructor(describe: DescribeTarget, content: RefContent, sharedGeneration?: number) {
    this.#describe = describe
    this.#content = content
    this.#isShared = sharedGeneration !== undefined
    this.#generation = sharedGeneration ?? ++lastGeneration
  }

  /** Entries may come in any order; of several with one name the last counts. */
  static of(
    describe: DescribeTarget,
    entries: Iterable<readonly [name: string, target: Oid]> = [],
  ): RefTable {
    return finish(RefTable.build(describe, entries))
  }

  /** As `of`. */
  static *build(
    describe: DescribeTarget,
    entries: Iterable<readonly [name: string, target: Oid]>,
  ): Steps<RefTable> {
    return new RefTable(describe, new RefContent(yield* buildNames(describe, entries)))
  }

  get size(): number {
    return this.#content.names.size
  }

  /** Changes with every write and is the same only in tables of the same content: what is memoised may be keyed by it. */
  get generation(): number {
    return this.#generation
  }

  get(name: string): RefEntry | undefined {
    return this.#content.names.find({ name })
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
    for (let index = this.#content.names.rank({ name: below }); ; index++) {
      const other = this.#content.names.at(index)?.name
      if (!other?.startsWith(below)) return undefined
      if (!except(other)) return other
    }
  }

  /** Adds a ref, or moves it. Whether the name is valid and free of conflicts is for the caller to see to. */
  set(name: string, target: Oid): RefEntry {
    const entry = new RefEntry(name, target, this.#describe)
    this.#ownContent().set(entry)
    this.#generation = ++lastGeneration
    return entry
  }

  /** Answers whether the ref was there. */
  delete(name: string): boolean {
    if (!this.#ownContent().delete(name)) return false
    this.#generation = ++lastGeneration
    return true
  }

  /** Up to `limit` entries from position `offset` on. */
  page(order: RefOrder, direction: Direction, offset: number, limit: number): RefEntry[] {
    const { compare, backwards } = readingOf(order, direction)
    const index = this.#content.index(compare)
    return backwards ? index.sliceBackwards(offset, limit) : index.slice(offset, limit)
  }

  /** The position of a ref in an order, counted from 0; undefined when there is no such ref. */
  rank(order: RefOrder, direction: Direction, name: string): number | undefined {
    const entry = this.get(name)
    if (!entry) return undefined
    const { compare, backwards } = readingOf(order, direction)
    const rank = this.#content.index(compare).rank(entry)
    return backwards ? this.size - 1 - rank : rank
  }

  /** All entries as they are at the time of the call: later writes do not show. */
  entries(order: RefOrder, direction: Direction): IterableIterator<RefEntry> {
    const { compare, backwards } = readingOf(order, direction)
    const index = this.#content.index(compare)
    return backwards ? index.valuesBackwards() : index.values()
  }

  /** By name, the entries whose name begins with `prefix`; as with `entries`, later writes do not show. */
  withPrefix(prefix: string): IterableIterator<RefEntry> {
    return takePrefixed(this.#content.names.from({ name: prefix }), prefix)
  }

  /** Looks up what each ref leads to, so that it is known. What cannot be had is left for whoever asks for it. */
  *lookUpFacts(): Steps<void> {
    let count = 0
    for (const entry of this.entries('name', 'asc')) {
      count += 1
      if (count % PER_STEP === 0) yield
      try {
        entry.facts
      } catch (error) {
        if (!(error instanceof ForgeError)) throw error
      }
    }
  }

  /** An independent table with the same entries. `describe` is for those that the fork itself adds. */
  fork(describe: DescribeTarget = this.#describe): RefTable {
    this.#isShared = true
    return new RefTable(describe, this.#content, this.#generation)
  }

  /** Takes over the content of a fork, which must not be used any more. */
  adopt(fork: RefTable): void {
    this.#content = fork.#content
    this.#isShared = fork.#isShared
    this.#generation = ++lastGeneration
  }

  #ownContent(): RefContent {
    if (this.#isShared) this.#content = this.#content.derive()
    this.#isShared = false
    return this.#content
  }
}

function* buildNames(
  describe: DescribeTarget,
  rows: Iterable<readonly [name: string, target: Oid]>,
): Steps<RefNames> {
  const entries: RefEntry[] = []
  let isSorted = true
  for (const [name, target] of rows) {
    const entry = new RefEntry(name, target, describe)
    const last = entries.at(-1)
    isSorted &&= last === undefined || byName(last, entry) < 0
    if (entries.push(entry) % PER_STEP === 0) yield
  }
  if (isSorted) return OrderTree.from(entries, byName)
  // The sort is stable, so of several with one name the last is the one that was given last.
  entries.sort(byName)
  yield
  return OrderTree.from(
    entries.filter((entry, i) => entry.name !== entries[i + 1]?.name),
    byName,
  )
}

function* takePrefixed(entries: Iterable<RefEntry>, prefix: string): IterableIterator<RefEntry> {
  for (const entry of entries) {
    if (!entry.name.startsWith(prefix)) return
    yield entry
  }
}
