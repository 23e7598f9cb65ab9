import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { message, refuse } from './errors.ts'

/** A body's tag as Rack::ETag writes it. */
export function etagOf(body: string): string {
  return `W/"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`
}

/**
 * `If-Unmodified-Since` on DELETE: 412 when it is older than `updatedAt` (epoch milliseconds); equal passes, and what does
 * not parse is ignored. lib/api/helpers.rb, check_unmodified_since!
 */
export function demandUnmodified(request: FastifyRequest, updatedAt: number): void {
  const header = request.headers['if-unmodified-since']
  const since = header === undefined ? Number.NaN : Date.parse(header)
  if (Math.floor(updatedAt / 1000) * 1000 > since)
    refuse('precondition-failed', message(412, '412 Precondition Failed'))
}
