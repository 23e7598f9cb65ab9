import type { FastifyRequest } from 'fastify'
import { invalid, refuse, UNSUPPORTED_MEDIA } from './errors.ts'
import { isJson } from './media.ts'

/** One answer for everything that Jackson cannot turn into the object that a call expects. */
export const UNREADABLE = invalid({ field: 'body', title: 'error.field.invalid' })

/** Reads a JSON body. Refuses other media types with 415, and what does not parse, or is not there, with 422. */
export function readBody(request: FastifyRequest): unknown {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const type = request.headers['content-type']
  // Without a body and a type there is nothing of a wrong type, only something missing.
  if (type === undefined && body.length === 0) return refuse('body-unreadable', UNREADABLE)
  if (type === undefined || !isJson(type)) return refuse('media-type-unsupported', UNSUPPORTED_MEDIA)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return refuse('body-unreadable', UNREADABLE)
  }
}
