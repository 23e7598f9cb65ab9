import { AdjustableClock } from './clock.ts'
import type { Forge } from './forge.ts'
import type { ProjectSpec } from './spec.ts'

/** A state to begin from and to come back to; nobody writes to its forge. */
export interface Origin {
  readonly forge: Forge
  readonly clock: AdjustableClock
}

/** Whoever has to know when a sandbox gets a forge, changes over to another state, or goes. */
export interface SandboxWatcher {
  /** It has a new forge: when it is first asked for it, at its start and after each restart. */
  forked?(sandbox: Sandbox, forge: Forge): void
  /** A reset, a restore: what was of the forge before is over. */
  restarted(sandbox: Sandbox): void
  /** It was removed, or it expired. */
  ended(sandbox: Sandbox): void
}

/** How long a sandbox is there, milliseconds of real time. */
export interface Lifetime {
  /** From its start. */
  readonly most: number
  /** From the last request on; null: it does not matter whether anybody asks. */
  readonly idle: number | null
}

/**
 * An isolated world: a forge of its own, its clock, and the state that a reset brings back. The server's own world is one
 * too, without an id.
 */
export class Sandbox {
  readonly id: string | null
  /** Epoch milliseconds of real time. */
  readonly createdAt: number = Date.now()
  readonly clock = new AdjustableClock()
  readonly #origin: Origin
  readonly #watchers: Iterable<SandboxWatcher>
  readonly #lifetime: Lifetime | null
  #usedAt: number = this.createdAt
  /** Null until somebody asks: most of what a sandbox costs is only paid for by those that are used. */
  #forge: Forge | null = null
  #start: Origin

  constructor(
    id: string | null,
    origin: Origin,
    lifetime: Lifetime | null = null,
    watchers: Iterable<SandboxWatcher> = [],
  ) {
    this.id = id
    this.#lifetime = lifetime
    this.#origin = origin
    this.#watchers = watchers
    this.#start = origin
    this.clock.follow(origin.clock)
  }

  /** Epoch milliseconds of real time after which it is dropped, unless somebody asks for it before; null for never. */
  get expiresAt(): number | null {
    if (this.#lifetime === null) return null
    const { most, idle } = this.#lifetime
    const end = this.createdAt + most
    return idle === null ? end : Math.min(end, this.#usedAt + idle)
  }

  /** Notes that somebody is interested. */
  use(): void {
    this.#usedAt = Date.now()
  }

  /** The forge as it is now; another one after a reset, so that requests under way cannot write into the new state. */
  get forge(): Forge {
    if (this.#forge) return this.#forge
    const forge = this.#start.forge.fork(this.clock)
    this.#forge = forge
    for (const watcher of this.#watchers) watcher.forked?.(this, forge)
    return forge
  }

  /** Whether anybody has asked for the forge since the last start. */
  get isTouched(): boolean {
    return this.#forge !== null
  }

  /** The projects of its forge, without making it one. */
  get specs(): readonly ProjectSpec[] {
    return (this.#forge ?? this.#start.forge).specs
  }

  /** Goes back to where it began, clock included. */
  reset(): void {
    this.restore(this.#origin)
  }

  /** Takes on a state without forgetting where it began. */
  restore(origin: Origin): void {
    this.#start = origin
    this.clock.follow(origin.clock)
    this.#forge = null
    for (const watcher of this.#watchers) watcher.restarted(this)
  }

  /** The state as it is now, to come back to. */
  capture(): Origin {
    const clock = new AdjustableClock()
    clock.follow(this.clock)
    return { forge: (this.#forge ?? this.#start.forge).fork(clock), clock }
  }
}
