import { randomFillSync } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** Empty, or absent where the framework itself refuses a request, until somebody asks for it. */
    codeartsRequestId?: string
  }
}

/** Characters of one id. */
const SIZE = 32

/** Chance in store: to ask for 16 bytes costs nearly as much as to ask for thousands. */
const bytes = Buffer.allocUnsafe(128 * SIZE)
let store = ''
let used = 0

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
    store = randomFillSync(bytes).toString('hex')
    used = 0
  }
  used += SIZE
  return store.slice(used - SIZE, used)
}
