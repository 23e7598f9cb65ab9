import { fail } from '../failure.ts'
import { BoundedCache } from './bounded-cache.ts'
import { detachedBranch } from './detached-head.ts'
import type { DiskRepository } from './disk-repository.ts'
import type { Branch, Oid, RefChange, Tag } from './model.ts'
import { ObjectStore } from './object-store.ts'
import type { PreparedUpdate } from './prepared-update.ts'
import { checkRefName } from './ref-name.ts'
import { createTables, forkTables, listRefs, placeOf, type RefTables } from './ref-place.ts'
import type { RefEntry, RefTable } from './ref-table.ts'
import type { RefUpdate } from './ref-update.ts'
import type { RefWatch } from './ref-watch.ts'
import { RefWriter } from './ref-writer.ts'
import { finish, pace, type Steps } from './steps.ts'
import { type NewTagObject, writeTagObject } from './tag-writer.ts'
import { Pacer } from './wire/pacer.ts'

export type { RefUpdate } from './ref-update.ts'

/** How many tags' values a repository and its forks keep. */
const MOST_TAG_VALUES = 4096

/** Counted over all repositories, so that one number never stands for two different contents, not even in forks. */
let lastGeneration = 0

/** Objects and refs, in memory. Refs are written through `update` only: the tables are here to be read. */
export class Repository {
  readonly objects: ObjectStore
  /** By names without `refs/tags/`. */
  readonly tags: RefTable
  /** By names without `refs/heads/`. */
  readonly heads: RefTable
  /** Notes, merge request refs and so on, by full names. */
  readonly others: RefTable
  #head: string
  #generation = ++lastGeneration
  #tablesSeen = 0
  readonly #writer = new RefWriter(this)
  /** Values of tags asked for lately. Shared by forks: an entry means the same wherever it is held. */
  readonly #tagValues: BoundedCache<RefEntry, Tag>

  private constructor(
    objects: ObjectStore,
    tables: RefTables,
    head: string,
    tagValues = new BoundedCache<RefEntry, Tag>(MOST_TAG_VALUES),
  ) {
    this.objects = objects
    this.#tagValues = tagValues
    this.tags = tables.tags
    this.heads = tables.heads
    this.others = tables.others
    this.#head = head
    this.#tablesSeen = this.#tableGenerations()
  }

  /** A repository without objects, HEAD pointing at a branch that is yet to be born. */
  static create(defaultBranch: string): Repository {
    const objects = new ObjectStore()
    const repository = new Repository(objects, finish(createTables(objects, [])), 'refs/heads/main')
    repository.head = `refs/heads/${defaultBranch}`
    return repository
  }

