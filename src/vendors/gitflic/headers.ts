import type { FastifyInstance, FastifyReply } from 'fastify'
import { HAL_TYPE, JSON_TYPE } from './media.ts'

/** What Spring Security adds to every answer unless it is told otherwise. */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache, no-store, max-age=0, must-revalidate',
  pragma: 'no-cache',
  expires: '0',
  'x-frame-options': 'DENY',
} as const

export function addHeaders(app: FastifyInstance): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    reply.headers(SECURITY_HEADERS)
    setContentType(reply, payload)
    done()
  })
}

/** Fastify adds a charset, Spring does not; and where there is no body there is no type of one. */
function setContentType(reply: FastifyReply, payload: unknown): void {
  const type = String(reply.getHeader('content-type') ?? '')
  if (reply.statusCode === 204 || payload === '' || payload === undefined) reply.removeHeader('content-type')
  else if (type.startsWith(HAL_TYPE)) reply.header('content-type', HAL_TYPE)
  else if (type.startsWith(JSON_TYPE)) reply.header('content-type', JSON_TYPE)
}
