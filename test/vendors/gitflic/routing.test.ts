import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { MISSING, NO_METHOD, project, serve, world } from './world.ts'

const PROJECT = '/project/ada/widgets'

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  ;[app, call] = await serve(world(project('ada/widgets', { tags: [{ name: 'v1', target: 'c1' }] })))
})

afterAll(() => app.close())

describe('a method that a path does not have', () => {
  it.each([
    ['DELETE', `${PROJECT}/tag/v1`, 'GET'],
    ['PUT', `${PROJECT}/tag/v1`, 'GET'],
    ['PATCH', `${PROJECT}/tag/v1`, 'GET'],
    ['POST', `${PROJECT}/tag/v1`, 'GET'],
    ['POST', `${PROJECT}/tag`, 'GET'],
    ['DELETE', `${PROJECT}/tag`, 'GET'],
    ['DELETE', `${PROJECT}/tag/create`, 'POST, GET'],
    ['PUT', `${PROJECT}/tag/create`, 'POST, GET'],
    ['DELETE', `${PROJECT}/branch?branchName=main`, 'GET, POST'],
    ['PUT', PROJECT, 'GET'],
    ['DELETE', PROJECT, 'GET'],
    ['PUT', '/project', 'GET, POST'],
    ['POST', '/user/me', 'GET'],
    ['POST', '/company/acme/tag-protection', 'GET'],
    ['PUT', '/company/acme/tag-protection/edit', 'PATCH, GET, DELETE'],
    ['POST', '/team/tools/tag-protection/edit', 'PATCH, GET, DELETE'],
    ['PUT', '/team/tools/tag-protection/08b2bd0b-0000-4000-8000-000000000000', 'GET, DELETE'],
    ['PUT', '/company/acme/tag-protection/create', 'POST, GET, DELETE'],
    ['DELETE', `${PROJECT}/setting/webhook/x`, 'POST'],
  ])('is answered 405: %s %s', async (method, url, allow) => {
    for (const base of ['', '/rest-api']) {
      const reply = await call(method, base + url)
      expect([[reply.status, reply.body], reply.headers.allow]).toEqual([NO_METHOD, allow])
    }
  })

  it('is answered 405 with a slash at the end as well', async () => {
    expect((await call('DELETE', `${PROJECT}/tag/v1/`)).status).toBe(405)
  })

  it('is answered alike whether or not the project exists', async () => {
    expect((await call('DELETE', '/project/no/body/tag/v1')).status).toBe(405)
  })

  it('leaves the tag where it is', async () => {
    await call('DELETE', `${PROJECT}/tag/v1`)
    expect((await call('GET', `${PROJECT}/tag/v1`)).status).toBe(200)
  })
})

describe('an unknown path', () => {
  it.each([
    '/project/ada',
    `${PROJECT}/tag-protection`,
    `${PROJECT}/tag-protection/create`,
    `${PROJECT}/tags`,
    `${PROJECT}/TAG`,
    `${PROJECT}/tag/v1/x`,
    '/company/acme/x',
    '/team/tools/tag-protection/a/b',
    '/user/dee/x',
    '/rest-api',
    '/rest-api/',
    '/rest-api/rest-api/user/me',
    '/rest-api/api/v4/projects',
  ])('is answered 404: %s', async (url) => {
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS'])
      expect(await answer(call(method, url))).toEqual(MISSING)
  })

  it('of nobody at all is not answered by GitFlic', async () => {
    expect((await call('GET', '/Project/ada/widgets')).body).toMatchObject({ error: 'not-found' })
  })
})

describe('OPTIONS', () => {
  it.each([
    [`${PROJECT}/tag`, 'GET, HEAD, OPTIONS'],
    [`${PROJECT}/tag/create`, 'POST, GET, HEAD, OPTIONS'],
    ['/company/acme/tag-protection/apply-settings-to-projects', 'POST, GET, DELETE, HEAD, OPTIONS'],
    [`${PROJECT}/setting/webhook/x/delete`, 'POST, OPTIONS'],
  ])('of %s is answered 200 with Allow', async (url, allow) => {
    const { status, text, headers } = await call('OPTIONS', url)
    expect([status, text, headers.allow]).toEqual([200, '', allow])
  })
})

describe('every answer', () => {
  it.each([
    ['GET', `${PROJECT}/tag`, 200],
    ['GET', `${PROJECT}/tag/unknown`, 404],
    ['DELETE', `${PROJECT}/tag`, 405],
    ['POST', `${PROJECT}/tag/create`, 422],
    ['GET', `${PROJECT}/tag/a%2Fb`, 400],
    ['GET', `${PROJECT}/tag/a%zz`, 400],
    ['GET', '/company/acme/tag-protection', 403],
    ['OPTIONS', PROJECT, 200],
  ])('has Spring Security’s headers: %s %s, %i', async (method, url, status) => {
    const reply = await call(method, url)
    expect(reply.status).toBe(status)
    expect(reply.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache, no-store, max-age=0, must-revalidate',
      pragma: 'no-cache',
      expires: '0',
      'x-frame-options': 'DENY',
    })
    for (const name of ['etag', 'link', 'x-total', 'x-request-id', 'location', 'www-authenticate'])
      expect(reply.headers[name]).toBeUndefined()
  })

  it('to a body that is too large is 413 in the same envelope', async () => {
    const payload = JSON.stringify({ tagName: 'x'.repeat(11 * 1024 * 1024) })
    const headers = { 'content-type': 'application/json' }
    expect(await answer(call('POST', `${PROJECT}/tag/create`, { headers, payload }))).toEqual([
      413,
      { title: 'error.payload.too.large', status: 413 },
    ])
  })
})

describe('a context path', () => {
  it('comes before everything, and addresses carry it', async () => {
    const moved = await buildApp({ fixture: world(project('ada/widgets')), prefixes: { gitflic: '/flic' } })
    const ask = callerOf(moved, { authorization: 'token dee-token', host: 'gitflic.test' })
    expect((await ask('GET', `/flic/rest-api${PROJECT}`)).body).toMatchObject({
      httpTransportUrl: 'http://gitflic.test/flic/project/ada/widgets.git',
    })
    const refused = await ask('DELETE', `/flic${PROJECT}/tag/v1/`)
    expect([refused.status, refused.headers.allow]).toEqual([405, 'GET'])
    expect(await answer(ask('GET', '/flic/project/ada'))).toEqual(MISSING)
    expect((await ask('GET', '/flic/project/%zz')).text).toBe('')
    expect((await ask('GET', PROJECT)).body).toMatchObject({ error: 'not-found' })
    await moved.close()
  })
})
