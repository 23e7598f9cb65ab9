import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { callerOf } from '../../caller.ts'
import { NOW, project, world } from './world.ts'

const TAGS = '/api/v4/projects/1/repository/tags'

let app: FastifyInstance
const call = (method: string, url: string, headers: Record<string, string> = {}, payload?: string | object) =>
  callerOf(app, { 'private-token': 'dee-token' })(method, url, {
    headers,
    ...(payload !== undefined && { payload }),
  })

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(project('acme/widgets', 1, { tags: [{ name: 'v1', target: 'c1' }] })),
  })
})
afterAll(() => app.close())

/** What every answer carries, whatever it says. */
const GENERAL = {
  vary: 'Origin',
  'x-request-id': expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  'x-runtime': expect.stringMatching(/^\d+\.\d{6}$/),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'x-gitlab-meta': expect.stringMatching(/^\{"correlation_id":"[0-9A-Z]{26}","version":"1"\}$/),
  'content-security-policy': "default-src 'none'",
  'referrer-policy': 'strict-origin-when-cross-origin',
  'strict-transport-security': 'max-age=63072000',
}

describe('headers', () => {
  it.each([
    ['GET', TAGS, 200],
    ['GET', `${TAGS}/v1`, 200],
    ['POST', `${TAGS}?tag_name=headers&ref=main`, 201],
  ])('%s %s is cacheable and tagged', async (method, url, status) => {
    const reply = await call(method, url)
    expect(reply.status).toBe(status)
    expect(reply.headers).toMatchObject({
      ...GENERAL,
      'content-type': 'application/json',
      'cache-control': 'max-age=0, private, must-revalidate',
      etag: expect.stringMatching(/^W\/"[0-9a-f]{32}"$/),
    })
  })

  it.each([
    ['GET', `${TAGS}/nope`, 404],
    ['GET', `${TAGS}?sort=x`, 400],
    ['GET', '/api/v4/nope', 404],
    ['GET', '/api/v3/nope', 410],
    ['POST', `${TAGS}?tag_name=v1&ref=main`, 400],
  ])('%s %s is an error: no cache, no tag', async (method, url, status) => {
    const reply = await call(method, url)
    expect(reply.status).toBe(status)
    expect(reply.headers).toMatchObject({
      ...GENERAL,
      'content-type': 'application/json',
      'cache-control': 'no-cache',
    })
    expect(reply.headers.etag).toBeUndefined()
  })

  it('the correlation id is the request id, and another one each time', async () => {
    const [one, two] = [await call('GET', TAGS), await call('GET', TAGS)]
    expect(one.headers['x-gitlab-meta']).toBe(
      `{"correlation_id":"${one.headers['x-request-id']}","version":"1"}`,
    )
    expect(one.headers['x-request-id']).not.toBe(two.headers['x-request-id'])
  })

  it('CORS is open for whoever sends an Origin', async () => {
    const { headers } = await call('GET', TAGS, { origin: 'https://elsewhere.test' })
    expect(headers['access-control-allow-origin']).toBe('*')
    for (const name of [
      'Link',
      'X-Total',
      'X-Total-Pages',
      'X-Per-Page',
      'X-Page',
      'X-Next-Page',
      'X-Prev-Page',
    ]) {
      expect(String(headers['access-control-expose-headers']).split(', ')).toContain(name)
    }
    expect((await call('GET', TAGS)).headers['access-control-allow-origin']).toBeUndefined()
  })

  it('Accept is ignored', async () => {
    const reply = await call('GET', TAGS, { accept: 'application/xml' })
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'application/json'])
  })
})

describe('a conditional GET', () => {
  it('that matches is 304 and empty, for as long as nothing changes', async () => {
    const { etag } = (await call('GET', TAGS)).headers
    const again = await call('GET', TAGS, { 'if-none-match': `"other", ${etag}` })
    expect([again.status, again.text, again.headers['content-type'], again.headers.etag]).toEqual([
      304,
      '',
      undefined,
      etag,
    ])
    await call('POST', `${TAGS}?tag_name=changed&ref=main`)
    expect((await call('GET', TAGS, { 'if-none-match': String(etag) })).status).toBe(200)
  })

  it('of an error is the error', async () => {
    expect((await call('GET', `${TAGS}/nope`, { 'if-none-match': '*' })).status).toBe(404)
  })
})

describe('requests that cannot be read', () => {
  const BAD_JSON = {
    error:
      "\nProblem:\n  message body does not match declared format\nResolution:\n  when specifying application/json as content-type, you must pass valid application/json in the request's 'body' ",
  }

  it.each(['{"tag_name":', '{tag_name:1}', "{'a':1}", 'tag_name=x'])('malformed JSON %j', async (payload) => {
    const reply = await call('POST', TAGS, { 'content-type': 'application/json' }, payload)
    expect([reply.status, reply.body]).toEqual([400, BAD_JSON])
  })

  it.each(['[]', '[{"tag_name":"x","ref":"main"}]', '"x"', '5', 'null'])(
    'the JSON body %s counts as no parameters',
    async (payload) => {
      const reply = await call('POST', TAGS, { 'content-type': 'application/json; charset=utf-8' }, payload)
      expect([reply.status, reply.body]).toEqual([400, { error: 'tag_name is missing, ref is missing' }])
    },
  )

  it.each([
    ['text/plain', "The provided content-type 'text/plain' is not supported."],
    ['application/xml; charset=utf-8', "The provided content-type 'application/xml' is not supported."],
    ['nonsense', "The provided content-type 'nonsense' is not supported."],
  ])('a body of type %s is 415', async (type, error) => {
    const reply = await call('POST', TAGS, { 'content-type': type }, 'x')
    expect([reply.status, reply.body]).toEqual([415, { error }])
  })

  it('a content type without a body does not matter', async () => {
    expect((await call('DELETE', `${TAGS}/nope`, { 'content-type': 'text/plain' })).status).toBe(404)
  })

  it.each([
    `${TAGS}/%zz`,
    `${TAGS}/%`,
    `${TAGS}/%C3%28`,
    `${TAGS}?search=%zz`,
    `${TAGS}?search=%00`,
    `${TAGS}?search=%ff`,
    `${TAGS}/a%00b`,
    '/api/%zz',
  ])('%s is a bad request, in plain text', async (url) => {
    const reply = await call('GET', url)
    expect([reply.status, reply.headers['content-type'], reply.text]).toEqual([
      400,
      'text/plain',
      'Bad Request',
    ])
  })

  it('a body that is too large is 413', async () => {
    const small = await buildApp({ fixture: world(), bodyLimit: 100 })
    const reply = await callerOf(small)('POST', TAGS, { payload: { tag_name: 'x'.repeat(200) } })
    expect([reply.status, reply.body]).toEqual([413, { message: '413 Request Entity Too Large' }])
    await small.close()
  })
})

describe('health', () => {
  it('answers the endpoints that wait-scripts poll', async () => {
    const anonymous = callerOf(app)
    expect(await anonymous('GET', '/-/health')).toMatchObject({ status: 200, text: 'GitLab OK' })
    expect(await anonymous('GET', '/-/liveness')).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect(await anonymous('GET', '/-/readiness')).toMatchObject({
      status: 200,
      body: { status: 'ok', master_check: [{ status: 'ok' }] },
    })
  })
})
