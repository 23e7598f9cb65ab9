import type { FastifyInstance, FastifyReply } from 'fastify'
import { type Delivery, isSettled } from '../webhooks/delivery.ts'
import type { Outbox } from '../webhooks/outbox.ts'
import { refuse } from './admin-error.ts'

/** How long `?settled=true` waits when it is not told, and at most: seconds. */
const PATIENCE = 30
const MOST_PATIENCE = 600

interface LogQuery {
  readonly settled?: string
  readonly timeout?: string
  readonly project?: string
  readonly webhook?: string
  readonly state?: string
}

/** The deliveries of webhooks in the world that the request addresses. */
export function registerWebhooks(app: FastifyInstance): void {
  app.get<{ Querystring: LogQuery }>('/webhooks', async ({ query, sandbox }, reply) => {
    if (query.settled === 'true') await untilSettled(app.courier.outbox(sandbox), query, reply)
    // Another one than was waited for, if the world has begun anew meanwhile.
    const outbox = app.courier.outbox(sandbox)
    return {
      settled: outbox.isSettled,
      deliveries: outbox.log.all.filter((delivery) => fits(delivery, query)).map(present),
    }
  })

  app.get<{ Params: { id: string } }>('/webhooks/:id', async ({ sandbox, params: { id } }) =>
    present(app.courier.outbox(sandbox).log.get(Number(id)) ?? missing(id)),
  )

  app.post<{ Params: { id: string } }>(
    '/webhooks/:id/redeliver',
    async ({ sandbox, params: { id } }, reply) => {
      const outbox = app.courier.outbox(sandbox)
      const delivery = outbox.log.get(Number(id)) ?? missing(id)
      if (!isSettled(delivery)) refuse(409, 'delivery-under-way', `Delivery ${id} is still under way.`)
      return reply.code(202).send(present(outbox.sendAgain(delivery)))
    },
  )

  app.delete('/webhooks', async ({ sandbox }, reply) => {
    app.courier.clear(sandbox)
    return reply.code(204).send()
  })
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
    request: { method: 'POST', url, headers, body },
    attempts,
  }
}

function fits({ project, webhook, state }: Delivery, query: LogQuery): boolean {
  return (
    (query.project === undefined || query.project === project) &&
    (query.webhook === undefined || query.webhook === String(webhook)) &&
    (query.state === undefined || query.state === state)
  )
}

function secondsOf(text: string | undefined): number {
  if (text === undefined) return PATIENCE
  const seconds = Number(text)
  return seconds >= 0 && seconds <= MOST_PATIENCE
    ? seconds
    : refuse(422, 'invalid-query', `timeout must be a number of seconds, at most ${MOST_PATIENCE}.`)
}

/** Waits until nothing is in flight, the patience is over, or the client is gone. */
async function untilSettled(outbox: Outbox, { timeout }: LogQuery, reply: FastifyReply): Promise<void> {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(), secondsOf(timeout) * 1000)
  reply.raw.once('close', () => over.abort())
  await outbox.settled(over.signal)
  clearTimeout(timer)
}

function missing(id: string): never {
  return refuse(404, 'delivery-missing', `There is no delivery ${id}.`)
}
