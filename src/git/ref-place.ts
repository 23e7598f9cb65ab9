import type { Oid } from './model.ts'
import type { ObjectStore } from './object-store.ts'
import { RefTable } from './ref-table.ts'
import { PER_STEP, type Steps } from './steps.ts'

/** The kinds of refs: branches, tags, and whatever else is below `refs/`. */
export type RefKind = 'heads' | 'tags' | 'others'

/** A table for each kind. */
export type RefTables = Readonly<Record<RefKind, RefTable>>

/** Which table holds a ref, and under which name. */
export interface RefPlace {
  readonly kind: RefKind
  readonly name: string
}

const folders = { heads: 'refs/heads/', tags: 'refs/tags/' } as const

export function placeOf(ref: string): RefPlace {
  if (ref.startsWith(folders.heads)) return { kind: 'heads', name: ref.slice(folders.heads.length) }
  if (ref.startsWith(folders.tags)) return { kind: 'tags', name: ref.slice(folders.tags.length) }
  return { kind: 'others', name: ref }
}

/** The refs that would be in the way of this one, as git keeps refs in files: `refs/tags/a` of `refs/tags/a/b`. */
export function foldersOf(ref: string): string[] {
  const above: string[] = []
  for (let slash = ref.indexOf('/', 'refs/'.length); slash >= 0; slash = ref.indexOf('/', slash + 1)) {
    above.push(ref.slice(0, slash))
  }
  return above
}

/** Sorts refs, given by full names, into tables. */
export function* createTables(
  objects: ObjectStore,
  refs: Iterable<readonly [ref: string, target: Oid]>,
): Steps<RefTables> {
  const entries: Record<RefKind, [string, Oid][]> = { heads: [], tags: [], others: [] }
  for (const [ref, oid] of refs) {
    const { kind, name } = placeOf(ref)
    if (entries[kind].push([name, oid]) % PER_STEP === 0) yield
  }
  const describe = (oid: Oid) => objects.describe(oid)
  return {
    heads: yield* RefTable.build(describe, entries.heads),
    tags: yield* RefTable.build(describe, entries.tags),
    others: yield* RefTable.build(describe, entries.others),
  }
}

/** As `RefTable.fork`, of all tables; what is written to the forks is looked up in `objects`. */
export function forkTables(tables: RefTables, objects: ObjectStore): RefTables {
  const describe = (oid: Oid) => objects.describe(oid)
  return {
    heads: tables.heads.fork(describe),
    tags: tables.tags.fork(describe),
    others: tables.others.fork(describe),
  }
}

/** All refs by full names, in their byte order, as they are when the iteration begins. */
export function* listRefs(tables: RefTables): IterableIterator<readonly [ref: string, target: Oid]> {
  const heads = tables.heads.entries('name', 'asc')
  const tags = tables.tags.entries('name', 'asc')
  const others = [...tables.others.entries('name', 'asc')]
  yield* named(
    '',
    others.filter(({ name }) => name < folders.heads),
  )
  yield* named(folders.heads, heads)
  yield* named(
    '',
    others.filter(({ name }) => name > folders.heads && name < folders.tags),
  )
  yield* named(folders.tags, tags)
  yield* named(
    '',
    others.filter(({ name }) => name > folders.tags),
  )
}

function* named(
  folder: string,
  entries: Iterable<{ readonly name: string; readonly target: Oid }>,
): IterableIterator<readonly [ref: string, target: Oid]> {
  for (const { name, target } of entries) yield [folder + name, target]
}
