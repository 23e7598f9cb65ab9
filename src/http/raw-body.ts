import type { FastifyInstance, FastifyRequest } from 'fastify'

const ANY = 'application/octet-stream'
const sent = new WeakMap<FastifyRequest, string>()

/**
 * Hands every body to the vendor as it came: which content types it reads, and how it complains about the others and
 * about what does not parse, is part of each dialect. `request.body` is then a Buffer, or undefined without a body.
 */
export function keepRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  // Fastify refuses a content type that it cannot parse (even an empty one) in words of its own, before any parser runs;
  // so while it looks, each body goes by a type that it knows.
  app.addHook('onRequest', (request, _reply, done) => {
    const type = request.headers['content-type']
    if (type !== undefined) {
      sent.set(request, type)
      request.headers['content-type'] = ANY
    }
    done()
  })
  app.addHook('preValidation', (request, _reply, done) => {
    const type = sent.get(request)
    if (type !== undefined) request.headers['content-type'] = type
    done()
  })
}
