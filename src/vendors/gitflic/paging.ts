import type { FastifyReply } from 'fastify'
import { listType } from './media.ts'
import type { PageQuery } from './page-schemas.ts'
import type { Quirks } from './quirks.ts'

const DEFAULT_SIZE = 10

/** One page of a list as it was asked for, within what Spring Data allows. */
export interface PageRequest {
  /** Counted from 0. */
  readonly number: number
  readonly size: number
}

export function pageRequest({ page, size }: PageQuery, { maxPageSize }: Quirks): PageRequest {
  return { number: Math.max(page, 0), size: size < 1 ? DEFAULT_SIZE : Math.min(size, maxPageSize) }
}

export function offsetOf({ number, size }: PageRequest): number {
  return number * size
}

/** The page of a list that is at hand as a whole. */
export function pageOf<Item>(items: readonly Item[], page: PageRequest): readonly Item[] {
  const offset = offsetOf(page)
  return items.slice(offset, offset + page.size)
}

export interface Page<Key extends string, Item> {
  _embedded?: Record<Key, Item[]>
  page: { size: number; totalElements: number; totalPages: number; number: number }
}

/** The envelope of a page, its media type written. Without items `_embedded` is left out altogether. */
export function sendPage<Key extends string, Item>(
  reply: FastifyReply,
  key: Key,
  items: readonly Item[],
  total: number,
  page: PageRequest,
): Page<Key, Item> {
  reply.type(listType(reply.request))
  return presentPage(key, items, total, page)
}

/** The envelope alone. */
export function presentPage<Key extends string, Item>(
  key: Key,
  items: readonly Item[],
  total: number,
  { number, size }: PageRequest,
): Page<Key, Item> {
  const page = { size, totalElements: total, totalPages: Math.ceil(total / size), number }
  if (items.length === 0) return { page }
  return { _embedded: { [key]: [...items] } as Record<Key, Item[]>, page }
}
