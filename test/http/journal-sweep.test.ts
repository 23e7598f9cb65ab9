import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { State } from '../../src/forge/state/schema.ts'
import { buildApp } from '../../src/index.ts'
import { callerOf } from '../caller.ts'
import { crawl } from './crawl.ts'
import { writes } from './every-write.ts'
import { fixture, stir, USERS, vendorCaller } from './state-world.ts'

interface Entry {
  readonly vendor: string | null
  readonly operation: string | null
  readonly method: string
  readonly path: string
  readonly status: number
  readonly refusal: string | null
  readonly unread: readonly string[]
}

let app: FastifyInstance
beforeEach(async () => {
  app = await buildApp({ fixture, clock: '2024-06-01T12:00:00Z', journalSize: 100_000, bodyLimit: 100_000 })
})
afterEach(() => app.close())

async function journal(query = ''): Promise<Entry[]> {
  const { body } = await callerOf(app, { host: 'localhost' })(
    'GET',
    `/__admin/requests?limit=100000&${query}`,
  )
  return (body as { requests: Entry[] }).requests
}

it('every refusal of every vendor is told with its rule, and nothing else is', async () => {
  const call = vendorCaller(app)
  await stir(call)
  const state = (await callerOf(app, { host: 'localhost' })('GET', '/__admin/state')).body as State
  await crawl(callerOf(app), state, [...USERS, 'gus', 'nobody'])
  const json = { 'content-type': 'application/json' }
  for (const { method, path, payload } of writes) {
    const url = typeof path === 'string' ? path : path({ request: { id: 99 } })
    const body = typeof payload === 'object' ? payload : {}
    await call(method, url, {
      payload: body,
      headers: { authorization: 'x', 'private-token': 'x', 'x-auth-token': 'x' },
    })
    await callerOf(app)(method, url, { payload: body })
    await call(method, url)
    await call(method, url, { payload: '{', headers: json })
    await call(method, url, { payload: [], headers: json })
    await call(method, url, { payload: 'a=b', headers: { 'content-type': 'text/plain' } })
    await call(method, url, { payload: JSON.stringify({ x: 'x'.repeat(200_000) }), headers: json })
    await call('PATCH', url, { payload: {} })
    await call(method, `${url.split('?')[0]}/%zz`)
  }
  const entries = await journal()
  const told = entries.filter(({ refusal }) => refusal !== null)
  expect(told.filter(({ status }) => status < 400 || status > 499)).toEqual([])
  const refused = entries.filter(({ status }) => status >= 400 && status < 500)
  expect(refused.length).toBeGreaterThan(800)
  const vague = refused
    .filter(({ refusal, operation, status }) => {
      if (operation === null && status !== 413)
        return !/^(?:\w+ has no operation at this address for this method|No vendor is at this address)\.$/.test(
          refusal ?? '',
        )
      return !refusal || /before it was looked at any closer|\n/.test(refusal)
    })
    .map(({ method, path, status, refusal }) => `${method} ${path} ${status} ${refusal}`)
  expect([...new Set(vague)]).toEqual([])
})

interface Slip {
  readonly vendor: string
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly payload?: string | object
  readonly unread: readonly string[]
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const GITLAB = { 'private-token': 'mia-token', 'x-auth-token': 'x', 'x-sdk-date': 'x' }
const BITBUCKET = {
  authorization: `Basic ${Buffer.from('mia:mia-password').toString('base64')}`,
  'private-token': 'x',
  sudo: 'x',
  'x-atlassian-token': 'no-check',
}
const GITFLIC = { authorization: 'token mia-token', 'private-token': 'x', 'job-token': 'x' }
const CODEARTS = { 'x-auth-token': 'mia-token', 'x-language': 'en-us', 'x-project-id': '1', sudo: 'x' }

const slips: readonly Slip[] = [
  {
    vendor: 'gitlab',
    method: 'POST',
    url: '/api/v4/projects/7/repository/tags?tag_nam=x',
    headers: { ...GITLAB, ...FORM, sudo: 'mia' },
    payload: 'tag_name=a&ref=main&reff=main',
    unread: ['query.tag_nam', 'body.reff', 'header.x-auth-token', 'header.x-sdk-date'],
  },
  {
    vendor: 'gitlab',
    method: 'POST',
    url: '/api/v4/projects/7/releases',
    headers: { 'job-token': 'x', traceparent: 'x', 'x-forwarded-for': '::1', 'if-none-match': 'x' },
    payload: { tag_name: 'v1.0.0', titel: 'x' },
    unread: ['body.titel'],
  },
  {
    vendor: 'bitbucket',
    method: 'POST',
    url: '/rest/api/1.0/projects/ACME/repos/widgets/tags?force=true',
    headers: BITBUCKET,
    payload: { name: 'b', startPoint: 'main', startpoint: 'main' },
    unread: ['query.force', 'body.startpoint', 'header.private-token', 'header.sudo'],
  },
  {
    vendor: 'gitflic',
    method: 'POST',
    url: '/project/acme/widgets/tag/create?tagName=x',
    headers: GITFLIC,
    payload: { tagName: 'f', branchName: 'main', comment: 'x' },
    unread: ['query.tagName', 'body.comment', 'header.private-token', 'header.job-token'],
  },
  {
    vendor: 'codearts',
    method: 'POST',
    url: '/v4/repositories/7/repository/tags?tag_name=x',
    headers: CODEARTS,
    payload: { tag_name: 'c', ref: 'main', name: 'x' },
    unread: ['query.tag_name', 'body.name', 'header.x-project-id', 'header.sudo'],
  },
  {
    vendor: 'bitbucket',
    method: 'GET',
    url: '/scm/acme/widgets.git/info/refs?service=git-upload-pack&depth=1',
    headers: { authorization: BITBUCKET.authorization, 'git-protocol': 'version=2', 'private-token': 'x' },
    unread: ['query.depth', 'header.private-token'],
  },
]

it.each(slips)('what $vendor does not read is named: $method $url', async (slip) => {
  const { vendor, method, url, headers, payload, unread } = slip
  await callerOf(app, headers)(method, url, payload === undefined ? {} : { payload })
  expect(await journal(`vendor=${vendor}`)).toMatchObject([{ unread }])
})
