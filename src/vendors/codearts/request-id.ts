import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

const ids = new WeakMap<FastifyRequest, string>()

/** The request's id, 32 hex digits: the official SDKs put it into their exceptions. */
export function requestId(request: FastifyRequest): string {
  const known = ids.get(request)
  if (known !== undefined) return known
  const id = randomBytes(16).toString('hex')
  ids.set(request, id)
  return id
}
