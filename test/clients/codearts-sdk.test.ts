import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core'
import { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js'
import { DefaultHttpClient } from '@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { C1, project, world } from '../vendors/codearts/world.ts'

let forge: FakeForge

beforeAll(async () => {
  forge = await startFakeForge({
    // The SDK signs with the time that it is, and that is checked here.
    quirks: ['codearts.signatureExpires'],
    fixture: world(
      project('acme/widgets', 2112015538, {
        tags: [
          { name: 'v1.0.0', target: 'c1' },
          { name: 'release/a_b+c', target: 'c1' },
        ],
        tagRules: [{ pattern: 'sealed', create: 'nobody' }],
      }),
    ),
  })
})
afterAll(() => forge.close())
beforeEach(() => forge.reset())

const MIA = ['EXAMPLEAK0000000002', 'example-secret-key-0002'] as const
const DEE = ['EXAMPLEAK0000000003', 'example-secret-key-0003'] as const

/** The SDK prints whatever fails. */
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => 'error' as never,
  setName() {},
}

/** What the SDK's ClientBuilder puts together; that itself needs a package which the SDK forgets to declare. */
function client([ak, sk]: readonly [string, string]): HcClient {
  const credential = new BasicCredentials()
    .withAk(ak)
    .withSk(sk)
    .withProjectId('0123456789abcdef0123456789abcdef')
  const endpoints = [forge.url]
  return new HcClient(new DefaultHttpClient({ logger: silent }, endpoints))
    .withCredential(credential)
    .withEndpoints(endpoints)
}

/** Sends a request as the generated clients of the service build it. */
function send(
  key: readonly [string, string],
  method: string,
  path: string,
  { query = {}, body }: { query?: Record<string, unknown>; body?: Record<string, unknown> } = {},
): Promise<Record<string, unknown>> {
  return client(key).sendRequest({
    method,
    url: `/v4/repositories/{repository_id}/repository/${path}`,
    contentType: 'application/json',
    queryParams: query,
    pathParams: { repository_id: 2112015538 },
    headers: {},
    ...(body && { data: body }),
    ...({ responseHeaders: ['X-Total'] } as object),
  }) as unknown as Promise<Record<string, unknown>>
}

const failureOf = (request: Promise<unknown>) =>
  request.then(
    () => null,
    (error: object) => ({ kind: error.constructor.name, ...error }),
  )

describe('@huaweicloud/huaweicloud-sdk-core', () => {
  it('lists tags and reads their total', async () => {
    const query = { order_by: 'name', sort: 'asc', search: 'v1', limit: 20, offset: 0 }
    const reply = await send(MIA, 'GET', 'tags', { query })
    expect(reply).toMatchObject({ 0: { name: 'v1.0.0', target: C1 }, 'X-Total': '1', httpStatusCode: 200 })
  })

  it('creates, shows and deletes', async () => {
    const body = { tag_name: 'v2.0.0', ref: 'main', message: 'héllo 中文' }
    const created = await send(DEE, 'POST', 'tags', { body })
    expect(created).toMatchObject({ name: 'v2.0.0', message: 'héllo 中文', httpStatusCode: 201 })
    const query = { tag_name: 'v2.0.0' }
    const shown = await send(DEE, 'GET', 'tag', { query })
    expect(shown).toMatchObject({ name: 'v2.0.0', 'X-Total': '1', httpStatusCode: 200 })
    expect(await send(MIA, 'DELETE', 'tag', { query })).toEqual({ httpStatusCode: 204 })
    expect(await failureOf(send(MIA, 'GET', 'tag', { query }))).toMatchObject({
      kind: 'ClientRequestException',
      httpStatusCode: 404,
      errorCode: 'CH.000404',
      errorMsg: 'Resource unavailable.',
    })
  })

  it.each(['release/a_b+c', 'x y', 'a%b', '中文', "it's!"])('escapes %s in its own way', async (tag_name) => {
    const failure = await failureOf(send(MIA, 'DELETE', 'tag', { query: { tag_name } }))
    expect(failure === null || (failure as { httpStatusCode?: number }).httpStatusCode === 404).toBe(true)
  })

  it('makes exceptions of errors, with the id of the request', async () => {
    expect(await failureOf(send(DEE, 'DELETE', 'tag', { query: { tag_name: 'v1.0.0' } }))).toMatchObject({
      kind: 'ClientRequestException',
      httpStatusCode: 403,
      errorCode: 'CH.00401001',
      errorMsg: 'No access permission.',
      requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    expect(
      await failureOf(send(DEE, 'POST', 'tags', { body: { tag_name: 'v1.0.0', ref: 'main' } })),
    ).toMatchObject({
      httpStatusCode: 400,
      errorCode: 'CH.00401999',
      errorMsg: "'tag_name': The tag already exists.",
    })
    expect(
      await failureOf(send(MIA, 'POST', 'tags', { body: { tag_name: 'sealed', ref: 'main' } })),
    ).toMatchObject({
      httpStatusCode: 403,
    })
  })

  it('is refused with a wrong secret, and with a key that nobody has', async () => {
    expect(await failureOf(send([MIA[0], 'wrong'], 'GET', 'tags'))).toMatchObject({
      httpStatusCode: 401,
      errorCode: 'APIGW.0301',
      errorMsg: 'Incorrect IAM authentication information: verify aksk signature fail',
      requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    expect(await failureOf(send(['NOBODY', 'x'], 'GET', 'tags'))).toMatchObject({
      httpStatusCode: 401,
      errorMsg: 'Incorrect IAM authentication information: Get secretKey failed',
    })
  })

  it('reads the nested errors of v2 too', async () => {
    const request = client(DEE).sendRequest({
      method: 'DELETE',
      url: '/v2/repositories/{repository_id}/tags/{tag_name}',
      contentType: 'application/json',
      queryParams: {},
      pathParams: { repository_id: 2112015538, tag_name: 'release%2Fa_b+c' },
      headers: {},
    })
    expect(await failureOf(request)).toMatchObject({
      httpStatusCode: 403,
      errorCode: 'CH.080403',
      errorMsg: 'Access denied.',
    })
  })
})
