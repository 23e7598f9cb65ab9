import type { Clock } from './clock.ts'
import type { LoadedFixture } from './fixture/load.ts'
import { Forge } from './forge.ts'
import { World } from './world.ts'

/** The worlds of one server: the initial one, and the live forge that began as it. */
export class Worlds {
  readonly clock: Clock
  readonly #initial: World
  #live: Forge

  private constructor(initial: World, clock: Clock) {
    this.clock = clock
    this.#initial = initial
    this.#live = new Forge(initial, clock)
  }

  /** Throws FixtureError when a repository of the fixture cannot be read. */
  static async open(initial: LoadedFixture, clock: Clock): Promise<Worlds> {
    return new Worlds(await World.open(initial), clock)
  }

  get live(): Forge {
    return this.#live
  }

  /** Goes back to the initial world, or to another one. Throws FixtureError and changes nothing when that is wrong. */
  async reset(fixture?: LoadedFixture): Promise<void> {
    this.#live = new Forge(fixture ? await World.open(fixture) : this.#initial, this.clock)
  }
}
