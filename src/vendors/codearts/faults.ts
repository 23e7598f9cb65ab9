import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Credential, FaultAnswer, FaultDialect, RateState } from '../fault-dialect.ts'
import type { VendorSettings } from '../vendor.ts'
import { type Dialect, wantsChinese } from './answers.ts'
import type { Refusal } from './errors.ts'
import { JSON_TYPE } from './headers.ts'
import { requestId } from './request-id.ts'
import { readClaim } from './sdk-signature.ts'

/** https://support.huaweicloud.com/intl/en-us/usermanual-apig/apig_03_0048.html; here the codes begin with APIGW. */
const GATEWAY: Readonly<Record<number, readonly [code: string, message: string]>> = {
  502: ['APIGW.0202', 'Backend unavailable'],
  503: ['APIGW.0202', 'Backend unavailable'],
  504: ['APIGW.0203', 'Backend timeout'],
}

/** What the service behind the gateway has words of its own for; a 404 is that of a tag. */
const SERVICE: Readonly<Record<number, Refusal>> = {
  400: { kind: 'invalid', field: 'body', reason: 'The request cannot be read.' },
  401: { kind: 'unauthenticated' },
  403: { kind: 'forbidden' },
  404: { kind: 'missing' },
  500: { kind: 'failure' },
}

/** Everything comes from a gateway that speaks JSON; `dialectOf` gives the words of the generation that a path is of. */
export function codeartsFaults(
  dialectOf: (path: string) => Dialect,
): (settings: VendorSettings) => FaultDialect {
  return ({ prefix }) => {
    const say = (
      reply: FastifyReply,
      refusal: Refusal,
      headers: Record<string, string> = {},
    ): FaultAnswer => {
      const { request } = reply
      const dialect = dialectOf((request.raw.url ?? '').slice(prefix.length))
      const { status, body } = dialect(refusal, wantsChinese(request))
      return {
        status,
        headers: { ...headers, 'content-type': JSON_TYPE, 'x-request-id': requestId(request) },
        body: JSON.stringify(body),
      }
    }
    return {
      answer: (status, reply, { rate, retryAfter }) =>
        say(reply, refusalOf(status, rate), {
          ...(rate && rateHeaders(rate)),
          ...(retryAfter !== null && { 'retry-after': String(retryAfter) }),
        }),
      refuseCredential: (reply) => say(reply, { kind: 'unauthenticated' }),
      rateHeaders,
      credentialOf,
      tags: {
        list: ['codearts.listTags'],
        remove: ['codearts.deleteTag', 'codearts.deleteTagV2'],
        isLaterPage: (query) => Number(query.get('offset') ?? 0) > 0,
        namesIn: (body) => (Array.isArray(body) ? body.map((tag: { name: string }) => tag.name) : []),
        projectOf: (request) => request.codeartsProject ?? null,
      },
      scenarios: [],
    }
  }
}

function refusalOf(status: number, rate: RateState | null): Refusal {
  const own = SERVICE[status]
  if (own) return own
  if (status === 429 && rate) {
    const message = `The throttling threshold has been reached: policy user over ratelimit,limit:${rate.limit},time:${periodOf(rate)}`
    return { kind: 'gateway', status, code: 'APIGW.0308', message }
  }
  const [code, message] = GATEWAY[status] ?? ['APIGW.9999', 'System error']
  return { kind: 'gateway', status, code, message }
}

function rateHeaders(rate: RateState): Record<string, string> {
  const left = Math.max(rate.limit - rate.observed, 0)
  return { 'x-apig-ratelimit-user': `remain:${left},limit:${rate.limit},time:${periodOf(rate)}` }
}

function periodOf({ window }: RateState): string {
  return window % 60 === 0 ? `${window / 60} minute` : `${window} second`
}

function credentialOf({ headers }: FastifyRequest): Credential | null {
  const claim = readClaim(headers.authorization ?? '')
  if (claim) return { secret: claim.accessKey, username: null }
  const token = [headers['x-auth-token']].flat()[0]
  return token ? { secret: token, username: null } : null
}
