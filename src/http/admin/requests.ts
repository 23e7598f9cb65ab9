import type { FastifyInstance, FastifyRequest } from 'fastify'
import { version } from '../../version.ts'
import type { Exchange } from '../journal/exchange.ts'
import { matchesFilter } from '../journal/filter.ts'
import { toHar } from '../journal/har.ts'
import type { Journal } from '../journal/journal.ts'
import { refuse } from './admin-error.ts'
import type { AdminOptions } from './index.ts'
import { type RequestQuery, readRequestQuery } from './request-filter.ts'

const DEFAULT_LIMIT = 100

/** The journal of the world that the request addresses: what its clients have sent, and what they got. */
export function registerRequests(app: FastifyInstance, options: AdminOptions): void {
  app.get('/requests', async (request) => {
    const journal = journalOf(request, options)
    const { filter, limit } = readRequestQuery(request.query, options)
    const found = matching(journal, { filter, limit: limit ?? DEFAULT_LIMIT })
    return { requests: journal.present(found), last: journal.last }
  })

  app.get('/requests/count', async (request) => {
    const journal = journalOf(request, options)
    return { count: matching(journal, readRequestQuery(request.query, options)).length }
  })

  app.get('/requests/har', async (request, reply) => {
    const journal = journalOf(request, options)
    const found = matching(journal, readRequestQuery(request.query, options))
    reply.header('content-disposition', 'attachment; filename="fakeforge.har"')
    return toHar(journal.present(found), version)
  })

  app.get<{ Params: { number: string } }>('/requests/:number', async (request) => {
    const journal = journalOf(request, options)
    const { number } = request.params
    const found = /^\d{1,15}$/.test(number) ? journal.exchange(Number(number)) : undefined
    if (!found) return refuse(404, 'request-missing', `The journal has no request ${JSON.stringify(number)}.`)
    return journal.present([found])[0]
  })

  app.delete('/requests', async (request, reply) => {
    journalOf(request, options).clear()
    return reply.code(204).send()
  })
}

/** The journal of the world that a request addresses. Throws ControlPlaneError when none is kept. */
export function journalOf({ sandbox }: FastifyRequest, { journals }: AdminOptions): Journal {
  return journals.of(sandbox) ?? refuse(409, 'no-journal', 'The server keeps no journal: its size is 0.')
}

/** The latest ones that fit, oldest first; of those after a certain one, the first that fit. */
function matching(journal: Journal, { filter, limit }: RequestQuery): Exchange[] {
  const found = [...journal.exchanges(filter.since)].filter((exchange) => matchesFilter(exchange, filter))
  if (limit === null) return found
  return filter.since === undefined ? found.slice(Math.max(found.length - limit, 0)) : found.slice(0, limit)
}
