import type { WebhookRequest } from '../../vendors/webhook-dialect.ts'
import { type Addressee, type Delivery, isSettled } from './delivery.ts'

const MOST_DELIVERIES = 1000
/** Bytes of bodies, about. */
const MOST_BYTES = 32 * 1024 * 1024
/** What a delivery costs beside its bodies. */
const UPKEEP = 1024

/** The deliveries of one world, oldest first. When there are too many, the oldest that have come to their end go. */
export class DeliveryLog {
  readonly #deliveries = new Map<number, Delivery>()
  #lastId = 0
  #bytes = 0

  get all(): readonly Delivery[] {
    return [...this.#deliveries.values()]
  }

  get(id: number): Delivery | undefined {
    return this.#deliveries.get(id)
  }

  add(addressee: Addressee, request: WebhookRequest): Delivery {
    const delivery: Delivery = {
      id: ++this.#lastId,
      ...addressee,
      request,
      state: 'waiting',
      attempts: [],
    }
    this.#deliveries.set(delivery.id, delivery)
    this.#bytes += sizeOf(delivery)
    this.#trim()
    return delivery
  }

  /** Notes what has become of a delivery; one that is not in the log any more stays out. */
  change(id: number, change: Partial<Pick<Delivery, 'state' | 'attempts'>>): Delivery | undefined {
    const before = this.#deliveries.get(id)
    if (!before) return undefined
    const after = { ...before, ...change }
    this.#deliveries.set(id, after)
    this.#bytes += sizeOf(after) - sizeOf(before)
    if (isSettled(after)) this.#trim()
    return after
  }

  #trim(): void {
    for (const delivery of this.#deliveries.values()) {
      if (this.#deliveries.size <= MOST_DELIVERIES && this.#bytes <= MOST_BYTES) return
      if (!isSettled(delivery)) continue
      this.#deliveries.delete(delivery.id)
      this.#bytes -= sizeOf(delivery)
    }
  }
}

function sizeOf({ request, attempts }: Delivery): number {
  const answers = attempts.reduce((sum, { answer }) => sum + UPKEEP + (answer?.body.length ?? 0), 0)
  return UPKEEP + request.body.length + answers
}
