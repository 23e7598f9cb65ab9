import { randomFillSync } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** Empty, or absent where the framework itself refuses a request, until somebody asks for it. */
    codeartsRequestId?: string
  }
}

/** Bytes of one id. */
const SIZE = 16

/** Chance in store: to ask for 16 bytes costs nearly as much as to ask for thousands. */
const store = Buffer.allocUnsafe(256 * SIZE)
let used = store.length

/** The request's id, 32 hex digits: the official SDKs put it into their exceptions. */
export function requestId(request: FastifyRequest): string {
  const { codeartsRequestId: known } = request
  if (known) return known
  const id = newRequestId()
  request.codeartsRequestId = id
  return id
}

export function newRequestId(): string {
  if (used === store.length) {
    randomFillSync(store)
    used = 0
  }
  const id = store.toString('hex', used, used + SIZE)
  used += SIZE
  return id
}
