import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Renew } from '../../http/answer-memo/kept-answer.ts'
import { etagOf } from './conditional.ts'
import { newRequestId, requestId } from './request-id.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body's entity tag, where it is known already; null has it computed. */
    gitlabEtag: string | null
  }
}

const EXPOSED =
  'Link, X-Total, X-Total-Pages, X-Per-Page, X-Page, X-Next-Page, X-Prev-Page, X-Gitlab-Blob-Id, X-Gitlab-Commit-Id, ' +
  'X-Gitlab-Content-Sha256, X-Gitlab-Encoding, X-Gitlab-File-Name, X-Gitlab-File-Path, X-Gitlab-Last-Commit-Id, ' +
  'X-Gitlab-Ref, X-Gitlab-Size, X-Request-Id, ETag'

/** The headers that every answer of the API carries, and the conditional GET that Rack's middleware adds. */
export function addHeaders(app: FastifyInstance): void {
  app.decorateRequest('gitlabEtag', null)
  app.addHook('onSend', (request, reply, payload, done) => {
    setGeneralHeaders(request, reply)
    if (reply.statusCode === 204) reply.removeHeader('content-type')
    // Fastify adds a charset, GitLab does not, and gitbeaker compares.
    else if (String(reply.getHeader('content-type')).startsWith('application/json'))
      reply.header('content-type', 'application/json')
    if (typeof payload !== 'string' || !isTagged(reply.statusCode)) {
      reply.header('cache-control', 'no-cache')
      return done(null, payload)
    }
    done(null, conditional(request, reply, payload))
  })
}

/** What is new in every answer. */
export const renewHeaders: Renew = ({ startedAt }) => {
  const { id, runtime, meta } = changingHeaders(newRequestId(), startedAt)
  return { 'x-request-id': id, 'x-runtime': runtime, 'x-gitlab-meta': meta }
}

function changingHeaders(id: string, startedAt: number) {
  return {
    id,
    runtime: ((performance.now() - startedAt) / 1000).toFixed(6),
    meta: `{"correlation_id":"${id}","version":"1"}`,
  }
}

/** Of every answer that comes from GitLab itself. */
export function generalHeaders(request: FastifyRequest): Record<string, string> {
  const { id, runtime, meta } = changingHeaders(requestId(request), request.startedAt)
  return {
    vary: 'Origin',
    'x-request-id': id,
    'x-runtime': runtime,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'x-gitlab-meta': meta,
    'content-security-policy': "default-src 'none'",
    'referrer-policy': 'strict-origin-when-cross-origin',
    'strict-transport-security': 'max-age=63072000',
  }
}

function setGeneralHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(generalHeaders(request))
  if (request.headers.origin !== undefined) {
    reply.headers({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS, HEAD, PATCH',
      'access-control-expose-headers': EXPOSED,
      'access-control-max-age': '7200',
    })
  }
}

/** Rack::ETag tags 200 and 201 only; Rack::ConditionalGet then looks at GET and HEAD. */
function conditional(request: FastifyRequest, reply: FastifyReply, payload: string): string {
  const etag = request.gitlabEtag ?? etagOf(payload)
  reply.headers({ etag, 'cache-control': 'max-age=0, private, must-revalidate' })
  const wanted = request.headers['if-none-match']
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead || wanted === undefined || !wanted.split(/\s*,\s*/).includes(etag)) return payload
  reply.code(304).removeHeader('content-type').removeHeader('content-length')
  return ''
}

function isTagged(status: number): boolean {
  return status === 200 || status === 201
}
