import type { FastifyInstance } from 'fastify'
import { refuse } from './admin-error.ts'

/** Reads JSON bodies; an empty one is no body, whatever its content type. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body.length === 0) return done(null, undefined)
    try {
      done(null, JSON.parse(body as string))
    } catch (error) {
      done(Object.assign(error as Error, { statusCode: 400, code: 'invalid-json' }))
    }
  })
}

export type Fields = Readonly<Record<string, unknown>>

/** The keys of a body that must be an object with no other keys than these; none without a body. Throws ControlPlaneError. */
export function fieldsOf(body: unknown, allowed: readonly string[]): Fields {
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body))
    return refuse(422, 'invalid-body', 'The body must be a JSON object.')
  const unknown = Object.keys(body).filter((key) => !allowed.includes(key))
  if (unknown.length > 0) {
    refuse(
      422,
      'invalid-body',
      `Unknown key ${unknown.map((key) => JSON.stringify(key)).join(', ')}: ${allowed.join(', ')} are known.`,
    )
  }
  return body as Fields
}
