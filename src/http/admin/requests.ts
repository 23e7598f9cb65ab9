import type { FastifyInstance, FastifyRequest } from 'fastify'
import { version } from '../../version.ts'
import type { Entry } from '../journal/entry.ts'
import type { Exchange } from '../journal/exchange.ts'
import { matchesFilter } from '../journal/filter.ts'
import { toHar } from '../journal/har.ts'
import type { Journal } from '../journal/journal.ts'
import { refuse } from './admin-error.ts'
import type { AdminOptions } from './index.ts'
import { markEntries } from './marks.ts'
import { type RequestQuery, readRequestQuery } from './request-filter.ts'

const DEFAULT_LIMIT = 100

/** The journal of the world that the request addresses: what its clients have sent, and what they got. */
export function registerRequests(app: FastifyInstance, options: AdminOptions): void {
  app.get('/requests', async (request) => {
    const journal = journalOf(request, options)
    const requests = listRequests(journal, readRequestQuery(request.query, options))
    return { requests: await markEntries(requests, journal, options), last: journal.last }
  })

  app.get('/requests/count', async (request) => {
    const journal = journalOf(request, options)
    return { count: countRequests(journal, readRequestQuery(request.query, options)) }
  })

  app.get('/requests/har', async (request, reply) => {
    const journal = journalOf(request, options)
    const query = readRequestQuery(request.query, options)
    reply.header('content-disposition', 'attachment; filename="fakeforge.har"')
    return archiveRequests(journal, query)
  })

  app.get<{ Params: { number: string } }>('/requests/:number', async (request) => {
    const journal = journalOf(request, options)
    const [entry] = await markEntries([findRequest(journal, request.params.number)], journal, options)
    return entry
  })

  app.delete('/requests', async (request, reply) => {
    journalOf(request, options).clear()
    return reply.code(204).send()
  })
}

export function listRequests(journal: Journal, { filter, limit }: RequestQuery): Entry[] {
  return journal.present(matching(journal, { filter, limit: limit ?? DEFAULT_LIMIT }))
}

export function countRequests(journal: Journal, query: RequestQuery): number {
  return matching(journal, query).length
}

/** An HTTP archive. */
export function archiveRequests(journal: Journal, query: RequestQuery): object {
  return toHar(journal.present(matching(journal, query)), version)
}

/** Throws ControlPlaneError when there is none. */
export function findRequest(journal: Journal, number: string): Entry {
  const found = /^\d{1,15}$/.test(number) ? journal.exchange(Number(number)) : undefined
  const [entry] = found ? journal.present([found]) : []
  return entry ?? refuse(404, 'request-missing', `The journal has no request ${JSON.stringify(number)}.`)
}

/** The journal of a world, of that which a request addresses. Throws ControlPlaneError when none is kept. */
export function journalOf(
  { sandbox }: Pick<FastifyRequest, 'sandbox'>,
  { journals }: Pick<AdminOptions, 'journals'>,
): Journal {
  return journals.of(sandbox) ?? refuse(409, 'no-journal', 'The server keeps no journal: its size is 0.')
}

/** The latest ones that fit, oldest first; of those after a certain one, the first that fit. */
function matching(journal: Journal, { filter, limit }: RequestQuery): Exchange[] {
  const found = [...journal.exchanges(filter.since)].filter((exchange) => matchesFilter(exchange, filter))
  if (limit === null) return found
  return filter.since === undefined ? found.slice(Math.max(found.length - limit, 0)) : found.slice(0, limit)
}
