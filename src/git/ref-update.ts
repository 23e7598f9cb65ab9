import { fail } from '../failure.ts'
import type { Oid, RefChange } from './model.ts'
import type { ObjectStore } from './object-store.ts'
import { readTargetType } from './peeling.ts'
import { checkRefName } from './ref-name.ts'
import { placeOf } from './ref-place.ts'
import type { RefTable } from './ref-table.ts'
import type { Repository } from './repository.ts'
import { PER_STEP, type Steps } from './steps.ts'

export interface RefUpdate {
  /** Full name: `refs/tags/v1`. */
  readonly ref: string
  /** Compare-and-set: null when the ref must not exist, an id when it must be this, absent when it may be anything. */
  readonly before?: Oid | null
  /** Null deletes. */
  readonly after: Oid | null
}

/**
 * What a set of updates comes to, without doing any of it; see `Repository.update` for the failures. Updates that leave
 * a ref as it is are not in the answer.
 */
export function* planUpdates(
  repository: Repository,
  updates: readonly RefUpdate[],
  objects: ObjectStore,
): Steps<RefChange[]> {
  const changes: RefChange[] = []
  const refs = new Set<string>()
  for (const update of updates) {
    const { ref, after } = update
    if (refs.has(ref)) return refuseTwice(ref)
    refs.add(ref)
    const before = repository.ref(ref) ?? null
    if (after !== null) {
      checkFullName(ref)
      checkTarget(objects, ref, after)
    }
    checkExpectation(update, before)
    if (before !== after) changes.push({ ref, before, after })
    if (refs.size % PER_STEP === 0) yield
  }
  yield* checkClashes(repository, changes)
  return changes
}

function refuseTwice(ref: string): never {
  const { name } = placeOf(ref)
  return fail('ref-conflict', { ref, name, other: name })
}

function checkFullName(ref: string): void {
  const rule = checkRefName(ref)
  if (rule !== null) fail('ref-name-invalid', { name: placeOf(ref).name, rule })
  // Of everything outside of refs/ only HEAD is kept, and that is no ref of its own.
  if (!ref.startsWith('refs/'))
    fail('ref-name-invalid', { name: ref, rule: "a full ref name begins with 'refs/'" })
  if (ref === 'refs/heads' || ref === 'refs/tags') {
    fail('ref-name-invalid', { name: ref, rule: 'a ref cannot take the place of a folder of refs' })
  }
}

function checkTarget(objects: ObjectStore, ref: string, oid: Oid): void {
  // Finds out, too, whether all that a tag object leads to is here.
  const type = readTargetType(objects, oid)
  if (type !== 'commit' && ref.startsWith('refs/heads/')) {
    fail('ref-target-invalid', { ref, oid, reason: `a branch must hold a commit, not a ${type}` })
  }
}

function checkExpectation({ ref, before, after }: RefUpdate, current: Oid | null): void {
  if (current === null) {
    const mustExist = typeof before === 'string' || (after === null && before !== null)
    if (mustExist) fail('ref-missing', { ref, name: placeOf(ref).name })
    return
  }
  if (before === null) fail('ref-exists', { ref, name: placeOf(ref).name })
  if (before !== undefined && before !== current) fail('ref-changed', { ref, name: placeOf(ref).name })
}

/** Looks for directory/file clashes among the refs as they would be afterwards. */
function* checkClashes(repository: Repository, changes: readonly RefChange[]): Steps<void> {
  const deleted = new Set<string>()
  const all = new Set<string>()
  for (const { ref, after, before } of changes) {
    if (after === null) deleted.add(ref)
    else if (before === null) all.add(ref)
    yield
  }
  for (const ref of all) {
    const { kind, name } = placeOf(ref)
    const prefix = ref.slice(0, ref.length - name.length)
    const table: RefTable = repository[kind]
    const other =
      table.conflict(name, deleted.size === 0 ? undefined : (held) => deleted.has(prefix + held)) ??
      (all.size === 1 ? undefined : findFolderIn(all, ref)?.slice(prefix.length))
    if (other !== undefined) fail('ref-conflict', { ref, name, other })
    yield
  }
}

/** The first of `refs` that has the name of a folder on the way to `ref`. */
function findFolderIn(refs: ReadonlySet<string>, ref: string): string | undefined {
  for (let slash = ref.indexOf('/'); slash >= 0; slash = ref.indexOf('/', slash + 1)) {
    const folder = ref.slice(0, slash)
    if (refs.has(folder)) return folder
  }
  return undefined
}
