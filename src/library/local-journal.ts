import type { FindingFilter, FollowOptions, JournalControl, JournalFilter } from '../client/world-controls.ts'
import { listFindings, readFindingQuery, strictJournalOf } from '../http/admin/findings.ts'
import { markEntries } from '../http/admin/marks.ts'
import { type RequestQuery, readRequestQuery } from '../http/admin/request-filter.ts'
import {
  archiveRequests,
  countRequests,
  findRequest,
  journalOf,
  listRequests,
} from '../http/admin/requests.ts'
import type { Finding } from '../http/findings/finding.ts'
import type { Entry } from '../http/journal/entry.ts'
import type { Exchange } from '../http/journal/exchange.ts'
import { matchesFilter } from '../http/journal/filter.ts'
import type { Journal } from '../http/journal/journal.ts'
import { Mailbox } from './mailbox.ts'
import { enter, type Place } from './place.ts'

/** The requests of a world of this process. */
export function localJournal(place: Place): JournalControl {
  const journal = () => journalOf(place, enter(place))
  const mark = (entries: readonly Entry[]) => markEntries(entries, journal(), enter(place))
  return {
    list: async (filter = {}) => mark(listRequests(journal(), await readFilter(place, filter))),
    get: async (number) => (await mark([findRequest(journal(), String(number))]))[0] as Entry,
    count: async (filter = {}) => countRequests(journal(), await readFilter(place, filter)),
    last: async () => journal().last,
    clear: async () => journal().clear(),
    follow: (options = {}) => follow(place, journal, options),
    findings: (filter = {}) => listLocalFindings(place, filter),
    har: async (filter = {}) => archiveRequests(journal(), await readFilter(place, filter)),
  }
}

async function listLocalFindings(place: Place, filter: FindingFilter): Promise<Finding[]> {
  const control = enter(place)
  const journal = strictJournalOf(place, control)
  return listFindings(journal, readFindingQuery(await textsOf(place, filter), control), control)
}

/** Checks a filter as that of a request is checked. Throws ControlPlaneError. */
async function readFilter(place: Place, given: JournalFilter): Promise<RequestQuery> {
  return readRequestQuery(await textsOf(place, given), enter(place))
}

/** A filter as a query has it. */
async function textsOf(place: Place, given: JournalFilter): Promise<Record<string, string>> {
  // Routes are registered late, and it is they that have the names.
  if (given.operation !== undefined) await enter(place).operations.learn()
  const texts = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return Object.fromEntries(texts)
}

async function* follow(
  place: Place,
  open: () => Journal,
  { signal, ...given }: FollowOptions,
): AsyncGenerator<Entry> {
  const journal = open()
  const { filter, limit } = await readFilter(place, given)
  const mailbox = new Mailbox<Exchange>()
  const close = () => mailbox.close()
  const stops = [
    journal.onRequest((exchange) => mailbox.put(exchange)),
    place.endings.on(place.sandbox, close),
    () => signal?.removeEventListener('abort', close),
  ]
  signal?.addEventListener('abort', close)
  if (filter.since !== undefined)
    for (const exchange of journal.exchanges(filter.since)) mailbox.put(exchange)
  let left = limit ?? Number.POSITIVE_INFINITY
  try {
    if (left === 0) return
    for await (const exchange of mailbox) {
      if (signal?.aborted) return
      if (!matchesFilter(exchange, filter)) continue
      yield* journal.present([exchange])
      left--
      if (left <= 0) return
    }
  } finally {
    for (const stop of stops) stop()
  }
}
