import type { PreparedUpdate } from '../prepared-update.ts'
import type { RefWatch } from '../ref-watch.ts'
import type { RefUpdate, Repository } from '../repository.ts'
import { pace, type Steps } from '../steps.ts'
import { Pacer } from './pacer.ts'
import { judgeInParts } from './push-judgement.ts'
import { PushRecord } from './push-record.ts'
import { type CheckedPush, describeChange, type MovingRef, type PushRules } from './push-rules.ts'
import type { ReceiveOutcome } from './receive-report.ts'
import { RefClashes } from './ref-clashes.ts'
import { refuseNow } from './ref-refusal.ts'

/** How often a decision is made anew because the refs have changed, before everybody else has to wait for it. */
const ATTEMPTS = 3

/**
 * Decides about every command of a push and moves what may move. Of two pushes of one ref the second finds it changed: what
 * was decided holds only if none of the refs has changed by the time of moving. The objects are published only when a ref moves.
 */
export async function decidePush(
  repository: Repository,
  push: CheckedPush,
  rules: PushRules,
): Promise<ReceiveOutcome> {
  const pacer = new Pacer()
  for (let attempt = 0; ; attempt += 1) {
    const decision = new PushDecision(repository, push, rules)
    try {
      await pace(decision.make(), attempt < ATTEMPTS ? pacer : NEVER_DUE)
      if (decision.holds()) {
        decision.carryOut()
        if (pacer.isDue) await pacer.rest()
        return decision.outcome()
      }
    } catch (error) {
      // It may have to do with what has changed in the midst of it.
      if (!decision.isDisturbed) throw error
    } finally {
      decision.end()
    }
  }
}

const NEVER_DUE = { isDue: false, rest: async () => undefined }

class PushDecision {
  readonly #repository: Repository
  readonly #push: CheckedPush
  readonly #rules: PushRules
  readonly #record: PushRecord
  readonly #watch: RefWatch
  readonly #head: string
  #updates: readonly RefUpdate[] = []
  #prepared: PreparedUpdate | null = null
  #isCarriedOut = false

  constructor(repository: Repository, push: CheckedPush, rules: PushRules) {
    this.#repository = repository
    this.#push = push
    this.#rules = rules
    this.#record = new PushRecord(push.request)
    this.#watch = repository.watch()
    this.#head = repository.head
  }

  *make(): Steps<void> {
    const record = this.#record
    const { request, objects } = this.#push
    yield* record.refuseRepeated()
    yield* this.#refuseByGit()
    const changes: MovingRef[] = []
    for (const command of record.open()) {
      const change = describeChange(this.#repository, objects, command)
      if (change !== null) changes.push(change)
      yield
    }
    if (changes.length > 0) {
      const { refused, messages } = yield* judgeInParts(this.#rules, changes, request.options)
      for (const message of messages) record.say(message)
      for (const command of refused.size > 0 ? record.open() : []) {
        const reason = refused.get(command.ref)
        if (reason !== undefined) record.refuse(command, { reason, message: null })
      }
    }
    yield
    this.#keepCurrentBranch()
    yield
    this.#updates = yield* this.#open(changes)
    if (this.#updates.length === 0) return
    this.#prepared = yield* this.#repository.prepare(this.#updates, objects)
  }

  /** The changes of the commands that nothing speaks against. */
  *#open(changes: readonly MovingRef[]): Steps<RefUpdate[]> {
    const open = this.#record.open()
    const isAll = open.length === this.#push.request.commands.length
    const refs = new Set<string>()
    for (const { ref } of isAll ? [] : open) {
      refs.add(ref)
      yield
    }
    const updates: RefUpdate[] = []
    for (const { ref, before, after } of changes) {
      if (isAll || refs.has(ref)) updates.push({ ref, before, after })
      yield
    }
    return updates
  }

  /** Whether refs have changed since the beginning, until it was carried out. */
  get isDisturbed(): boolean {
    return !this.#isCarriedOut && this.#watch.changes.length > 0
  }

  /** Whether nothing has changed that this was decided on. */
  holds(): boolean {
    if (this.#repository.head !== this.#head || this.#prepared?.isCurrent === false) return false
    if (!this.isDisturbed) return true
    const changed = new Set(this.#watch.changes.map(({ ref }) => ref))
    return !this.#push.request.commands.some(({ ref }) => changed.has(ref))
  }

  carryOut(): void {
    this.#isCarriedOut = true
    this.#watch.end()
    if (this.#updates.length > 0) {
      this.#repository.objects.absorb(this.#push.layer)
      this.#rules.move(this.#updates)
    }
  }

  outcome(): ReceiveOutcome {
    return this.#record.outcome()
  }

  end(): void {
    this.#watch.end()
    this.#prepared?.end()
  }

  *#refuseByGit(): Steps<void> {
    const { request, refusals } = this.#push
    const clashes = new RefClashes(this.#repository, request.commands)
    for (const command of request.commands) {
      const refusal = refusals.get(command) ?? refuseNow(command, this.#repository, clashes)
      if (refusal !== null) this.#record.refuse(command, refusal)
      else if (command.after === null && this.#repository.ref(command.ref) === undefined) {
        this.#record.say('warning: deleting a non-existent ref')
      }
      yield
    }
  }

  /** After the vendor's rules, as git runs the hooks that they stand for first. */
  #keepCurrentBranch(): void {
    const { head } = this.#repository
    for (const command of this.#record.open()) {
      if (command.ref !== head || command.after !== null || this.#repository.ref(head) === undefined) continue
      const message = `refusing to delete the current branch: ${head}`
      this.#record.refuse(command, { reason: 'deletion of the current branch prohibited', message })
    }
  }
}
