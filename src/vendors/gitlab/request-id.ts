import { randomFillSync } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ids = new WeakMap<FastifyRequest, string>()

/** The request's correlation id, 26 characters as GitLab's front end makes them (a ULID: time, then chance). */
export function requestId(request: FastifyRequest): string {
  const known = ids.get(request)
  if (known !== undefined) return known
  const id = newRequestId()
  ids.set(request, id)
  return id
}

export function newRequestId(): string {
  return timePart(Date.now()) + randomPart()
}

function timePart(now: number): string {
  let rest = now
  let text = ''
  for (let i = 0; i < 10; i++) {
    text = (ALPHABET[rest % 32] ?? '0') + text
    rest = Math.floor(rest / 32)
  }
  return text
}

/** Asking for chance is dear, so it is asked for in bulk. */
const pool = Buffer.alloc(16 * 256)
let used = pool.length

function randomPart(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  let text = ''
  for (const end = used + 16; used < end; used++) text += ALPHABET[(pool[used] ?? 0) % 32]
  return text
}
