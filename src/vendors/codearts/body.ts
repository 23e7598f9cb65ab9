import type { FastifyRequest } from 'fastify'
import { CodeArtsError } from './errors.ts'
import type { RefusalName } from './evidence/refusals.ts'

/** A body before it is read: that is done when the path has been found to be right. */
export interface RawBody {
  readonly bytes: Buffer
  readonly type: string | undefined
}

const NO_BYTES = Buffer.alloc(0)

export function rawBodyOf(request: FastifyRequest): RawBody {
  const bytes = Buffer.isBuffer(request.body) ? request.body : NO_BYTES
  return { bytes, type: request.headers['content-type'] }
}

/** The JSON value of a body. Throws CodeArtsError when it is none, or not declared as JSON. */
export function readJson({ bytes, type }: RawBody): unknown {
  const media = type?.split(';')[0]?.trim().toLowerCase()
  if (media && media !== 'application/json')
    throw refusedBody('content-type-wrong', 'The Content-Type must be application/json.')
  if (bytes.length === 0) throw refusedBody('body-missing', 'The body is required.')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw refusedBody('json-unreadable', 'The body is not valid JSON.')
  }
}

function refusedBody(rule: RefusalName, reason: string): CodeArtsError {
  return new CodeArtsError(rule, { kind: 'invalid', field: 'body', reason })
}
