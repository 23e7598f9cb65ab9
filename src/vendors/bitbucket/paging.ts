/** A page of a list, its keys in the order in which servers send them. */
export interface Page<Value> {
  readonly size: number
  readonly limit: number
  readonly isLastPage: boolean
  readonly values: Value[]
  readonly start: number
  readonly filter?: null
  /** Absent on the last page. */
  readonly nextPageStart?: number
}

/** What a client may ask for; both are read leniently. */
export interface PageQuery {
  readonly start: number
  readonly limit: number
}

export const DEFAULT_LIMIT = 25
/** `page.max.tags` and `page.max.branches`. */
export const MOST_REFS = 1000
/** For lists that have no maximum of their own. */
export const MOST_ANYTHING = 1_048_576

/** What a client gets: a start below 0 is 0, a limit below 1 is the default, a limit above the maximum is the maximum. */
export function effectivePage({ start, limit }: PageQuery, most = MOST_ANYTHING): PageQuery {
  return { start: Math.max(start, 0), limit: limit < 1 ? DEFAULT_LIMIT : Math.min(limit, most) }
}

/**
 * A page of values that begin at its start. There may be more of them than the limit: that is how it is known whether
 * this is the last page.
 */
export function pageOf<Value>(
  values: readonly Value[],
  { start, limit }: PageQuery,
  { hasFilter = false, extra = {} }: { readonly hasFilter?: boolean; readonly extra?: object } = {},
): Page<Value> {
  const shown = values.slice(0, limit)
  const isLastPage = values.length <= limit
  return {
    size: shown.length,
    limit,
    isLastPage,
    values: shown,
    start,
    ...extra,
    ...(hasFilter && { filter: null }),
    ...(!isLastPage && { nextPageStart: start + shown.length }),
  }
}
