import type { Credential } from '../../src/compare/credentials.ts'
import { signIn } from '../../src/compare/credentials.ts'
import type { Party } from '../../src/compare/party.ts'
import type { Exchange, ExchangeRequest } from '../../src/exchange/exchange.ts'
import type { Session } from '../../src/exchange/traffic.ts'
import type { VendorId } from '../../src/options.ts'

/** Requests through the demo world that show most kinds of answers; with null in place of a body they only read. */
type Row = readonly [method: string, path: string, body?: unknown]

const G = '/api/v4/projects/1/repository'
const B = '/rest/api/1.0/projects/ACME/repos/widgets'
const F = '/project/acme/widgets'
const C = '/v4/repositories/1/repository'

const rows: Readonly<Record<VendorId, readonly Row[]>> = {
  gitlab: [
    ['GET', `${G}/tags?per_page=3`],
    ['GET', `${G}/tags?per_page=4&page=2&order_by=name&sort=asc`],
    ['GET', `${G}/tags/v1.0.0`],
    ['GET', `${G}/tags/nope`],
    ['GET', '/api/v4/projects/99/repository/tags'],
    ['GET', `${G}/tags?order_by=nonsense`],
    ['GET', '/api/v4/projects/1'],
    ['GET', '/api/v4/projects?per_page=2'],
    ['GET', '/api/v4/projects/1/protected_tags'],
    ['GET', '/api/v4/projects/1/releases'],
    ['GET', `${G}/branches`],
    ['GET', `${G}/commits?per_page=3`],
    ['GET', '/api/v4/user'],
    ['POST', `${G}/tags`, { tag_name: 'v9', ref: 'main', message: 'Ninth' }],
    ['GET', `${G}/tags/v9`],
    ['POST', `${G}/tags`, { tag_name: 'v9', ref: 'main' }],
    ['DELETE', `${G}/tags/v9`],
    ['DELETE', `${G}/tags/v9`],
  ],
  bitbucket: [
    ['GET', `${B}/tags?limit=3`],
    ['GET', `${B}/tags?limit=3&start=3&orderBy=ALPHABETICAL`],
    ['GET', `${B}/tags/v1.0.0`],
    ['GET', `${B}/tags/nope`],
    ['GET', '/rest/api/1.0/projects/ACME/repos/nope/tags'],
    ['GET', '/rest/api/1.0/projects/ACME'],
    ['GET', B],
    ['GET', `${B}/branches`],
    ['GET', `${B}/commits?limit=2`],
    ['POST', `${B}/tags`, { name: 'v9', startPoint: 'main', message: 'Ninth' }],
    ['GET', `${B}/tags/v9`],
    ['POST', `${B}/tags`, { name: 'v9', startPoint: 'main' }],
    ['DELETE', '/rest/git/1.0/projects/ACME/repos/widgets/tags/v9'],
    ['DELETE', '/rest/git/1.0/projects/ACME/repos/widgets/tags/v9'],
  ],
  gitflic: [
    ['GET', `${F}/tag?page=0&size=3`],
    ['GET', `${F}/tag?page=1&size=3`],
    ['GET', `${F}/tag/v1.0.0`],
    ['GET', `${F}/tag/nope`],
    ['GET', '/project/acme/nope/tag'],
    ['GET', F],
    ['GET', `${F}/branch`],
    ['GET', `${F}/commits`],
    ['GET', `${F}/release`],
    ['GET', '/user/me'],
    ['GET', '/company/acme'],
    ['GET', `${F}/webhooks`],
    ['POST', `${F}/tag/create`, { tagName: 'v9', branchName: 'main', message: 'Ninth' }],
    ['POST', `${F}/tag/create`, { tagName: 'v9', branchName: 'main' }],
  ],
  codearts: [
    ['GET', `${C}/tags?limit=3`],
    ['GET', `${C}/tags?limit=3&offset=3`],
    ['GET', `${C}/tag?tag_name=v1.0.0`],
    ['GET', `${C}/tag?tag_name=nope`],
    ['GET', '/v4/repositories/99/repository/tags'],
    ['GET', '/v4/repositories/1'],
    ['GET', `${C}/branches`],
    ['GET', `${C}/commits?ref_name=main`],
    ['GET', '/v4/repositories/1/protected-tags'],
    ['GET', '/v2/repositories/1/tags'],
    ['POST', `${C}/tags`, { tag_name: 'v9', ref: 'main', message: 'Ninth' }],
    ['POST', `${C}/tags`, { tag_name: 'v9', ref: 'main' }],
    ['DELETE', `${C}/tags?tag_name=v9`],
  ],
}

const credentials: Readonly<Record<VendorId, Record<string, string>>> = {
  gitlab: { 'private-token': '***' },
  bitbucket: { authorization: 'Bearer ***' },
  gitflic: { authorization: 'token ***' },
  codearts: { 'x-auth-token': '***' },
}

export const MIA: Credential = { token: 'mia-token', username: 'mia' }

export function requestsOf(vendor: VendorId): ExchangeRequest[] {
  return rows[vendor].map(([method, path, body]) => ({
    method,
    path,
    headers: { ...credentials[vendor], ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body }),
  }))
}

/** What a server answers on the tour, or up to its first change, as a recording of it. */
export async function tour(vendor: VendorId, party: Party, part: 'reads' | 'all' = 'all'): Promise<Session> {
  const exchanges: Exchange[] = []
  const requests = requestsOf(vendor)
  const firstWrite = requests.findIndex(({ method }) => method !== 'GET')
  for (const [i, request] of requests.slice(0, part === 'all' ? undefined : firstWrite).entries()) {
    const answer = await party.send(signIn(request, party.credential))
    exchanges.push({ name: `${i}: ${request.method} ${request.path}`, request, answer })
  }
  return {
    source: 'the tour',
    vendor,
    evidence: { kind: 'recording', source: 'the tour' },
    origin: party.url,
    complete: true,
    exchanges,
  }
}

export const vendorIds = ['gitlab', 'bitbucket', 'gitflic', 'codearts'] as const
