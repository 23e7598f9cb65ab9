import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ids = new WeakMap<FastifyRequest, string>()

/** The request's correlation id, 26 characters as GitLab's front end makes them (a ULID: time, then chance). */
export function requestId(request: FastifyRequest): string {
  const known = ids.get(request)
  if (known !== undefined) return known
  const id = timePart(Date.now()) + randomPart()
  ids.set(request, id)
  return id
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

function randomPart(): string {
  return Array.from(randomBytes(16), (byte) => ALPHABET[byte % 32]).join('')
}