  /**
   * A repository over one that was read from a disk. A detached HEAD becomes a branch at its commit (`main` or `master`
   * rather than another, then the first by name); where there is none, `main`, `master` or the first branch; `main` at last.
   */
  static fromDisk(disk: DiskRepository): Repository {
    return finish(Repository.#read(disk))
  }

  /** As fromDisk, with breaks for others; what the refs lead to has been looked at, so that nobody waits for that later on. */
  static async load(disk: DiskRepository): Promise<Repository> {
    const pacer = new Pacer()
    const repository = await pace(Repository.#read(disk), pacer)
    for (const table of [repository.heads, repository.tags]) await pace(table.lookUpFacts(), pacer)
    return repository
  }

  static *#read(disk: DiskRepository): Steps<Repository> {
    const objects = new ObjectStore(disk.objects)
    const head = 'ref' in disk.head ? disk.head.ref : detachedBranch(disk.refs, disk.head.oid)
    return new Repository(objects, yield* createTables(objects, disk.refs), head)
  }

  /** The full name of the branch that HEAD points at, whether or not it exists: `refs/heads/main`. */
  get head(): string {
    return this.#head
  }

  /** @throws ForgeError `ref-name-invalid` for what cannot be a branch */
  set head(ref: string) {
    const { kind, name } = placeOf(ref)
    const rule = kind === 'heads' ? checkRefName(ref) : 'HEAD points at a branch'
    if (rule !== null) fail('ref-name-invalid', { name, rule })
    if (ref === this.#head) return
    this.#head = ref
    this.#generation = ++lastGeneration
  }

  /** Changes with every change of refs or HEAD, and is the same only where both are: what is memoised may be keyed by it. */
  get generation(): number {
    const tables = this.#tableGenerations()
    if (tables !== this.#tablesSeen) {
      this.#tablesSeen = tables
      this.#generation = ++lastGeneration
    }
    return this.#generation
  }

  /** Whether no branch or tag leads to a commit. */
  get isEmpty(): boolean {
    if (this.heads.size > 0) return false
    for (const entry of this.tags.entries('name', 'asc')) {
      if (entry.facts.peeledType === 'commit') return false
    }
    return true
  }

  /** An independent copy in constant time: what either side writes from now on, the other does not see. */
  fork(): Repository {
    const { generation } = this
    const objects = this.objects.fork()
    const twin = new Repository(objects, forkTables(this, objects), this.#head, this.#tagValues)
    twin.#generation = generation
    return twin
  }

  /** What a ref holds, by its full name. `HEAD` answers what its branch holds. */
  ref(fullName: string): Oid | undefined {
    const { kind, name } = placeOf(fullName === 'HEAD' ? this.#head : fullName)
    return this[kind].get(name)?.target
  }

  /** All refs but HEAD by full names, in their byte order, as they are when the iteration begins. */
  refs(): IterableIterator<readonly [fullName: string, target: Oid]> {
    return listRefs(this)
  }

  /**
   * Writes refs: all of them, or none when anything is wrong with one. Atomic, because synchronous. Updates that change
   * nothing are checked like the others and left out of the answer.
   *
   * @throws ForgeError `ref-name-invalid`, `object-missing`, `ref-target-invalid` (a branch must hold a commit),
   * `ref-exists`, `ref-missing`, `ref-changed` (compare-and-set), `ref-conflict` (a directory/file clash with a ref that
   * would be left, or one ref twice)
   */
  update(updates: readonly RefUpdate[]): readonly RefChange[] {
    return this.#writer.update(updates)
  }

  /** As RefWriter.prepare; `objects` may know more than this repository does yet. */
  prepare(updates: readonly RefUpdate[], objects = this.objects): Steps<PreparedUpdate> {
    return this.#writer.prepare(updates, objects)
  }

  /** As RefWriter.watch. */
  watch(): RefWatch {
    return this.#writer.watch()
  }

  tag(name: string): Tag | undefined {
    const entry = this.tags.get(name)
    return entry && this.toTag(entry)
  }

  /** The complete value of an entry of `tags`; for a while the same object, so that what is made of it can be kept with it. */
  toTag(entry: RefEntry): Tag {
    const known = this.#tagValues.get(entry)
    if (known) return known
    const { name, target, facts } = entry
    const { type, peeled, peeledType, created } = facts
    const annotation = type === 'tag' ? this.objects.tag(target) : null
    const commit = peeledType === 'commit' ? this.objects.commit(peeled) : null
    const tag = { name, target, targetType: type, annotation, peeled, peeledType, commit, created }
    this.#tagValues.set(entry, tag, 1)
    return tag
  }

  branch(name: string): Branch | undefined {
    const entry = this.heads.get(name)
    return entry && this.toBranch(entry)
  }

  /** The complete value of an entry of `heads`. */
  toBranch({ name, target }: RefEntry): Branch {
    return { name, commit: this.objects.commit(target) }
  }

  /**
   * Writes a tag object, without a ref to it. The message is stored as it is (`git tag` would see to a newline at its end);
   * the tagger is tidied up as git does.
   *
   * @throws ForgeError `ref-name-invalid`, `object-missing`
   */
  createTagObject(tag: NewTagObject): Oid {
    return writeTagObject(this.objects, tag)
  }

  #tableGenerations(): number {
    return this.tags.generation + this.heads.generation + this.others.generation
  }
}
