import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { User } from '../../forge/model.ts'
import type { Renew } from '../../http/answer-memo/kept-answer.ts'
import { countRequest } from './request-id.ts'
import { JSON_TYPE } from './send.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** As `X-AREQUESTID` reports it. */
    bitbucketRequestId: string
  }
}

/** What is new in every answer. */
export const renewHeaders: Renew = ({ forge, response }) => ({
  'x-arequestid': countRequest(forge, response),
})

/** The licence that servers up to 7 put into every answer. */
const LICENCE = 'SEN-1000001'

const CACHE_CONTROL = ['private, no-cache', 'no-cache, no-transform']

/** The headers that every answer from Bitbucket itself carries. */
export function addHeaders(app: FastifyInstance): void {
  app.decorateRequest('bitbucketRequestId', '')
  app.addHook('onRequest', (request, reply, done) => {
    request.bitbucketRequestId = countRequest(request.forge, reply.raw)
    done()
  })
  app.addHook('onSend', (request, reply, _payload, done) => {
    // What the servlet container refuses never gets as far as Bitbucket.
    if (!request.bitbucket) return done()
    const { identity, profile, quirks } = request.bitbucket
    reply
      .header('cache-control', CACHE_CONTROL)
      .header('pragma', 'no-cache')
      .header('vary', profile.vary)
      .header('x-arequestid', request.bitbucketRequestId)
      .header('x-content-type-options', 'nosniff')
    if (quirks.has('licenceHeader')) reply.header('x-asen', LICENCE)
    if (identity.user) reply.headers(headersOf(identity.user))
    if (reply.statusCode === 204) reply.removeHeader('content-type')
    // Fastify spells the charset in lower case.
    else if (String(reply.getHeader('content-type')).startsWith('application/json'))
      reply.header('content-type', JSON_TYPE)
    done()
  })
}

const known = new WeakMap<User, Record<string, string>>()

/** What an answer says of whom it is for. */
function headersOf(user: User): Record<string, string> {
  const before = known.get(user)
  if (before) return before
  const { id, username } = user
  const headers = {
    'x-asessionid': sessionOf(username),
    'x-auserid': String(id),
    'x-ausername': encodeURIComponent(username),
  }
  known.set(user, headers)
  return headers
}

/** A session's short name in base 36; here one per user, so that answers do not differ from run to run. */
function sessionOf(username: string): string {
  const digest = createHash('sha1').update(`session ${username}`).digest()
  return (digest.readUInt32BE(0) % 36 ** 6).toString(36)
}
