import type { RefChange } from './model.ts'
import type { ObjectStore } from './object-store.ts'
import { foldersOf, placeOf, type RefKind, type RefTables } from './ref-place.ts'
import type { RefTable } from './ref-table.ts'
import { planUpdates, type RefUpdate } from './ref-update.ts'
import type { RefWatch } from './ref-watch.ts'
import type { Repository } from './repository.ts'
import type { Steps } from './steps.ts'

/** So many changes by others are taken over in one go. */
const FEW = 64

/**
 * A large set of updates, done already to copies of the tables. What else changes meanwhile is done to them, too, as long as
 * nothing has to do with these updates; so there is one short moment in which they take the place of the tables.
 */
export class PreparedUpdate {
  readonly #repository: Repository
  readonly #watch: RefWatch
  readonly #objects: ObjectStore
  readonly #copies = new Map<RefKind, RefTable>()
  readonly #refs = new Set<string>()
  /** What the created refs are below of. */
  readonly #folders = new Set<string>()
  #changes: readonly RefChange[] = []
  /** How many of the watched changes have been done to the copies. */
  #followed = 0
  #isVain = false

  constructor(repository: Repository, objects: ObjectStore) {
    this.#repository = repository
    this.#objects = objects
    this.#watch = repository.watch()
  }

  /** Checks the updates and does them to the copies. Throws as Repository.update does. */
  *prepare(updates: readonly RefUpdate[]): Steps<void> {
    this.#changes = yield* planUpdates(this.#repository, updates, this.#objects)
    for (const change of this.#changes) {
      this.#refs.add(change.ref)
      if (change.before === null) for (const folder of foldersOf(change.ref)) this.#folders.add(folder)
      this.#apply(change)
      yield
    }
    while (!this.#isVain && this.#watch.changes.length - this.#followed > FEW) {
      this.#follow(FEW)
      yield
    }
  }

  /** Whether nothing has come in between that has to do with these updates. */
  get isCurrent(): boolean {
    this.#follow(Number.POSITIVE_INFINITY)
    return !this.#isVain
  }

  /** Puts the copies in the place of the tables; null, and nothing is done, when they are not current any more. */
  publish(tables: RefTables): readonly RefChange[] | null {
    this.end()
    if (!this.isCurrent) return null
    for (const [kind, copy] of this.#copies) tables[kind].adopt(copy)
    return this.#changes
  }

  /** Has to be called when the update is not published after all. */
  end(): void {
    this.#watch.end()
  }

  #follow(limit: number): void {
    const to = Math.min(this.#watch.changes.length, this.#followed + limit)
    for (const change of this.#watch.changes.slice(this.#followed, to)) {
      this.#isVain ||= this.#concerns(change)
      // Of a table of which there is no copy nothing is replaced.
      if (!this.#isVain && this.#copies.has(placeOf(change.ref).kind)) this.#apply(change)
    }
    this.#followed = to
  }

  /** Whether the updates might have been refused, or come to something else, had this been before them. */
  #concerns({ ref, after }: RefChange): boolean {
    if (this.#refs.has(ref)) return true
    if (after === null) return false
    return this.#folders.has(ref) || foldersOf(ref).some((folder) => this.#refs.has(folder))
  }

  #apply({ ref, after }: RefChange): void {
    const { kind, name } = placeOf(ref)
    const copy = this.#copies.get(kind) ?? this.#copy(kind)
    if (after === null) copy.delete(name)
    // Now, so that nobody has to wait for a hundred thousand of them later on.
    else copy.set(name, after).facts
  }

  #copy(kind: RefKind): RefTable {
    const copy = this.#repository[kind].fork((oid) => this.#objects.describe(oid))
    this.#copies.set(kind, copy)
    return copy
  }
}
