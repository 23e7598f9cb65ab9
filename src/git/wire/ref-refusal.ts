/** Why receive-pack does not move a ref, in git's words. */
import { ForgeError } from '../../failure.ts'
import type { Incompleteness } from '../connectivity.ts'
import type { Oid } from '../model.ts'
import type { ObjectStore } from '../object-store.ts'
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

/** What a command is checked against, at the moment at which it is to take effect. */
export interface RefScene {
  readonly repository: Repository
  /** The objects of the repository and those of the push. */
  readonly objects: ObjectStore
  readonly incomplete: ReadonlyMap<Oid, Incompleteness>
  readonly clashes: RefClashes
}

const LOST = 'failed to update ref'

/** Answers null when git has nothing against the command. */
export function refuseCommand(command: RefCommand, scene: RefScene): RefRefusal | null {
  const { ref, after } = command
  if (!isRefName(ref, after === null)) {
    return { reason: 'funny refname', message: `refusing to update funny ref '${ref}' remotely` }
  }
  return (
    refuseIncomplete(after, scene) ??
    refuseStale(command, scene.repository.ref(ref) ?? null) ??
    refuseTarget(command, scene) ??
    refuseClash(command, scene)
  )
}

/** Two levels below refs/ are asked for, except to get rid of something odd. */
function isRefName(ref: string, isDeletion: boolean): boolean {
  if (!ref.startsWith('refs/') || checkRefName(ref) !== null) return false
  return isDeletion || ref.indexOf('/', 'refs/'.length) > 0
}

function refuseIncomplete(after: Oid | null, { objects, incomplete }: RefScene): RefRefusal | null {
  if (after === null) return null
  const reason = incomplete.get(after)
  if (reason === 'shallow') return { reason: 'shallow update not allowed', message: null }
  if (reason === undefined && objects.has(after)) return null
  return { reason: 'missing necessary objects', message: null }
}

function refuseStale({ ref, before, after }: RefCommand, current: Oid | null): RefRefusal | null {
  // Deleting what is not there, without having seen it there, is done already.
  if (before === current || (before === null && after === null)) return null
  if (before === null) return lost(`cannot lock ref '${ref}': reference already exists`)
  if (current === null) return lost(`cannot lock ref '${ref}': unable to resolve reference '${ref}'`)
  return lost(`cannot lock ref '${ref}': is at ${current} but expected ${before}`)
}

function refuseTarget({ ref, after }: RefCommand, { objects }: RefScene): RefRefusal | null {
  if (after === null) return null
  const type = readType(objects, after)
  if (type === null) return lost(`cannot update ref '${ref}': trying to write an object that leads nowhere`)
  if (type === 'commit' || !ref.startsWith('refs/heads/')) return null
  return lost(`cannot update ref '${ref}': trying to write non-commit object ${after} to branch '${ref}'`)
}

/** Null for a tag object at the beginning of too long a chain. */
function readType(objects: ObjectStore, oid: Oid): string | null {
  try {
    return objects.describe(oid).type
  } catch (error) {
    if (error instanceof ForgeError) return null
    throw error
  }
}

function refuseClash({ ref, before, after }: RefCommand, { clashes }: RefScene): RefRefusal | null {
  if (before !== null || after === null) return null
  const other = clashes.create(ref)
  return other === null ? null : lost(`cannot lock ref '${ref}': '${other}' exists; cannot create '${ref}'`)
}

function lost(message: string): RefRefusal {
  return { reason: LOST, message }
}
