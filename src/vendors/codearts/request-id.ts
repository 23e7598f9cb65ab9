import { randomFillSync } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

const ids = new WeakMap<FastifyRequest, string>()

/** Bytes of one id. */
const SIZE = 16

/** Chance in store: to ask for 16 bytes costs nearly as much as to ask for thousands. */
const store = Buffer.allocUnsafe(256 * SIZE)
let used = store.length

/** The request's id, 32 hex digits: the official SDKs put it into their exceptions. */
export function requestId(request: FastifyRequest): string {
  const known = ids.get(request)
  if (known !== undefined) return known
  if (used === store.length) {
    randomFillSync(store)
    used = 0
  }
  const id = store.toString('hex', used, used + SIZE)
  used += SIZE
  ids.set(request, id)
  return id
}
