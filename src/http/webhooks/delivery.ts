import type { WebhookRequest } from '../../vendors/webhook-dialect.ts'

/** What came back, or what kept it from coming back. */
export interface Attempt {
  /** ISO 8601, real time. */
  readonly at: string
  /** Milliseconds. */
  readonly duration: number
  readonly answer: Answer | null
  readonly error: string | null
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[]>>
  /** As UTF-8 text. */
  readonly body: string
  /** Whether more came than was kept. */
  readonly truncated: boolean
}

/**
 * `waiting` for its turn or for another try, `sending`, `delivered` (the answer was 2xx), `failed`, or `refused` by our own
 * rules before anything was sent.
 */
export type DeliveryState = 'waiting' | 'sending' | 'delivered' | 'failed' | 'refused'

/** Whom a delivery is for. */
export interface Addressee {
  /** The webhook's id; null for a test of an address that no hook has. */
  readonly webhook: number | null
  /** The project's path. */
  readonly project: string
  readonly vendor: string
}

/** One request to one webhook, with everything that has become of it. */
export interface Delivery extends Addressee {
  readonly id: number
  readonly request: WebhookRequest
  readonly state: DeliveryState
  readonly attempts: readonly Attempt[]
}

export function isSettled({ state }: Delivery): boolean {
  return state !== 'waiting' && state !== 'sending'
}
