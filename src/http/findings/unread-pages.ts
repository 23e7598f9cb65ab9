import type { PageDialect, ReadPage } from '../../vendors/page-dialect.ts'
import { propertiesOf, type Shape } from '../journal/unread-fields.ts'
import type { Finding } from './finding.ts'
import { clientOf, findingAbout, type SeenRequest } from './seen-request.ts'

/** How the lists of a vendor go on; undefined for one that has none. */
export type DialectOf = (vendor: string | null) => PageDialect | undefined

/** A list as one client has read it. */
interface Reading {
  /** The last time that its first page was read and went on, and where. */
  left: { readonly request: SeenRequest; readonly next: string } | null
  /** Whether a later page was asked for, or a first page was the only one. */
  isRead: boolean
}

/**
 * Lists that a client has only read the first page of, though there was another: one finding for each list and client. A page of
 * one entry is no such list: whoever asks for that wants the latest one, or a total.
 */
export function findUnreadPages(requests: readonly SeenRequest[], dialectOf: DialectOf): Finding[] {
  const readings = new Map<string, Reading>()
  for (const request of requests) {
    const dialect = dialectOf(request.entry.vendor)
    if (dialect) follow(request, dialect, readings)
  }
  return [...readings.values()].flatMap(({ left, isRead }) => {
    const sign = left && dialectOf(left.request.entry.vendor)?.sign
    if (isRead || !left) return []
    return findingAbout(
      left.request,
      'pages-unread',
      'The list goes on after its first page, and no other page was asked for.',
      `Ask on with ${left.next}, until ${sign}.`,
    )
  })
}

function follow(request: SeenRequest, dialect: PageDialect, readings: Map<string, Reading>): void {
  const { entry } = request
  if (entry.method !== 'GET' || entry.operation === null) return
  const query = new URLSearchParams(entry.query)
  const key = `${entry.vendor} ${addressOf(request, query, dialect)}\n${clientOf(request)}`
  const reading = readings.get(key) ?? { left: null, isRead: false }
  readings.set(key, reading)
  if (!isFirst(query, dialect)) {
    reading.isRead = true
    return
  }
  if (entry.status !== 200 || dialect.size.some((name) => query.get(name) === '1')) return
  const next = dialect.next(pageOf(request, query))
  if (next !== null) reading.left = { request, next }
  // The same list in pages that are large enough.
  else if (reading.left) reading.isRead = true
}

function isFirst(query: URLSearchParams, { place }: PageDialect): boolean {
  return Object.entries(place).every(([name, first]) => ['', first].includes(query.get(name) ?? ''))
}

/** The address of a list, whichever page of it is meant. Links to further pages spell out what would be so anyway. */
function addressOf({ entry, exchange }: SeenRequest, query: URLSearchParams, dialect: PageDialect): string {
  const { habits, declared } = exchange
  const idle = new Set([...Object.keys(dialect.place), ...dialect.size, ...habits.everywhere])
  const fields = propertiesOf(declared?.querystring as Shape | undefined) ?? {}
  const rest = [...query]
    .filter(([name, value]) => !idle.has(name) && value !== String(fields[name]?.default))
    .map((pair) => pair.join('='))
  return `${entry.path}?${rest.sort().join('&')}`
}

function pageOf({ entry }: SeenRequest, query: URLSearchParams): ReadPage {
  const headers = Object.entries(entry.answer.headers).map(([name, value]) => [name, String(value)])
  return { query, headers: Object.fromEntries(headers), text: entry.answer.body.text ?? '' }
}
