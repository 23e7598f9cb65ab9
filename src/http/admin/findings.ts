import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Finding, type FindingKind, findingKinds } from '../findings/finding.ts'
import { matchesFilter } from '../journal/filter.ts'
import type { Journal } from '../journal/journal.ts'
import { refuse } from './admin-error.ts'
import type { AdminOptions } from './index.ts'
import { findAll } from './marks.ts'
import { oneOf, type RequestQuery, readRequestQuery } from './request-filter.ts'
import { journalOf } from './requests.ts'

/** Which findings are wanted: those about certain requests, of one kind or of all. */
export interface FindingQuery extends RequestQuery {
  readonly kind: FindingKind | null
}

/** `GET /requests/findings`: what the clients of the world do wrong although their vendors let it pass. */
export function registerFindings(app: FastifyInstance, options: AdminOptions): void {
  app.get('/requests/findings', async (request) => {
    const journal = strictJournalOf(request, options)
    return { findings: await listFindings(journal, readFindingQuery(request.query, options), options) }
  })
}

/** The journal of a world whose clients are judged. Throws ControlPlaneError. */
export function strictJournalOf(request: Pick<FastifyRequest, 'sandbox'>, options: AdminOptions): Journal {
  if (options.isStrict) return journalOf(request, options)
  return refuse(409, 'not-strict', 'The server does not judge its clients: it was started without strict.')
}

/** Reads the query of such a request. Throws ControlPlaneError for what is unknown. */
export function readFindingQuery(given: unknown, options: AdminOptions): FindingQuery {
  const { kind, ...rest } = given as Record<string, string | string[]>
  const wanted = kind === undefined ? null : oneOf('kind', String([kind].flat().at(-1)), findingKinds)
  return { ...readRequestQuery(rest, options), kind: wanted as FindingKind | null }
}

/** All requests count for what is found; the filter says about which of them it is told. */
export async function listFindings(
  journal: Journal,
  { filter, limit, kind }: FindingQuery,
  options: AdminOptions,
): Promise<Finding[]> {
  const found = (await findAll(journal, options)).filter((finding) => {
    const exchange = journal.exchange(finding.request)
    return (kind === null || finding.kind === kind) && exchange && matchesFilter(exchange, filter)
  })
  if (limit === null) return found
  return filter.since === undefined ? found.slice(Math.max(found.length - limit, 0)) : found.slice(0, limit)
}
