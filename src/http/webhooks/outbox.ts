import { setTimeout as sleep } from 'node:timers/promises'
import type { WebhookRequest } from '../../vendors/webhook-dialect.ts'
import { AddressRefusal } from './address-policy.ts'
import type { Answer, Attempt } from './attempt.ts'
import type { Addressee, Delivery } from './delivery.ts'
import { DeliveryLog } from './delivery-log.ts'
import type { Gate } from './gate.ts'
import { type PostOptions, post } from './post.ts'

export interface DeliveryRules extends Omit<PostOptions, 'signal'> {
  /** How often a delivery is tried again when the other side is not there or not well. */
  readonly retries: number
  /** Milliseconds before the first of these; each next one waits twice as long. */
  readonly retryDelay: number
  readonly gate: Gate
}

/** More than this may not wait at once: where nobody answers and everything changes, memory comes to its end. */
const MOST_WAITING = 10_000

/** What one world has sent and is going to send. Webhooks are independent of each other; each gets its deliveries in order. */
export class Outbox {
  readonly log = new DeliveryLog()
  readonly #rules: DeliveryRules
  readonly #abort = new AbortController()
  /** The last delivery of each webhook, by its id. */
  readonly #tails = new Map<number, Promise<unknown>>()
  #busy = 0
  #waiters: (() => void)[] = []

  constructor(rules: DeliveryRules) {
    this.#rules = rules
  }

  get isSettled(): boolean {
    return this.#busy === 0
  }

  /** Counts work that will lead to deliveries as being in flight. */
  async keepBusy(work: () => Promise<unknown>): Promise<void> {
    this.#busy += 1
    try {
      await work()
    } finally {
      this.#busy -= 1
      if (this.#busy === 0) this.#release()
    }
  }

  /** Logs a delivery and sends it in its turn. Resolves, never rejects, once it has come to its end. */
  async send(addressee: Addressee, request: WebhookRequest): Promise<Delivery> {
    const delivery = this.log.add(addressee, request)
    if (this.#busy <= MOST_WAITING) return this.#enqueue(delivery)
    const attempt = { at: new Date().toISOString(), duration: 0, answer: null, error: 'too many are waiting' }
    return this.log.change(delivery.id, { state: 'refused', attempts: [attempt] }) ?? delivery
  }

  /** Sends a delivery once more, exactly as it was. */
  sendAgain(delivery: Delivery): Delivery {
    const waiting = this.log.change(delivery.id, { state: 'waiting' }) ?? delivery
    void this.#enqueue(waiting)
    return waiting
  }

  /** Resolves when nothing is in flight, or when `signal` says that nobody cares any more. */
  settled(signal: AbortSignal): Promise<void> {
    if (this.isSettled || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      this.#waiters.push(resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  /** Drops what is in flight. */
  close(): void {
    this.#abort.abort()
    this.#release()
  }

  async #enqueue(delivery: Delivery): Promise<Delivery> {
    const { webhook } = delivery
    const before = webhook === null ? undefined : this.#tails.get(webhook)
    let settled = delivery
    const turn = this.keepBusy(async () => {
      await before
      settled = await this.#deliver(delivery)
    })
    if (webhook !== null) this.#tails.set(webhook, turn)
    await turn
    if (webhook !== null && this.#tails.get(webhook) === turn) this.#tails.delete(webhook)
    return settled
  }

  async #deliver(start: Delivery): Promise<Delivery> {
    let delivery = start
    const { signal } = this.#abort
    for (let round = 0; !signal.aborted; round++) {
      const { attempt, state } = await this.#rules.gate.pass(() => this.#attempt(delivery))
      const attempts = [...delivery.attempts, attempt]
      const mayTryAgain = round < this.#rules.retries && state === 'failed' && isTransient(attempt.answer)
      delivery = { ...delivery, attempts, state: mayTryAgain ? 'waiting' : state }
      this.log.change(delivery.id, delivery)
      if (!mayTryAgain) break
      // An abort wakes the sleeper, and the loop ends.
      await sleep(this.#rules.retryDelay * 2 ** round, undefined, { signal }).catch(() => {})
    }
    return delivery
  }

  async #attempt(
    delivery: Delivery,
  ): Promise<{ readonly attempt: Attempt; readonly state: Delivery['state'] }> {
    this.log.change(delivery.id, { state: 'sending' })
    const at = new Date().toISOString()
    const start = performance.now()
    const duration = () => Math.round((performance.now() - start) * 10) / 10
    try {
      const answer = await post(delivery.request, { ...this.#rules, signal: this.#abort.signal })
      const isGood = answer.status >= 200 && answer.status < 300
      return {
        attempt: { at, duration: duration(), answer, error: null },
        state: isGood ? 'delivered' : 'failed',
      }
    } catch (error) {
      const state = error instanceof AddressRefusal ? 'refused' : 'failed'
      return { attempt: { at, duration: duration(), answer: null, error: describe(error) }, state }
    }
  }

  #release(): void {
    const waiters = this.#waiters
    this.#waiters = []
    for (const resolve of waiters) resolve()
  }
}

/** No answer at all, or one that says that another time may be better. */
function isTransient(answer: Answer | null): boolean {
  return answer === null || answer.status >= 500 || answer.status === 408 || answer.status === 429
}

/** Where several addresses were tried, the message is empty and the errors are inside. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ')
  return error instanceof Error ? error.message : String(error)
}
