import type { FastifyInstance } from 'fastify'
import { requestId } from './request-id.ts'

export const JSON_TYPE = 'application/json;charset=UTF-8'

/** The headers that every answer carries. */
export function addHeaders(app: FastifyInstance): void {
  app.decorateRequest('codeartsRequestId', '')
  app.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-request-id', requestId(request))
    if (reply.statusCode === 204) reply.removeHeader('content-type')
    // Fastify would write the charset in its own way.
    else reply.header('content-type', JSON_TYPE)
    done()
  })
}
