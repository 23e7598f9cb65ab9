import { STATUS_CODES } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { rawQuery } from '../../http/origin.ts'
import type { Credential, FaultAnswer, FaultDialect, FaultFacts, RateState } from '../fault-dialect.ts'
import { nginxPage } from '../proxy-page.ts'
import { message, UNAUTHORIZED } from './errors.ts'
import { generalHeaders } from './headers.ts'
import { toJson } from './json.ts'
import { pageFormula, withoutTotals } from './scenarios.ts'

/** The proxy's own page, which the packages of GitLab bring along for 502. */
const UNAVAILABLE =
  '<!DOCTYPE html>\n<html>\n<head>\n  <meta content="width=device-width, initial-scale=1, maximum-scale=1" name="viewport">\n' +
  '  <title>GitLab is not responding (502)</title>\n</head>\n\n<body>\n  <h1>502</h1>\n' +
  '  <div class="container">\n    <h3>GitLab is not responding.</h3>\n    <hr />\n' +
  '    <p>Try reloading the page, or contact your administrator.</p>\n  </div>\n</body>\n</html>\n'

export const gitlabFaults: FaultDialect = {
  answer(status, { request }, facts) {
    if (status === 502)
      return { status, headers: { server: 'nginx', 'content-type': 'text/html' }, body: UNAVAILABLE }
    if (status === 504) return nginxPage(status)
    const headers = { ...generalHeaders(request), 'cache-control': 'no-cache', ...limitHeaders(facts) }
    // Rack::Attack answers in the place of GitLab.
    if (status === 429)
      return { status, headers: { ...headers, 'content-type': 'text/plain' }, body: 'Retry later\n' }
    const text = `${status} ${STATUS_CODES[status] ?? 'Error'}`
    if (facts.isGit) return { status, headers: { ...headers, 'content-type': 'text/plain' }, body: text }
    return json(status, headers, message(status, text).body)
  },
  refuseCredential: ({ request }) =>
    json(401, { ...generalHeaders(request), 'cache-control': 'no-cache' }, UNAUTHORIZED.body),
  rateHeaders,
  credentialOf,
  tags: {
    list: ['gitlab.listTags'],
    remove: ['gitlab.deleteTag'],
    isLaterPage: (query) => Number(query.get('page') ?? 1) > 1 || query.has('page_token'),
    namesIn: (body) => (Array.isArray(body) ? body.map((tag: { name: string }) => tag.name) : []),
    projectOf: (request) => request.gitlabProject ?? null,
  },
  scenarios: [pageFormula, withoutTotals],
}

function json(status: number, headers: FaultAnswer['headers'], body: unknown): FaultAnswer {
  return { status, headers: { ...headers, 'content-type': 'application/json' }, body: toJson(body) }
}

function limitHeaders({ rate, retryAfter }: FaultFacts): Record<string, string> {
  return {
    ...(rate && rateHeaders(rate)),
    ...(retryAfter !== null && { 'retry-after': String(retryAfter) }),
  }
}

/** https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers */
function rateHeaders({ limit, observed, resetAt }: RateState): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-observed': String(observed),
    'ratelimit-remaining': String(Math.max(limit - observed, 0)),
    'ratelimit-reset': String(Math.ceil(resetAt / 1000)),
    'ratelimit-resettime': new Date(resetAt).toUTCString(),
  }
}

function credentialOf(request: FastifyRequest): Credential | null {
  const query = new URLSearchParams(rawQuery(request))
  const { headers } = request
  const secret =
    query.get('private_token') ??
    headers['private-token'] ??
    /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1]?.trim() ??
    query.get('access_token') ??
    query.get('job_token') ??
    headers['job-token']
  return secret ? { secret: String(secret), username: null } : null
}
