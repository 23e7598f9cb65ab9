import type { WebhookRequest } from '../../vendors/webhook-dialect.ts'
import type { Attempt, DeliveryState } from './attempt.ts'

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
