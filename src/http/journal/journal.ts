import type { Forge } from '../../forge/forge.ts'
import type { Entry } from './entry.ts'
import type { Exchange } from './exchange.ts'
import { presentEntry } from './present-entry.ts'
import { Redaction } from './redaction.ts'
import { secretsOf } from './secrets.ts'

/** What a journal keeps. */
export interface JournalLimits {
  /** Requests; the oldest ones go first. */
  readonly size: number
  /** Bytes of each body, of the request and of the answer. */
  readonly bodyLimit: number
}

export type JournalListener = (exchange: Exchange) => void

/** The requests that one sandbox has seen: a ring of the latest ones. */
export class Journal {
  readonly limits: JournalLimits
  readonly #listeners = new Set<JournalListener>()
  #forge: Forge
  #ring: Exchange[] = []
  /** The number of the latest request. */
  #last = 0
  /** How many of the latest requests have been forgotten on demand. */
  #cleared = 0
  #entries = new WeakMap<Exchange, Entry>()
  #age = 0

  constructor(forge: Forge, limits: JournalLimits) {
    this.#forge = forge
    this.limits = limits
  }

  /** Changes with every new beginning: a request from before one does not belong into what comes after it. */
  get age(): number {
    return this.#age
  }

  /** The number of the latest request; 0 before the first one. */
  get last(): number {
    return this.#last
  }

  /** Writes a request down; its number must be the next one. */
  add(exchange: Exchange): void {
    this.#last = exchange.number
    this.#ring[exchange.number % this.limits.size] = exchange
    for (const listener of this.#listeners) listener(exchange)
  }

  /** What is kept, oldest first, of what came after the request with the number `since`. */
  *exchanges(since = 0): Generator<Exchange> {
    const oldest = Math.max(this.#last - this.limits.size, this.#cleared, since) + 1
    for (let number = oldest; number <= this.#last; number++) {
      const exchange = this.#ring[number % this.limits.size]
      if (exchange) yield exchange
    }
  }

  exchange(number: number): Exchange | undefined {
    if (number <= this.#cleared) return undefined
    const found = this.#ring[number % this.limits.size]
    return found?.number === number ? found : undefined
  }

  /** Requests as they may be shown, without credentials. */
  present(exchanges: Iterable<Exchange>): Entry[] {
    let redaction: Redaction | null = null
    return Array.from(exchanges, (exchange) => {
      const known = this.#entries.get(exchange)
      if (known) return known
      redaction ??= new Redaction(secretsOf(this.#forge))
      const entry = presentEntry(exchange, redaction)
      this.#entries.set(exchange, entry)
      return entry
    })
  }

  /** Forgets all requests; counting goes on. */
  clear(): void {
    this.#cleared = this.#last
    this.#ring = []
  }

  /**
   * The sandbox has another forge from now on. Unless requests are to be kept, the journal is as new; those kept are made
   * presentable now, while it is known what was secret to the former forge.
   */
  begin(forge: Forge, isKept: boolean): void {
    if (isKept) this.present(this.exchanges())
    this.#forge = forge
    if (isKept) return
    this.#age++
    this.#ring = []
    this.#last = 0
    this.#cleared = 0
  }

  /** Calls `listener` for every request from now on; returns the way to stop that. */
  onRequest(listener: JournalListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
