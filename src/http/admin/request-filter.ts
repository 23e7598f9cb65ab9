import type { RequestFilter } from '../journal/filter.ts'
import { refuse } from './admin-error.ts'
import type { AdminOptions } from './index.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** A filter, and how many requests are wanted at most. */
export interface RequestQuery {
  readonly filter: RequestFilter
  readonly limit: number | null
}

type Reader = (text: string, options: AdminOptions) => string | number

const readers: { readonly [Name in keyof Required<RequestFilter> | 'limit']: Reader } = {
  vendor: (text, { vendors }) =>
    oneOf(
      'vendor',
      text,
      vendors.map(({ id }) => id),
    ),
  operation: (text, { operations }) => oneOf('operation', text, operations.names),
  method: (text) => oneOf('method', text.toUpperCase(), METHODS),
  path: (text) => text,
  status: (text) =>
    /^(?:[1-5]\d\d|[1-5]xx)$/.test(text) ? text : misfit('status', 'a status or a class of them: 404, 4xx'),
  user: (text) => text,
  since: (text) => countOf('since', text),
  limit: (text) => countOf('limit', text),
}

/**
 * Reads the query of a request to the journal. Throws ControlPlaneError for what is unknown: a slip of the pen must not look like
 * "there was no such request".
 */
export function readRequestQuery(query: unknown, options: AdminOptions): RequestQuery {
  const read = Object.entries(query as Record<string, string | string[]>).map(([name, given]) => {
    const reader = Object.hasOwn(readers, name) ? readers[name as keyof typeof readers] : undefined
    if (!reader) return misfit(name, `one of ${Object.keys(readers).join(', ')}`, 'The filter')
    return [name, reader(String([given].flat().at(-1)), options)] as const
  })
  const { limit = null, ...filter } = Object.fromEntries(read)
  return { filter: filter as RequestFilter, limit: limit as number | null }
}

/** Throws unless `text` is one of those that are allowed. */
export function oneOf(name: string, text: string, allowed: readonly string[]): string {
  return allowed.includes(text)
    ? text
    : misfit(name, `one of ${allowed.join(', ')}`, JSON.stringify(text), true)
}

function countOf(name: string, text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : misfit(name, 'a number from 0 on')
}

function misfit(name: string, wanted: string, what = '', isValue = false): never {
  const subject = isValue ? `${name}: ${what} is unknown; it` : `${what} ${name}`.trim()
  return refuse(422, 'invalid-filter', `${subject} must be ${wanted}.`)
}
