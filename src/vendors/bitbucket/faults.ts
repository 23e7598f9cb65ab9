import { STATUS_CODES } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { basicCredentials } from '../../http/basic-auth.ts'
import type { Credential, FaultAnswer, FaultDialect, RateState } from '../fault-dialect.ts'
import { isFromProxy, nginxPage } from '../proxy-page.ts'
import type { VendorSettings } from '../vendor.ts'
import { type Envelope, named, SERVER_ERROR } from './answers.ts'
import { LOGIN_FAILED } from './errors.ts'
import { profileNamed } from './profiles.ts'
import { countRequest } from './request-id.ts'
import { neverLastPage } from './scenarios.ts'
import { JSON_TYPE } from './send.ts'

const TOO_MANY = 'You have exceeded the rate limit for this instance. Please try again later.'

export function bitbucketFaults(settings: VendorSettings): FaultDialect {
  const { vary } = profileNamed(settings.profile)

  /** From Bitbucket itself. */
  const say = (reply: FastifyReply, { status, errors, headers }: Envelope): FaultAnswer => ({
    status,
    headers: {
      'cache-control': ['private, no-cache', 'no-cache, no-transform'],
      pragma: 'no-cache',
      vary,
      'x-arequestid': reply.request.bitbucketRequestId || countRequest(reply.request.forge, reply.raw),
      'x-content-type-options': 'nosniff',
      ...headers,
      'content-type': JSON_TYPE,
    },
    body: JSON.stringify({ errors }),
  })

  return {
    answer(status, reply, { rate, retryAfter }) {
      if (isFromProxy(status)) return nginxPage(status)
      const headers = {
        ...(rate && rateHeaders(rate)),
        ...(retryAfter !== null && { 'retry-after': String(retryAfter) }),
      }
      const answer =
        status === 500
          ? SERVER_ERROR
          : named(status, null, status === 429 ? TOO_MANY : (STATUS_CODES[status] ?? 'Error'))
      return say(reply, { ...answer, headers })
    },
    refuseCredential: (reply) => say(reply, LOGIN_FAILED),
    rateHeaders,
    credentialOf,
    tags: {
      list: ['bitbucket.listTags'],
      remove: ['bitbucket.deleteTag'],
      isLaterPage: (query) => Number(query.get('start') ?? 0) > 0,
      namesIn: (body) =>
        ((body as { values?: { displayId: string }[] } | null)?.values ?? []).map((tag) => tag.displayId),
      projectOf: (request) => request.bitbucketProject ?? null,
    },
    scenarios: [neverLastPage],
  }
}

/** As Atlassian's Data Center products have them: a bucket of tokens that is filled again and again. */
function rateHeaders({ limit, observed, window }: RateState): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(limit - observed, 0)),
    'x-ratelimit-interval-seconds': String(window),
    'x-ratelimit-fillrate': String(limit),
  }
}

function credentialOf(request: FastifyRequest): Credential | null {
  const basic = basicCredentials(request)
  if (basic) return { secret: basic.password, username: basic.username }
  const bearer = /^Bearer\s+(\S+)/i.exec(request.headers.authorization ?? '')?.[1]
  return bearer === undefined ? null : { secret: bearer, username: null }
}
