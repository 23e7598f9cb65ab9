import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, callerOf } from '../../caller.ts'
import { type Signing, sign } from './signing.ts'
import { MISSING, project, UNAUTHENTICATED, world } from './world.ts'

const HOST = 'codehub-ext.cn-north-4.myhuaweicloud.com'
const TAGS = '/v4/repositories/2112015538/repository/tags'
const HEADERS = {
  host: HOST,
  'x-sdk-date': '20260127T080000Z',
  'x-project-id': '0123456789abcdef0123456789abcdef',
  'content-type': 'application/json',
}
const fixture = world(project('acme/widgets', 2112015538, { tags: [{ name: 'v1', target: 'c1' }] }))
const ROOT = { accessKey: 'EXAMPLEAK0000000001', secret: 'example-secret-key-0001' }

let app: FastifyInstance
beforeAll(async () => {
  app = await buildApp({ fixture, clock: '2026-01-27T08:00:00Z' })
  return () => app.close()
})
beforeEach(() => app.worlds.reset())

const bad = (reason: string) => [
  401,
  { error_code: 'APIGW.0301', error_msg: `Incorrect IAM authentication information: ${reason}` },
]
const WRONG = bad('verify aksk signature fail')

const vector = (signature: string, names = 'content-type;host;x-project-id;x-sdk-date') => ({
  ...HEADERS,
  authorization: `SDK-HMAC-SHA256 Access=${ROOT.accessKey}, SignedHeaders=${names}, Signature=${signature}`,
})

function signed(more: Partial<Signing> & { url?: string } = {}) {
  const signing = { method: 'GET', path: TAGS, headers: HEADERS, ...ROOT, ...more }
  const authorization = sign(signing)
  return callerOf(app)(signing.method, more.url ?? signing.path, {
    headers: { ...signing.headers, authorization },
    ...(signing.body !== undefined && { payload: signing.body }),
  })
}

describe('the test vectors', () => {
  it('a DELETE without a body', async () => {
    const headers = vector('982bdd23763e688b7af71ecc356d61940e786272ffbba7d690308fce2c0b4e28')
    const url = '/v4/repositories/2112015538/repository/tag?tag_name=release%2Fa%20b%2Bc'
    expect(await answer(callerOf(app)('DELETE', url, { headers }))).toEqual(MISSING)
  })

  it('a GET with a query', async () => {
    const headers = vector('2596459c6c86715d204ca56df4b79b4025d4fb37c315b0fe85c552e378b39b1e')
    const url = `${TAGS}?limit=20&offset=0&order_by=name&search=v1&sort=asc`
    expect((await callerOf(app)('GET', url, { headers })).body).toMatchObject([{ name: 'v1' }])
  })

  it('a GET whose query is sent in another order', async () => {
    const headers = vector('2596459c6c86715d204ca56df4b79b4025d4fb37c315b0fe85c552e378b39b1e')
    const url = `${TAGS}?sort=asc&search=v1&order_by=name&offset=0&limit=20`
    expect((await callerOf(app)('GET', url, { headers })).status).toBe(200)
  })

  it('a POST with a body', async () => {
    const headers = vector('635a565282769e7d458dcc16088ee4cd2073ab5c55eeb5f7e00df1a7cc51b9e2')
    const payload = '{"tag_name":"v1.0.0","ref":"main","message":"héllo"}'
    expect(await answer(callerOf(app)('POST', TAGS, { headers, payload }))).toMatchObject([
      201,
      { name: 'v1.0.0', message: 'héllo' },
    ])
  })
})

