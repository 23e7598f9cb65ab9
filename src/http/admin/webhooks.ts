import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '../../forge/sandbox.ts'
import type { Courier } from '../webhooks/courier.ts'
import { type Delivery, isSettled } from '../webhooks/delivery.ts'
import type { Outbox } from '../webhooks/outbox.ts'
import { refuse } from './admin-error.ts'
import { type DeliveryQuery, readLogQuery, secondsOf } from './delivery-query.ts'

export type { DeliveryQuery } from './delivery-query.ts'

/** The deliveries of webhooks in the world that the request addresses. */
export function registerWebhooks(app: FastifyInstance): void {
  app.get('/webhooks', async ({ query: given, sandbox }, reply) => {
    const query = readLogQuery(given)
    if (query.settled === 'true') {
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      await untilSettled(app.courier.outbox(sandbox), query.timeout, gone.signal)
    }
    return readDeliveries(app.courier, sandbox, query)
  })

  app.get<{ Params: { id: string } }>('/webhooks/:id', async ({ sandbox, params: { id } }) =>
    findDelivery(app.courier, sandbox, id),
  )

  app.post<{ Params: { id: string } }>(
    '/webhooks/:id/redeliver',
    async ({ sandbox, params: { id } }, reply) => reply.code(202).send(redeliver(app.courier, sandbox, id)),
  )

  app.delete('/webhooks', async ({ sandbox }, reply) => {
    app.courier.clear(sandbox)
    return reply.code(204).send()
  })
}

/** The log of a world, as far as `query` asks for it. */
export function readDeliveries(courier: Courier, sandbox: Sandbox, query: DeliveryQuery) {
  const { isSettled: settled, log } = courier.outbox(sandbox)
  return { settled, deliveries: log.all.filter((delivery) => fits(delivery, query)).map(present) }
}

/** Throws ControlPlaneError when there is none. */
export function findDelivery(courier: Courier, sandbox: Sandbox, id: string) {
  return present(courier.outbox(sandbox).log.get(idOf(id)) ?? missing(id))
}

/** Sends a delivery again. Throws ControlPlaneError when there is none, and when it is still under way. */
export function redeliver(courier: Courier, sandbox: Sandbox, id: string) {
  const outbox = courier.outbox(sandbox)
  const delivery = outbox.log.get(idOf(id)) ?? missing(id)
  if (!isSettled(delivery)) refuse(409, 'delivery-under-way', `Delivery ${id} is still under way.`)
  return present(outbox.sendAgain(delivery))
}

/** Waits until nothing is in flight, the patience (seconds) is over, or `gone` says that nobody cares. */
export async function untilSettled(outbox: Outbox, timeout?: string, gone?: AbortSignal): Promise<void> {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(), secondsOf(timeout) * 1000)
  gone?.addEventListener('abort', () => over.abort(), { once: true })
  await outbox.settled(over.signal)
  clearTimeout(timer)
}

function present({ id, webhook, project, vendor, request, state, attempts }: Delivery) {
  const { event, url, headers, body } = request
  return {
    id,
    webhook,
    project,
    vendor,
    event,
    state,
    request: { method: 'POST' as const, url, headers, body },
    attempts,
  }
}

function fits({ project, webhook, state }: Delivery, query: DeliveryQuery): boolean {
  return (
    (query.project === undefined || query.project === project) &&
    (query.webhook === undefined || query.webhook === String(webhook)) &&
    (query.state === undefined || query.state === state)
  )
}

function idOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
}

function missing(id: string): never {
  return refuse(404, 'delivery-missing', `There is no delivery ${id}.`)
}
