import type { RateState } from '../../vendors/fault-dialect.ts'

/** Counts requests per credential in windows that begin at multiples of their length, as Rack::Attack does. */
export class RateLimit {
  readonly #limit: number
  readonly #window: number
  #current = Number.NaN
  #counts = new Map<string, number>()

  /** `window` in seconds. */
  constructor(limit: number, window: number) {
    this.#limit = limit
    this.#window = window
  }

  /** Counts a request; `now` in epoch milliseconds of the sandbox. */
  count(credential: string, now: number): RateState {
    const length = this.#window * 1000
    const current = Math.floor(now / length)
    if (current !== this.#current) this.#counts = new Map()
    this.#current = current
    const observed = (this.#counts.get(credential) ?? 0) + 1
    this.#counts.set(credential, observed)
    return { limit: this.#limit, window: this.#window, observed, now, resetAt: (current + 1) * length }
  }
}
