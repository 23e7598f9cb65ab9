import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { countRequest } from './request-id.ts'
import { JSON_TYPE } from './send.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** As `X-AREQUESTID` reports it. */
    bitbucketRequestId: string
  }
}

/** The licence that servers up to 7 put into every answer. */
const LICENCE = 'SEN-1000001'

/** The headers that every answer from Bitbucket itself carries. */
export function addHeaders(app: FastifyInstance): void {
  app.decorateRequest('bitbucketRequestId', '')
  app.addHook('onRequest', async (request, reply) => {
    request.bitbucketRequestId = countRequest(request, reply)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    // What the servlet container refuses never gets as far as Bitbucket.
    if (!request.bitbucket) return payload
    const { identity, profile, quirks } = request.bitbucket
    reply.headers({
      'cache-control': ['private, no-cache', 'no-cache, no-transform'],
      pragma: 'no-cache',
      vary: profile.vary,
      'x-arequestid': request.bitbucketRequestId,
      'x-content-type-options': 'nosniff',
    })
    if (quirks.has('licenceHeader')) reply.header('x-asen', LICENCE)
    if (identity.user) {
      const { id, username } = identity.user
      reply.headers({
        'x-asessionid': sessionOf(username),
        'x-auserid': String(id),
        'x-ausername': encodeURIComponent(username),
      })
    }
    if (reply.statusCode === 204) reply.removeHeader('content-type')
    // Fastify spells the charset in lower case.
    else if (String(reply.getHeader('content-type')).startsWith('application/json'))
      reply.header('content-type', JSON_TYPE)
    return payload
  })
}

/** A session's short name in base 36; here one per user, so that answers do not differ from run to run. */
function sessionOf(username: string): string {
  const digest = createHash('sha1').update(`session ${username}`).digest()
  return (digest.readUInt32BE(0) % 36 ** 6).toString(36)
}
