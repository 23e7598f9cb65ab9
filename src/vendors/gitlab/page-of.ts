import type { FastifyReply, FastifyRequest } from 'fastify'
import { effectivePageSize, offsetPage, writeOffsetHeaders } from './paging.ts'

/** The rows of the page that a request asks for, its headers written: Kaminari's arithmetic, for all lists but tags. */
export function pageOf<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  rows: readonly Row[],
  { page, per_page }: { readonly page: number; readonly per_page: number },
): readonly Row[] {
  const size = effectivePageSize(per_page)
  const offset = (Math.max(page, 1) - 1) * size
  writeOffsetHeaders(request, reply, offsetPage(page, per_page, rows.length))
  return rows.slice(offset, offset + size)
}
