import type { MemoryLayer } from '../memory-layer.ts'
import type { Oid } from '../model.ts'
import type { ObjectStore } from '../object-store.ts'
import type { RefUpdate, Repository } from '../repository.ts'
import { isFastForward } from './fast-forward.ts'
import type { ReceiveRequest, RefCommand } from './receive-request.ts'
import type { RefRefusal } from './ref-refusal.ts'

/** A ref that is about to move, appear (`before` null) or go away (`after` null). */
export interface MovingRef {
  readonly ref: string
  readonly before: Oid | null
  readonly after: Oid | null
  /** A branch that would lose commits, or a tag that would be moved. */
  readonly forced: boolean
}

/** What is said against a push. */
export interface PushVerdict {
  /** The refs that may not move, each with the reason that is reported. */
  readonly refused: ReadonlyMap<string, string>
  /** Lines for the user. */
  readonly messages: readonly string[]
}

/** What is behind the protocol. */
export interface PushRules {
  /**
   * Judges refs before they move; must not move anything. A large push is put before it in parts first: as long as it has
   * nothing to say to any of them it is taken to have nothing to say to the whole.
   */
  judge(changes: readonly MovingRef[], options: readonly string[]): PushVerdict
  /** Moves refs, all at once. Called at most once, when everything has been checked. */
  move(updates: readonly RefUpdate[]): void
}

/** A push whose objects have been checked. */
export interface CheckedPush {
  readonly request: ReceiveRequest
  /** What it brings. */
  readonly layer: MemoryLayer
  /** That, and the objects of the repository. */
  readonly objects: ObjectStore
  /** The commands that nothing can come of. */
  readonly refusals: ReadonlyMap<RefCommand, RefRefusal>
}

/** What a command comes to; null for one that leaves its ref as it is. */
export function describeChange(
  repository: Repository,
  objects: ObjectStore,
  { ref, after }: RefCommand,
): MovingRef | null {
  const before = repository.ref(ref) ?? null
  if (before === after) return null
  return {
    ref,
    before,
    after,
    // Found out on demand: it may cost a walk through the history.
    get forced() {
      if (before === null || after === null) return false
      return !ref.startsWith('refs/heads/') || !isFastForward(objects, before, after)
    },
  }
}
