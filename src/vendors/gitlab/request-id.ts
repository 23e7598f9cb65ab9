import type { FastifyRequest } from 'fastify'
import { RandomWords } from '../../chance.ts'

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
  return timePart(Date.now()) + words.next()
}

let lastTime = 0
let lastTimePart = ''

function timePart(now: number): string {
  if (now === lastTime) return lastTimePart
  let rest = now
  let text = ''
  for (let i = 0; i < 10; i++) {
    text = (ALPHABET[rest % 32] ?? '0') + text
    rest = Math.floor(rest / 32)
  }
  lastTime = now
  lastTimePart = text
  return text
}

const words = new RandomWords(16, (bytes) => Array.from(bytes, (byte) => ALPHABET[byte % 32]).join(''))
