import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { NOW, project, world } from './world.ts'

const TAGS = '/api/v4/projects/1/repository/tags'
const NO_TAG = [404, { message: '404 Tag Not Found' }]
const NO_ROUTE = [404, { error: '404 Not Found' }]

let app: FastifyInstance
let call: Call
const as = (token: string) => callerOf(app, { 'private-token': token })

beforeEach(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags: [
          { name: 'v1.0.0', target: 'c1' },
          { name: 'v1.json', target: 'c1' },
          { name: 'feature/v1', target: 'c2' },
          { name: 'a+b', target: 'c2' },
          { name: 'a b'.replace(' ', '%20'), target: 'c2' },
          { name: 'locked', target: 'c2' },
          { name: 'tree', target: 'c1^{tree}' },
          { name: 'noted', target: 'c1', message: 'A note\n', tagger: 'mia', date: '2024-03-01T00:00:00Z' },
        ],
        tagRules: [{ pattern: 'locked' }],
        releases: [{ tag: 'v1.0.0', description: 'Notes' }],
      }),
      project('acme/open', 2, { visibility: 'public', tags: [{ name: 'v1', target: 'c1' }] }),
      project('acme/empty', 3, { commits: [] }),
    ),
  })
  call = as('dee-token')
})
afterEach(() => app.close())

describe('GET one tag', () => {
  it.each([
    ['v1.0.0', 'v1.0.0'],
    ['v1.json', 'v1.json'],
    ['feature%2Fv1', 'feature/v1'],
    ['v1%2E0%2E0', 'v1.0.0'],
    ['a+b', 'a+b'],
    ['a%2Bb', 'a+b'],
    ['a%2520b', 'a%20b'],
  ])('%s is the tag %s', async (segment, name) => {
    expect(await call('GET', `${TAGS}/${segment}`)).toMatchObject({ status: 200, body: { name } })
  })

  it.each(['nope', 'V1.0.0', 'v1.0', 'main', 'v1*', 'v1.0.0.json', 'a%20b', 'refs%2Ftags%2Fv1.0.0'])(
    '%s is missing',
    async (segment) => {
      expect(await answer(call('GET', `${TAGS}/${segment}`))).toEqual(NO_TAG)
    },
  )

  it('does not resolve a commit id', async () => {
    const { body } = await call('GET', `${TAGS}/v1.0.0`)
    expect(await answer(call('GET', `${TAGS}/${(body as { target: string }).target}`))).toEqual(NO_TAG)
  })

  it('is missing in an empty repository', async () => {
    expect(await answer(call('GET', '/api/v4/projects/3/repository/tags/v1'))).toEqual(NO_TAG)
  })

  it('answers HEAD without a body', async () => {
    const { status, text, headers } = await call('HEAD', `${TAGS}/v1.0.0`)
    expect([status, text, headers['content-type']]).toEqual([200, '', 'application/json'])
  })
})

describe('routes that do not exist', () => {
  it.each([
    ['GET', `${TAGS}/feature/v1`],
    ['GET', `${TAGS}/v1.0.0/`],
    ['PUT', `${TAGS}/v1.0.0`],
    ['PATCH', `${TAGS}/v1.0.0`],
    ['POST', `${TAGS}/v1.0.0`],
    ['DELETE', TAGS],
    ['PUT', TAGS],
    ['POST', `${TAGS}/v1.0.0/release`],
    ['PUT', `${TAGS}/v1.0.0/release`],
    ['GET', '/api/v4/nope'],
    ['GET', '/api/v4'],
    ['GET', '/api/v4/'],
    ['PROPFIND', TAGS],
    ['GET', '/api/v4/projects//repository/tags'],
    ['GET', `${TAGS}//signature`],
    ['OPTIONS', `${TAGS}//signature`],
  ])('%s %s', async (method, url) => {
    expect(await answer(call(method, url))).toEqual(NO_ROUTE)
  })

  it('nor for a bad token', async () => {
    expect(await answer(as('bad')('GET', '/api/v4/nope'))).toEqual(NO_ROUTE)
  })

  it.each(['GET', 'POST', 'DELETE'])('%s on v3 is gone', async (method) => {
    expect(await answer(call(method, '/api/v3/projects/1/repository/tags'))).toEqual([
      410,
      { error: 'API V3 is no longer supported. Use API V4 instead.' },
    ])
  })
})

