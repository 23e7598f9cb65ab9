import { hexDigits, RandomWords } from '../chance.ts'
import type { AdjustableClock } from './clock.ts'
import type { LoadedFixture } from './fixture/load.ts'
import { Forge } from './forge.ts'
import { type Lifetime, type Origin, Sandbox, type SandboxWatcher } from './sandbox.ts'
import { World } from './world.ts'

/** How many sandboxes one server keeps, and how long, so that forgotten ones do not eat its memory. */
export interface SandboxLimits {
  readonly count: number
  /** Milliseconds of real time; a sandbox may ask for less. */
  readonly lifetime: number
  /** Milliseconds of real time without a request, for those that did not ask for a time of their own. */
  readonly idle: number
}

const ids = new RandomWords(16, hexDigits)

/** How often it is looked which sandboxes have expired, at most, milliseconds. */
const SWEEP = 60_000

/** All worlds of one server: its own, the sandboxes beside it, and the snapshots that either may start from. */
export class Worlds {
  /** The server's own world. */
  readonly main: Sandbox
  readonly initial: Origin
  readonly #limits: SandboxLimits
  readonly #sandboxes = new Map<string, Sandbox>()
  readonly #snapshots = new Map<string, Origin>()
  readonly #watchers = new Set<SandboxWatcher>()
  #sweeping: NodeJS.Timeout | null = null

  private constructor(initial: Origin, limits: SandboxLimits) {
    this.initial = initial
    this.main = new Sandbox(null, initial, null, this.#watchers)
    this.#limits = limits
  }

  /** Throws FixtureError when a repository of the fixture cannot be read. */
  static async open(fixture: LoadedFixture, clock: AdjustableClock, limits: SandboxLimits): Promise<Worlds> {
    return new Worlds(await originOf(fixture, clock), limits)
  }

  /** The forge of the server's own world. */
  get live(): Forge {
    return this.main.forge
  }

  /** Brings the server's own world back to its beginning, or to another fixture. Throws FixtureError and changes nothing then. */
  async reset(fixture?: LoadedFixture): Promise<void> {
    if (fixture) this.main.restore(await originOf(fixture, this.initial.clock))
    else this.main.reset()
  }

  /** Has a watcher told of everything from now on; it is told first of the forges that there are. */
  watch(watcher: SandboxWatcher): void {
    this.#watchers.add(watcher)
    for (const sandbox of [this.main, ...this.#sandboxes.values()]) {
      if (sandbox.isTouched) watcher.forked?.(sandbox, sandbox.forge)
    }
  }

  /** The sandboxes that have not expired, oldest first. */
  get sandboxes(): readonly Sandbox[] {
    this.#dropExpired()
    return [...this.#sandboxes.values()]
  }

  sandbox(id: string): Sandbox | undefined {
    const found = this.#sandboxes.get(id)
    if (!found || !isExpired(found)) return found
    this.removeSandbox(id)
    return undefined
  }

  /**
   * Null when there are too many already. `lifetime` in milliseconds, at most what the server allows; without it the sandbox
   * also ends when nobody asks for it for long.
   */
  createSandbox(origin: Origin = this.initial, lifetime?: number): Sandbox | null {
    if (this.#sandboxes.size >= this.#limits.count) this.#dropExpired()
    if (this.#sandboxes.size >= this.#limits.count) return null
    const id = ids.next()
    const sandbox = new Sandbox(id, origin, this.#lifetimeOf(lifetime), this.#watchers)
    this.#sandboxes.set(id, sandbox)
    this.#sweep()
    return sandbox
  }

  /** Answers whether it was there. */
  removeSandbox(id: string): boolean {
    const sandbox = this.#sandboxes.get(id)
    if (!sandbox) return false
    this.#sandboxes.delete(id)
    for (const watcher of this.#watchers) watcher.ended(sandbox)
    return true
  }

  /** Names of the snapshots, in the order in which they were first saved. */
  get snapshots(): readonly string[] {
    return [...this.#snapshots.keys()]
  }

  snapshot(name: string): Origin | undefined {
    return this.#snapshots.get(name)
  }

  saveSnapshot(name: string, origin: Origin): void {
    this.#snapshots.set(name, origin)
  }

  /** Answers whether it was there. */
  removeSnapshot(name: string): boolean {
    return this.#snapshots.delete(name)
  }

  /** Has nothing done by itself any more. */
  close(): void {
    if (this.#sweeping) clearInterval(this.#sweeping)
    this.#sweeping = null
  }

  #lifetimeOf(wanted: number | undefined): Lifetime {
    const { lifetime, idle } = this.#limits
    return wanted === undefined ? { most: lifetime, idle } : { most: Math.min(wanted, lifetime), idle: null }
  }

  /** Drops what expires, as long as there is anything: nobody may ever ask again for what was forgotten. */
  #sweep(): void {
    const { lifetime, idle } = this.#limits
    this.#sweeping ??= setInterval(
      () => {
        this.#dropExpired()
        if (this.#sandboxes.size === 0) this.close()
      },
      Math.min(SWEEP, lifetime, idle),
    ).unref()
  }

  #dropExpired(): void {
    for (const [id, sandbox] of this.#sandboxes) if (isExpired(sandbox)) this.removeSandbox(id)
  }
}

/** A fixture as a state to begin from. Throws FixtureError. */
export async function originOf(fixture: LoadedFixture, clock: AdjustableClock): Promise<Origin> {
  return { forge: new Forge(await World.open(fixture), clock), clock }
}

function isExpired({ expiresAt }: Sandbox): boolean {
  return expiresAt !== null && Date.now() > expiresAt
}
