import { findIncomplete, type Incompleteness, type NewObjects, withoutIncomplete } from '../connectivity.ts'
import type { MemoryLayer } from '../memory-layer.ts'
import type { Oid } from '../model.ts'
import { ObjectStore } from '../object-store.ts'
import type { RefUpdate, Repository } from '../repository.ts'
import { isFastForward } from './fast-forward.ts'
import type { ReceiveOutcome } from './receive-report.ts'
import type { ReceiveRequest, RefCommand } from './receive-request.ts'
import { RefClashes } from './ref-clashes.ts'
import { refuseCommand } from './ref-refusal.ts'

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

/** The objects of a push, checked, and what is incomplete of them. */
export interface CheckedObjects {
  readonly layer: MemoryLayer
  readonly incomplete: ReadonlyMap<Oid, Incompleteness>
}

/** Looks whether everything that the new objects lead to is there, and leaves out what cannot be kept. */
export async function checkObjects(objects: NewObjects): Promise<CheckedObjects> {
  const incomplete = await findIncomplete(objects)
  return { layer: await withoutIncomplete(objects.layer, incomplete), incomplete }
}

/**
 * Decides about every command of a push and moves what may move. Synchronous, so that nothing changes between looking and
 * moving: of two pushes of one ref the second finds it changed. The objects are published only when a ref moves.
 */
export function decidePush(
  repository: Repository,
  request: ReceiveRequest,
  { layer, incomplete }: CheckedObjects,
  rules: PushRules,
): ReceiveOutcome {
  const decision = new Decision(request)
  const objects = new ObjectStore([layer, repository.objects])
  const clashes = new RefClashes(repository, request.commands)
  for (const command of request.commands) {
    const refusal = refuseCommand(command, { repository, objects, incomplete, clashes })
    if (refusal === null) continue
    decision.refuse(command, refusal.reason)
    if (refusal.message !== null) decision.say(`error: ${refusal.message}`)
  }
  for (const command of decision.open()) {
    if (command.after !== null || repository.ref(command.ref) !== undefined) continue
    decision.say('warning: deleting a non-existent ref')
  }
  const changes = decision.open().flatMap((command) => describeChange(repository, objects, command))
  if (changes.length > 0) {
    const { refused, messages } = rules.judge(changes, request.options)
    for (const message of messages) decision.say(message)
    for (const command of decision.open()) {
      const reason = refused.get(command.ref)
      if (reason !== undefined) decision.refuse(command, reason)
    }
  }
  for (const command of decision.open()) {
    if (command.after !== null || command.ref !== repository.head || !repository.ref(command.ref)) continue
    decision.say(`error: refusing to delete the current branch: ${command.ref}`)
    decision.refuse(command, 'deletion of the current branch prohibited')
  }
  const moving = new Set(decision.open().map(({ ref }) => ref))
  const updates = changes.filter(({ ref }) => moving.has(ref))
  if (updates.length > 0) {
    repository.objects.absorb(layer)
    rules.move(updates.map(({ ref, before, after }) => ({ ref, before, after })))
  }
  return decision.outcome()
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

/** What has become of the commands so far. */
class Decision {
  readonly #request: ReceiveRequest
  readonly #refused = new Map<RefCommand, string>()
  readonly #messages: string[] = []

  constructor(request: ReceiveRequest) {
    this.#request = request
    const seen = new Set<string>()
    for (const command of request.commands) {
      if (seen.has(command.ref)) {
        this.say(`error: multiple updates for ref '${command.ref}' not allowed`)
        this.refuse(command, 'failed to update ref')
      }
      seen.add(command.ref)
    }
  }

  refuse(command: RefCommand, reason: string): void {
    if (!this.#refused.has(command)) this.#refused.set(command, reason)
  }

  say(line: string): void {
    this.#messages.push(line)
  }

  /** The commands that nothing speaks against; none of an atomic push of which any is refused. */
  open(): readonly RefCommand[] {
    const { commands, capabilities } = this.#request
    if (capabilities.has('atomic') && this.#refused.size > 0) return []
    return commands.filter((command) => !this.#refused.has(command))
  }

  outcome(): ReceiveOutcome {
    const { commands, capabilities } = this.#request
    const others = capabilities.has('atomic') && this.#refused.size > 0 ? 'atomic push failure' : null
    const results = commands.map((command) => ({
      ref: command.ref,
      refused: this.#refused.get(command) ?? others,
    }))
    return { unpack: 'ok', results, messages: this.#messages }
  }
}
