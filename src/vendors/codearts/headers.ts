import type { FastifyInstance } from 'fastify'
import type { Renew } from '../../http/answer-memo/kept-answer.ts'
import { newRequestId, requestId } from './request-id.ts'

export const JSON_TYPE = 'application/json;charset=UTF-8'

/** What is new in every answer. */
export const renewHeaders: Renew = () => ({ 'x-request-id': newRequestId() })

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
