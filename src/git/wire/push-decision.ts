import type { MemoryLayer } from '../memory-layer.ts'
import type { Oid } from '../model.ts'
import type { ObjectStore } from '../object-store.ts'
import type { RefUpdate, Repository } from '../repository.ts'
import { isFastForward } from './fast-forward.ts'
import { PushRecord } from './push-record.ts'
import type { ReceiveOutcome } from './receive-report.ts'
import type { ReceiveRequest, RefCommand } from './receive-request.ts'
import { RefClashes } from './ref-clashes.ts'
import { type RefRefusal, refuseNow } from './ref-refusal.ts'

/** A ref that is about to move, appear (`before` null) or go away (`after` null). */
export interface MovingRef {
  readonly ref: string
  readonly before: Oid | null
  readonly after: Oid | null
  /** A branch that would lose commits, or a tag that would be moved. */
  readonly forced: boolean
}

/** What is behind the protocol. */
export interface PushRules {
  /** The refs that may not move, each with the reason that is reported, and lines for the user. Must not move anything. */
  judge(
    changes: readonly MovingRef[],
    options: readonly string[],
  ): { readonly refused: ReadonlyMap<string, string>; readonly messages: readonly string[] }
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

/**
 * Decides about every command of a push and moves what may move. Synchronous, so that nothing changes between looking and
 * moving: of two pushes of one ref the second finds it changed. The objects are published only when a ref moves.
 */
export function decidePush(repository: Repository, push: CheckedPush, rules: PushRules): ReceiveOutcome {
  const { request, layer, objects } = push
  const record = new PushRecord(request)
  refuseByGit(repository, push, record)
  const changes = record.open().flatMap((command) => describeChange(repository, objects, command))
  if (changes.length > 0) {
    const { refused, messages } = rules.judge(changes, request.options)
    for (const message of messages) record.say(message)
    for (const command of record.open()) {
      const reason = refused.get(command.ref)
      if (reason !== undefined) record.refuse(command, { reason, message: null })
    }
  }
  keepCurrentBranch(repository, record)
  const moving = new Set(record.open().map(({ ref }) => ref))
  const updates = changes.filter(({ ref }) => moving.has(ref))
  if (updates.length > 0) {
    repository.objects.absorb(layer)
    rules.move(updates.map(({ ref, before, after }) => ({ ref, before, after })))
  }
  return record.outcome()
}

function refuseByGit(repository: Repository, { request, refusals }: CheckedPush, record: PushRecord): void {
  const clashes = new RefClashes(repository, request.commands)
  for (const command of request.commands) {
    const refusal = refusals.get(command) ?? refuseNow(command, repository, clashes)
    if (refusal !== null) record.refuse(command, refusal)
    else if (command.after === null && repository.ref(command.ref) === undefined) {
      record.say('warning: deleting a non-existent ref')
    }
  }
}

/** After the vendor's rules, as git runs the hooks that they stand for first. */
function keepCurrentBranch(repository: Repository, record: PushRecord): void {
  const { head } = repository
  for (const command of record.open()) {
    if (command.ref !== head || command.after !== null || repository.ref(head) === undefined) continue
    const message = `refusing to delete the current branch: ${head}`
    record.refuse(command, { reason: 'deletion of the current branch prohibited', message })
  }
}

/** Nothing, for a command that leaves its ref as it is. */
function describeChange(
  repository: Repository,
  objects: ObjectStore,
  { ref, after }: RefCommand,
): MovingRef[] {
  const before = repository.ref(ref) ?? null
  if (before === after) return []
  return [
    {
      ref,
      before,
      after,
      // Found out on demand: it may cost a walk through the history.
      get forced() {
        if (before === null || after === null) return false
        return !ref.startsWith('refs/heads/') || !isFastForward(objects, before, after)
      },
    },
  ]
}
