import type { Steps } from '../steps.ts'
import type { ReceiveOutcome } from './receive-report.ts'
import type { ReceiveRequest, RefCommand } from './receive-request.ts'
import type { RefRefusal } from './ref-refusal.ts'

/** What has become of the commands of a push so far. */
export class PushRecord {
  readonly #commands: readonly RefCommand[]
  readonly #isAtomic: boolean
  readonly #refused = new Map<RefCommand, string>()
  readonly #messages: string[] = []

  constructor({ commands, capabilities }: ReceiveRequest) {
    this.#commands = commands
    this.#isAtomic = capabilities.has('atomic')
  }

  /** Of several reasons the first stays. */
  refuse(command: RefCommand, { reason, message }: RefRefusal): void {
    if (this.#refused.has(command)) return
    this.#refused.set(command, reason)
    if (message !== null) this.say(`error: ${message}`)
  }

  /** A line for the user. */
  say(line: string): void {
    this.#messages.push(line)
  }

  /** The commands that nothing speaks against: none of an atomic push of which any is refused. */
  open(): readonly RefCommand[] {
    if (this.#refused.size === 0) return this.#commands
    if (this.#isAtomic) return []
    return this.#commands.filter((command) => !this.#refused.has(command))
  }

  outcome(): ReceiveOutcome {
    const others = this.#isAtomic && this.#refused.size > 0 ? 'atomic push failure' : null
    const results = this.#commands.map((command) => ({
      ref: command.ref,
      refused: this.#refused.get(command) ?? others,
    }))
    return { unpack: 'ok', results, messages: this.#messages }
  }

  /** Each ref can be commanded once. Has to come first. */
  *refuseRepeated(): Steps<void> {
    const seen = new Set<string>()
    for (const command of this.#commands) {
      const message = `multiple updates for ref '${command.ref}' not allowed`
      if (seen.has(command.ref)) this.refuse(command, { reason: 'failed to update ref', message })
      seen.add(command.ref)
      yield
    }
  }
}
