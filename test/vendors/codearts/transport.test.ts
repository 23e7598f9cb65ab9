import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { NOW, project, UNKNOWN_ROUTE, world } from './world.ts'

const TAGS = '/v4/repositories/1/repository/tags'
const JSON_TYPE = 'application/json;charset=UTF-8'

let app: FastifyInstance
const as = (token: string): Call => callerOf(app, { 'x-auth-token': token })

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(project('acme/widgets', 1, { tags: [{ name: 'v1', target: 'c1' }] })),
  })
  return () => app.close()
})

describe('every answer', () => {
  it.each([
    ['GET', TAGS, 'dee-token', 200],
    ['GET', TAGS, 'bad', 401],
    ['GET', '/v4/nope', 'dee-token', 404],
    ['GET', '/v4', 'dee-token', 404],
    ['GET', '/v4/%zz', 'dee-token', 404],
    ['GET', '/v2/repositories/1/tags', 'dee-token', 200],
    ['GET', '/v2/repositories/9/tags', 'dee-token', 401],
    ['GET', '/v1/nope', 'dee-token', 404],
    ['POST', '/v3/auth/tokens', 'dee-token', 400],
    ['DELETE', '/v4/repositories/1/repository/tag?tag_name=x', 'dee-token', 403],
  ])('%s %s by %s has an id of its own and says that it is JSON', async (method, url, token, status) => {
    const replies = await Promise.all([as(token)(method, url), as(token)(method, url)])
    for (const { headers } of replies) {
      expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/)
      expect(headers['content-type']).toBe(JSON_TYPE)
    }
    expect(replies[0]?.status).toBe(status)
    expect(replies[0]?.headers['x-request-id']).not.toBe(replies[1]?.headers['x-request-id'])
  })

  it('without a body has an id too', async () => {
    const { status, headers } = await as('mia-token')(
      'DELETE',
      '/v4/repositories/1/repository/tag?tag_name=v1',
    )
    expect([status, headers['content-type']]).toEqual([204, undefined])
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/)
    await app.worlds.reset()
  })
})

it.each(['GET', 'DELETE'])('an empty body that says it is JSON is fine on a %s', async (method) => {
  const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-project-id': 'any' }
  const url = '/v4/repositories/1/repository/tag?tag_name=v1'
  const { status } = await as('mia-token')(method, url, { headers })
  expect(status).toBe(method === 'GET' ? 200 : 204)
  await app.worlds.reset()
})

describe('the language of messages', () => {
  const inChinese = { 'x-language': 'zh-cn' }
  it('is Chinese for the two that are translated', async () => {
    expect(await answer(as('bad')('GET', TAGS, { headers: inChinese }))).toEqual([
      401,
      { error_code: 'CH.00000002', error_msg: '认证信息无法识别' },
    ])
    expect(await answer(as('sam-token')('GET', TAGS, { headers: { 'x-language': 'ZH-CN' } }))).toEqual([
      403,
      { error_code: 'CH.00401001', error_msg: '没有访问权限' },
    ])
  })

  it('is English for all others, and for other languages', async () => {
    const gone = '/v4/repositories/9/repository/tags'
    expect((await as('dee-token')('GET', gone, { headers: inChinese })).body).toEqual({
      error_code: 'CH.00402000',
      error_msg: 'The repository does not exist. Check and try again.',
    })
    expect((await as('bad')('GET', TAGS, { headers: { 'x-language': 'en-us' } })).body).toEqual({
      error_code: 'CH.00000002',
      error_msg: 'Recognize authentication information failed.',
    })
  })
})

describe('what is not published', () => {
  it.each([
    ['PUT', TAGS],
    ['PATCH', TAGS],
    ['DELETE', TAGS],
    ['OPTIONS', TAGS],
    ['POST', '/v4/repositories/1/repository/tag'],
    ['GET', `${TAGS}/`],
    ['GET', `${TAGS}/v1`],
    ['GET', '/v4/repositories/1/labels'],
    ['GET', '/v4//repositories/1/repository/tags'],
    ['GET', '/v4/'],
    ['GET', '/v1'],
    ['GET', '/v2/x'],
    ['GET', '/v3/auth/tokens'],
    ['DELETE', '/v2/repositories/1/tags/a/b'],
    ['PUT', '/v2/repositories/1/tags'],
    ['POST', '/v4/nope'],
  ])('%s %s is 404 by the gateway, with or without a credential', async (method, url) => {
    const payload = method === 'POST' ? { payload: '{' } : {}
    expect(await answer(callerOf(app)(method, url, payload))).toEqual(UNKNOWN_ROUTE)
    expect(await answer(as('dee-token')(method, url, payload))).toEqual(UNKNOWN_ROUTE)
  })

  it('so is HEAD, which has no body to say it with', async () => {
    const { status, text } = await as('dee-token')('HEAD', TAGS)
    expect([status, text]).toEqual([404, ''])
  })
})

it('answers below a prefix', async () => {
  const moved = await buildApp({
    fixture: world(project('acme/widgets', 1)),
    prefixes: { codearts: '/cloud' },
  })
  const call = callerOf(moved, { 'x-auth-token': 'dee-token' })
  expect((await call('GET', `/cloud${TAGS}`)).status).toBe(200)
  expect((await call('GET', '/cloud/v4/repositories/1')).body).toMatchObject({
    http_url_to_repo: 'http://localhost/cloud/acme/widgets.git',
  })
  expect(await answer(call('GET', '/cloud/v4/nope'))).toEqual(UNKNOWN_ROUTE)
  await moved.close()
})
