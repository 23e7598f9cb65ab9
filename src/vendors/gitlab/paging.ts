import type { FastifyReply, FastifyRequest } from 'fastify'
import { rawPath } from '../../http/origin.ts'
import { isHash, type Params, type ParamValue } from './rack-params.ts'

export const LARGEST_PAGE = 100
export const DEFAULT_PAGE = 20
/** From this many rows on, a total would be too dear to count: Gitlab::Pagination::OffsetPagination. */
const COUNT_LIMIT = 10_000

/** The rows per page that a request gets: at most 100, and the default for anything below 1. */
export function effectivePageSize(perPage: number): number {
  return perPage < 1 ? DEFAULT_PAGE : Math.min(perPage, LARGEST_PAGE)
}

export interface OffsetPage {
  readonly page: number
  readonly perPage: number
  /** Null: not counted, so that the totals and rel="last" are left out. */
  readonly total: number | null
  readonly totalPages: number
  readonly next: number | null
  readonly previous: number | null
}

/** The usual arithmetic (path B): page below 1 is 1, the size is clamped, no next or previous past the end. */
export function offsetPage(requested: number, perPage: number, total: number): OffsetPage {
  const page = Math.max(requested, 1)
  const size = effectivePageSize(perPage)
  const totalPages = Math.max(Math.ceil(total / size), 1)
  return {
    // A page below 1 is served as the first one but reported as it came only when it is past the end.
    page,
    perPage: size,
    total: total >= COUNT_LIMIT ? null : total,
    totalPages,
    next: page < totalPages ? page + 1 : null,
    previous: page > 1 && page <= totalPages ? page - 1 : null,
  }
}

/** Writes the `X-*` headers and `Link` of an offset page. Empty values are sent, not left out. */
export function writeOffsetHeaders(request: FastifyRequest, reply: FastifyReply, page: OffsetPage): void {
  reply.headers({
    'x-next-page': page.next ?? '',
    'x-page': page.page,
    'x-per-page': page.perPage,
    'x-prev-page': page.previous ?? '',
  })
  if (page.total !== null) reply.headers({ 'x-total': page.total, 'x-total-pages': page.totalPages })
  reply.header('link', writtenLinks(request, page))
}

/** `Link` headers by what they depend on: bots ask for the same few pages over and over. */
const known = new Map<string, string>()
const MOST_KNOWN = 1000

function writtenLinks(request: FastifyRequest, page: OffsetPage): string {
  // The parameters of a GET are those of its URL, and nothing else is listed.
  const last = page.total === null ? '' : page.totalPages
  const { base, profile } = request.gitlab
  const key = `${profile.name} ${page.previous} ${page.next} ${page.perPage} ${last} ${base} ${request.raw.url}`
  const before = known.get(key)
  if (before !== undefined) return before
  const written = writeLinks(request, page)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(key, written)
  return written
}

function writeLinks(request: FastifyRequest, page: OffsetPage): string {
  const links: [string, number | null][] = [
    ['prev', page.previous],
    ['next', page.next],
    ['first', 1],
    ['last', page.total === null ? null : page.totalPages],
  ]
  return links
    .flatMap(([rel, number]) =>
      number === null ? [] : [link(request, { page: number, per_page: page.perPage }, rel)],
    )
    .join(', ')
}

/** One entry of a `Link` header: the request's own parameters, defaults and path id among them, with some replaced. */
export function link(request: FastifyRequest, changes: Params, rel: string): string {
  const { base, params } = request.gitlab
  const query = toQuery({ ...params.query, ...(request.query as Params), ...changes })
  return `<${base}${pathBelow(request)}?${query}>; rel="${rel}"`
}

function pathBelow(request: FastifyRequest): string {
  const path = rawPath(request)
  return path.slice(path.indexOf('/api/'))
}

/** Rails' Hash#to_query: sorted by key, form-encoded. */
export function toQuery(params: Params): string {
  return Object.entries(params)
    .flatMap(([key, value]) => flatten(key, value))
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([key, value]) => `${formEncode(key)}=${formEncode(value)}`)
    .join('&')
}

function flatten(key: string, value: ParamValue): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item: ParamValue) => flatten(`${key}[]`, item))
  if (isHash(value))
    return Object.entries(value).flatMap(([inner, item]) => flatten(`${key}[${inner}]`, item))
  return [[key, value === null ? '' : String(value)]]
}

/** Ruby's CGI.escape: only letters, digits, `_`, `.`, `-` and `~` stay, and a space is `+`. */
function formEncode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
