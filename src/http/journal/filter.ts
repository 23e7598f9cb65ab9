import type { Exchange } from './exchange.ts'

/** Which requests of a journal are meant; absent: that does not matter. */
export interface RequestFilter {
  readonly vendor?: string
  readonly operation?: string
  readonly method?: string
  /** Part of the path, as it was sent. */
  readonly path?: string
  /** `404`, or a class: `4xx`. */
  readonly status?: string
  readonly user?: string
  /** Only what came after the request with this number. */
  readonly since?: number
}

export function matchesFilter(exchange: Exchange, filter: RequestFilter): boolean {
  const { vendor, operation, method, path, status, user, since } = filter
  if (since !== undefined && exchange.number <= since) return false
  if (vendor !== undefined && exchange.vendor !== vendor) return false
  if (operation !== undefined && exchange.operation !== operation) return false
  if (method !== undefined && exchange.method !== method) return false
  if (user !== undefined && exchange.user !== user) return false
  if (path !== undefined && !(exchange.url.split('?', 1)[0] ?? '').includes(path)) return false
  return status === undefined || hasStatus(exchange, status)
}

function hasStatus({ status }: Exchange, wanted: string): boolean {
  if (status === null) return false
  return wanted.endsWith('xx') ? String(status)[0] === wanted[0] : String(status) === wanted
}