describe('OPTIONS', () => {
  it.each([
    [TAGS, 'OPTIONS, GET, POST, HEAD'],
    [`${TAGS}/v1.0.0`, 'OPTIONS, GET, DELETE, HEAD'],
  ])('on %s names %s', async (url, allow) => {
    const { status, headers, text } = await callerOf(app)('OPTIONS', url)
    expect([status, headers.allow, text]).toEqual([204, allow, ''])
  })

  it('answers a preflight with CORS open', async () => {
    const { status, headers } = await callerOf(app)('OPTIONS', TAGS, {
      headers: { origin: 'https://a.test', 'access-control-request-method': 'GET' },
    })
    expect(status).toBe(200)
    expect(headers['access-control-allow-origin']).toBe('*')
  })

  it('answers a preflight whatever the token in the address is', async () => {
    const headers = { origin: 'https://a.test', 'access-control-request-method': 'DELETE' }
    const reply = await callerOf(app)('OPTIONS', `${TAGS}/v1.0.0?private_token=bad`, { headers })
    expect([reply.status, reply.text]).toEqual([200, ''])
  })
})

describe('DELETE', () => {
  it('answers 204 with nothing at all, and the tag is gone', async () => {
    const { status, text, headers } = await call('DELETE', `${TAGS}/feature%2Fv1`)
    expect([status, text, headers['content-type'], headers.etag]).toEqual([204, '', undefined, undefined])
    expect(await answer(call('GET', `${TAGS}/feature%2Fv1`))).toEqual(NO_TAG)
    expect(await answer(call('DELETE', `${TAGS}/feature%2Fv1`))).toEqual(NO_TAG)
  })

  it('takes the release with it', async () => {
    await call('DELETE', `${TAGS}/v1.0.0`)
    await call('POST', `${TAGS}?tag_name=v1.0.0&ref=main`)
    expect((await call('GET', `${TAGS}/v1.0.0`)).body).toMatchObject({ release: null })
  })

  it.each([
    ['gus-token', 'nope', 403, '403 Forbidden'],
    ['rex-token', 'nope', 404, '404 Tag Not Found'],
    ['rex-token', 'v1.0.0', 403, '403 Forbidden'],
    ['dee-token', 'locked', 403, '403 Forbidden'],
    ['sam-token', 'v1.0.0', 404, '404 Project Not Found'],
  ])('by %s of %s → %i', async (token, name, status, message) => {
    expect(await answer(as(token)('DELETE', `${TAGS}/${name}`))).toEqual([status, { message }])
  })

  it('of a protected tag is for maintainers, of a tag on a tree for developers', async () => {
    expect((await as('mia-token')('DELETE', `${TAGS}/locked`)).status).toBe(204)
    expect((await call('DELETE', `${TAGS}/tree`)).status).toBe(204)
  })

  it('by nobody on a public project: missing is 404, existing is 403', async () => {
    const anonymous = callerOf(app)
    expect(await answer(anonymous('DELETE', '/api/v4/projects/2/repository/tags/nope'))).toEqual(NO_TAG)
    expect(await answer(anonymous('DELETE', '/api/v4/projects/2/repository/tags/v1'))).toEqual([
      403,
      { message: '403 Forbidden' },
    ])
  })

  it.each([
    // c1 was authored at 08:00:00Z.
    ['Mon, 01 Jan 2024 07:59:59 GMT', 412],
    ['Mon, 01 Jan 2024 08:00:00 GMT', 204],
    ['Tue, 02 Jan 2024 00:00:00 GMT', 204],
    ['not a date', 204],
  ])('if unmodified since %s → %i', async (since, status) => {
    const reply = await call('DELETE', `${TAGS}/noted`, { headers: { 'if-unmodified-since': since } })
    expect(reply.status).toBe(status)
    if (status === 412) expect(reply.body).toEqual({ message: '412 Precondition Failed' })
    expect((await call('GET', `${TAGS}/noted`)).status).toBe(status === 412 ? 200 : 404)
  })
})
