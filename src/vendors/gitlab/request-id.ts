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

/** Asking for chance is dear, and so is putting text together: both are done in bulk. */
const BULK = 4096
const SIZE = 16
const bytes = Buffer.alloc(BULK)
let store = ''
let used = 0

function randomPart(): string {
  if (used === store.length) {
    randomFillSync(bytes)
    store = Array.from(bytes, (byte) => ALPHABET[byte % 32]).join('')
    used = 0
  }
  used += SIZE
  return store.slice(used - SIZE, used)
}