describe('a signature', () => {
  it('covers method, path, query, signed headers and body', async () => {
    const right = sign({ method: 'GET', path: TAGS, headers: HEADERS, ...ROOT })
    const send = (method: string, url: string, more: object = {}, payload?: string) =>
      answer(
        callerOf(app)(method, url, {
          headers: { ...HEADERS, authorization: right, ...more },
          ...(payload !== undefined && { payload }),
        }),
      )
    expect((await send('GET', TAGS))[0]).toBe(200)
    expect(await send('POST', TAGS)).toEqual(WRONG)
    expect(await send('GET', TAGS.replace('tags', 'refs'))).toEqual(WRONG)
    expect(await send('GET', `${TAGS}?limit=1`)).toEqual(WRONG)
    expect(await send('GET', TAGS, { host: 'elsewhere.test' })).toEqual(WRONG)
    expect(await send('GET', TAGS, { 'x-sdk-date': '20260127T080001Z' })).toEqual(WRONG)
    expect(await send('GET', TAGS, { 'x-project-id': 'f'.repeat(32) })).toEqual(WRONG)
    expect((await send('GET', TAGS, { 'x-other': 'unsigned' }))[0]).toBe(200)
    const post = sign({ method: 'POST', path: TAGS, headers: HEADERS, body: '{"a":1}', ...ROOT })
    expect(await send('POST', TAGS, { authorization: post }, '{"a":2}')).toEqual(WRONG)
  })

  it('covers a host with its port, and fewer headers if fewer are named', async () => {
    const headers = { ...HEADERS, host: '127.0.0.1:4747' }
    expect((await signed({ headers })).status).toBe(200)
    const { 'x-project-id': _, ...fewer } = HEADERS
    expect((await signed({ headers: fewer })).status).toBe(200)
  })

  it('trims header values, and sees the bytes of a path', async () => {
    expect((await signed({ headers: { ...HEADERS, 'x-note': '  a  b ' } })).status).toBe(200)
    const path = '/v2/repositories/2112015538/tags/no%2Fne'
    expect((await signed({ method: 'DELETE', path })).status).toBe(404)
  })

  it('may escape an escaped path again, as the SDK for Node does', async () => {
    const url = '/v2/repositories/2112015538/tags/no%2Fne'
    expect((await signed({ method: 'DELETE', path: url.replace('%', '%25'), url })).status).toBe(404)
  })

  it('takes the hash of the body from a header where there is one', async () => {
    const headers = { ...HEADERS, 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' }
    const body = '{"tag_name":"free","ref":"main"}'
    expect((await signed({ method: 'POST', headers, body })).status).toBe(201)
  })

  it.each([
    [`Access=${ROOT.accessKey}, SignedHeaders=host;x-sdk-date, Signature=00`],
    [`Access=${ROOT.accessKey},SignedHeaders=host;x-sdk-date,Signature=${'0'.repeat(64)}`],
  ])('that is wrong is answered by the gateway', async (attributes) => {
    const headers = { ...HEADERS, authorization: `SDK-HMAC-SHA256 ${attributes}` }
    expect(await answer(callerOf(app)('GET', TAGS, { headers }))).toEqual(WRONG)
    expect(await answer(callerOf(app)('GET', '/v2/repositories/1/tags', { headers }))).toEqual(WRONG)
  })

  it('needs a date', async () => {
    const { 'x-sdk-date': _, ...undated } = HEADERS
    expect(await answer(signed({ headers: undated }))).toEqual(WRONG)
    expect(await answer(signed({ headers: { ...HEADERS, 'x-sdk-date': 'today' } }))).toEqual(WRONG)
  })

  it('with a key that nobody has is answered by the gateway', async () => {
    expect(await answer(signed({ accessKey: 'UNKNOWN' }))).toEqual(bad('Get secretKey failed'))
  })

  it('of somebody else is somebody else: a developer does not delete', async () => {
    const key = { accessKey: 'EXAMPLEAK0000000003', secret: 'example-secret-key-0003' }
    const query = { tag_name: 'v1' }
    const path = TAGS.slice(0, -1)
    expect((await signed({ ...key, path, query, url: `${path}?tag_name=v1` })).status).toBe(200)
    const reply = await signed({ ...key, method: 'DELETE', path, query, url: `${path}?tag_name=v1` })
    expect(reply.status).toBe(403)
  })

  it('of a blocked user is no credential', async () => {
    const key = { accessKey: 'EXAMPLEAK0000000007', secret: 'example-secret-key-0007' }
    expect(await answer(signed(key))).toEqual(UNAUTHENTICATED)
  })

  it('goes before a token', async () => {
    const headers = { ...HEADERS, 'x-auth-token': 'dee-token' }
    expect((await signed({ headers, accessKey: 'UNKNOWN' })).status).toBe(401)
    expect((await signed({ headers })).status).toBe(200)
  })

  it.each([
    'Basic cm9vdDpyb290LXRva2Vu',
    'Bearer root-token',
    'SDK-HMAC-SHA256',
    'SDK-HMAC-SHA256 nonsense',
    'SDK-HMAC-SHA256 Access=a, SignedHeaders=b',
    'SDK-HMAC-SM3 Access=EXAMPLEAK0000000001, SignedHeaders=host, Signature=00',
    'V11-HMAC-SHA256 Credential=EXAMPLEAK0000000001/20260127/x/y, SignedHeaders=host, Signature=00',
  ])('is the only thing that the header may hold: %s', async (authorization) => {
    expect(await answer(callerOf(app)('GET', TAGS, { headers: { authorization } }))).toEqual(UNAUTHENTICATED)
  })

  it('fits for any query, however it is escaped', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'B', ' ', '+', '/', '%', '&', '=', '*', "'", '~', 'é', '中', '-', '[', '_'),
      maxLength: 6,
    })
    const pairs = fc.dictionary(
      text.filter((name) => name !== ''),
      text,
      { maxKeys: 4, noNullPrototype: true },
    )
    await fc.assert(
      fc.asyncProperty(pairs, async (query) => {
        const sent = Object.entries(query).map(
          ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
        )
        const { status } = await signed({ query, url: `${TAGS}?${sent.join('&')}` })
        expect(status).not.toBe(401)
      }),
      { numRuns: 200 },
    )
  })
})

describe('the date of a signature', () => {
  const at = (date: string) => answer(signed({ headers: { ...HEADERS, 'x-sdk-date': date } }))

  it('may be any unless the quirk is on', async () => {
    expect((await at('19990101T000000Z'))[0]).toBe(200)
  })

  it('must be within a quarter of an hour when it is', async () => {
    await app.close()
    app = await buildApp({ fixture, clock: '2026-01-27T08:00:00Z', quirks: ['codearts.signatureExpires'] })
    expect((await at('20260127T081500Z'))[0]).toBe(200)
    expect((await at('20260127T074500Z'))[0]).toBe(200)
    const expired = bad('x-sdk-date is out of the allowed range')
    expect(await at('20260127T081501Z')).toEqual(expired)
    expect(await at('20260127T074459Z')).toEqual(expired)
  })
})
