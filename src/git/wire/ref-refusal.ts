/** Why receive-pack does not move a ref, in git's words. */
import { ForgeError } from '../../failure.ts'
import type { Incompleteness } from '../connectivity.ts'
import type { Oid } from '../model.ts'
import type { ObjectStore } from '../object-store.ts'
import { readTargetType } from '../peeling.ts'
import { checkRefName } from '../ref-name.ts'
import type { Repository } from '../repository.ts'
import type { RefCommand } from './receive-request.ts'
import type { RefClashes } from './ref-clashes.ts'

export interface RefRefusal {
  /** What the report says after `ng <ref> `. */
  readonly reason: string
  /** For the user; null where the reason says it all. */
  readonly message: string | null
}

/** The objects that a push can refer to: those of the repository, and its own. */
export interface PushedObjects {
  readonly objects: ObjectStore
  /** What is incomplete of its own. */
  readonly incomplete: ReadonlyMap<Oid, Incompleteness>
}

const LOST = 'failed to update ref'

/** What git has against a command whatever the refs are; null for nothing. */
export function refuseAtAll({ ref, after }: RefCommand, objects: PushedObjects): RefRefusal | null {
  if (!isRefName(ref, after === null)) {
    return { reason: 'funny refname', message: `refusing to update funny ref '${ref}' remotely` }
  }
  return after === null ? null : (refuseIncomplete(after, objects) ?? refuseTarget(ref, after, objects))
}

/** What git has against it as the refs are now. */
export function refuseNow(
  command: RefCommand,
  repository: Repository,
  clashes: RefClashes,
): RefRefusal | null {
  return refuseStale(command, repository.ref(command.ref) ?? null) ?? refuseClash(command, clashes)
}

/** Two levels below refs/ are asked for, except to get rid of something odd. */
function isRefName(ref: string, isDeletion: boolean): boolean {
  if (!ref.startsWith('refs/') || checkRefName(ref) !== null) return false
  return isDeletion || ref.indexOf('/', 'refs/'.length) > 0
}

function refuseIncomplete(after: Oid, { objects, incomplete }: PushedObjects): RefRefusal | null {
  const reason = incomplete.get(after)
  if (reason === 'shallow') return { reason: 'shallow update not allowed', message: null }
  if (reason === undefined && objects.has(after)) return null
  return { reason: 'missing necessary objects', message: null }
}

function refuseTarget(ref: string, after: Oid, { objects }: PushedObjects): RefRefusal | null {
  const type = readType(objects, after)
  if (type === null) return lost(`cannot update ref '${ref}': trying to write an object that leads nowhere`)
  if (type === 'commit' || !ref.startsWith('refs/heads/')) return null
  return lost(`cannot update ref '${ref}': trying to write non-commit object ${after} to branch '${ref}'`)
}

function refuseStale({ ref, before, after }: RefCommand, current: Oid | null): RefRefusal | null {
  // Deleting what is not there, without having seen it there, is done already.
  if (before === current || (before === null && after === null)) return null
  if (before === null) return lost(`cannot lock ref '${ref}': reference already exists`)
  if (current === null) return lost(`cannot lock ref '${ref}': unable to resolve reference '${ref}'`)
  return lost(`cannot lock ref '${ref}': is at ${current} but expected ${before}`)
}

/** Null for a tag object at the beginning of too long a chain. */
function readType(objects: ObjectStore, oid: Oid): string | null {
  try {
    return readTargetType(objects, oid)
  } catch (error) {
    if (error instanceof ForgeError) return null
    throw error
  }
}

function refuseClash({ ref, before, after }: RefCommand, clashes: RefClashes): RefRefusal | null {
  if (before !== null || after === null) return null
  const other = clashes.create(ref)
  return other === null ? null : lost(`cannot lock ref '${ref}': '${other}' exists; cannot create '${ref}'`)
}

function lost(message: string): RefRefusal {
  return { reason: LOST, message }
}
