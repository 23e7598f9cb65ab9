import { setImmediate } from 'node:timers/promises'

/** How long work may go on, in milliseconds, before others on the event loop get their turn. */
const TURN = 4

/**
 * Keeps long work from stalling the server. Walks and packs are made in one go, tens of thousands of steps long:
 *
 *     if (pacer.isDue) await pacer.rest()
 */
export class Pacer {
  #since = performance.now()

  get isDue(): boolean {
    return performance.now() - this.#since > TURN
  }

  async rest(): Promise<void> {
    await setImmediate()
    this.#since = performance.now()
  }
}
