import type { FastifyRequest } from 'fastify'
import { hexDigits, RandomWords } from '../../chance.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Empty, or absent where the framework itself refuses a request, until somebody asks for it. */
    codeartsRequestId?: string
  }
}

const ids = new RandomWords(32, hexDigits)

/** The request's id, 32 hex digits: the official SDKs put it into their exceptions. */
export function requestId(request: FastifyRequest): string {
  const { codeartsRequestId: known } = request
  if (known) return known
  const id = newRequestId()
  request.codeartsRequestId = id
  return id
}

export function newRequestId(): string {
  return ids.next()
}
