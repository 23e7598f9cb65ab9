import type { Exchange } from './exchange.ts'

/** What is not as it was the first time. */
export interface Repetition extends Pick<Exchange, 'number' | 'sandboxTime' | 'duration'> {
  /** Headers of the answer with other values. */
  readonly fresh: Readonly<Record<string, string>> | null
}

/** An exchange that is like an earlier one to the letter: next to nothing to keep, however many there are. */
export class RepeatedExchange implements Exchange {
  readonly #first: Exchange
  readonly #fresh: Repetition['fresh']
  readonly number: number
  readonly startedAt = Date.now()
  readonly sandboxTime: number
  readonly duration: number

  constructor(first: Exchange, { number, sandboxTime, duration, fresh }: Repetition) {
    this.#first = first
    this.#fresh = fresh
    this.number = number
    this.sandboxTime = sandboxTime
    this.duration = duration
  }

  get answerHeaders() {
    return this.#fresh ? { ...this.#first.answerHeaders, ...this.#fresh } : this.#first.answerHeaders
  }

  get vendor() {
    return this.#first.vendor
  }

  get operation() {
    return this.#first.operation
  }

  get sandbox() {
    return this.#first.sandbox
  }

  get user() {
    return this.#first.user
  }

  get method() {
    return this.#first.method
  }

  get url() {
    return this.#first.url
  }

  get httpVersion() {
    return this.#first.httpVersion
  }

  get headers() {
    return this.#first.headers
  }

  get body() {
    return this.#first.body
  }

  get status() {
    return this.#first.status
  }

  get answerBody() {
    return this.#first.answerBody
  }

  get isCutOff() {
    return this.#first.isCutOff
  }

  get declared() {
    return this.#first.declared
  }

  get habits() {
    return this.#first.habits
  }

  get refusal() {
    return this.#first.refusal
  }

  get fault() {
    return this.#first.fault
  }
}
