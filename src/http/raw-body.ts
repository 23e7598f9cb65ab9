import type { FastifyInstance } from 'fastify'

/**
 * Hands every body to the vendor as it came: which content types it reads, and how it complains about the others and
 * about what does not parse, is part of each dialect. `request.body` is then a Buffer, or undefined without a body.
 */
export function keepRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}
