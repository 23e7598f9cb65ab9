import { AdjustableClock } from './clock.ts'
import type { Forge } from './forge.ts'

/** A state to begin from and to come back to; nobody writes to its forge. */
export interface Origin {
  readonly forge: Forge
  readonly clock: AdjustableClock
}

/** Whoever has to know when a sandbox comes, changes over to another state, or goes. */
export interface SandboxWatcher {
  /** It has a new forge: at its start, after a reset, after a restore. What was of the forge before is over. */
  began(sandbox: Sandbox): void
  /** It was removed, or it expired. */
  ended(sandbox: Sandbox): void
}

/**
 * An isolated world: a forge of its own, its clock, and the state that a reset brings back. The server's own world is one
 * too, without an id.
 */
export class Sandbox {
  readonly id: string | null
  /** Epoch milliseconds of real time. */
  readonly createdAt: number = Date.now()
  /** Real time after which it may be dropped; null for ever. */
  readonly expiresAt: number | null
  readonly clock = new AdjustableClock()
  readonly #origin: Origin
  readonly #watchers: Iterable<SandboxWatcher>
  #forge: Forge

  constructor(
    id: string | null,
    origin: Origin,
    lifetime: number | null = null,
    watchers: Iterable<SandboxWatcher> = [],
  ) {
    this.id = id
    this.expiresAt = lifetime === null ? null : this.createdAt + lifetime
    this.#origin = origin
    this.#watchers = watchers
    this.clock.follow(origin.clock)
    this.#forge = origin.forge.fork(this.clock)
    for (const watcher of watchers) watcher.began(this)
  }

  /** The forge as it is now; another one after a reset, so that requests under way cannot write into the new state. */
  get forge(): Forge {
    return this.#forge
  }

  /** Goes back to where it began, clock included. */
  reset(): void {
    this.restore(this.#origin)
  }

  /** Takes on a state without forgetting where it began. */
  restore({ forge, clock }: Origin): void {
    this.clock.follow(clock)
    this.#forge = forge.fork(this.clock)
    for (const watcher of this.#watchers) watcher.began(this)
  }

  /** The state as it is now, to come back to. */
  capture(): Origin {
    const clock = new AdjustableClock()
    clock.follow(this.clock)
    return { forge: this.#forge.fork(clock), clock }
  }
}
