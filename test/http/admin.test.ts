import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp, version } from '../../src/index.ts'
import { answer, callerOf } from '../caller.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = await buildApp({ clock: '2024-06-01T12:00:00Z' })
})
afterAll(() => app.close())

const admin = (headers: Record<string, string> = {}) => callerOf(app, { host: '127.0.0.1:4747', ...headers })
const gitlab = () => callerOf(app, { 'private-token': 'mia-token' })
const TAGS = '/api/v4/projects/1/repository/tags'

describe('/__admin', () => {
  it('says that it is healthy, and what it is', async () => {
    expect(await answer(admin()('GET', '/__admin/health'))).toEqual([200, { status: 'ok' }])
    expect(await admin()('GET', '/__admin/version')).toMatchObject({
      status: 200,
      body: { name: 'fakeforge', version, vendors: { gitlab: 'current' } },
    })
  })

  it('answers unknown routes with its own 404', async () => {
    expect(await answer(admin()('GET', '/__admin/nope'))).toEqual([
      404,
      { error: 'not-found', message: 'There is no control route GET /__admin/nope.' },
    ])
  })

  it('reset goes back to the initial world: refs, rules, releases and ids', async () => {
    const before = await gitlab()('GET', `${TAGS}?per_page=100`)
    await gitlab()('POST', `${TAGS}?tag_name=new&ref=main&message=Hi`)
    await gitlab()('DELETE', `${TAGS}/v1.0.0`)
    expect((await gitlab()('GET', `${TAGS}?per_page=100`)).text).not.toBe(before.text)
    const { status, text } = await admin()('POST', '/__admin/reset')
    expect([status, text]).toEqual([204, ''])
    expect((await gitlab()('GET', `${TAGS}?per_page=100`)).text).toBe(before.text)
  })

  it('reset to a posted fixture serves that world, and reset without one the first again', async () => {
    const payload = {
      users: [{ username: 'zoe', tokens: ['zoe-token'] }],
      projects: [
        {
          path: 'zoe/only',
          id: 7,
          commits: [{ label: 'c', message: 'C\n' }],
          tags: [{ name: 'z1', target: 'c' }],
        },
      ],
    }
    expect((await admin()('POST', '/__admin/reset', { payload })).status).toBe(204)
    expect(
      await callerOf(app, { 'private-token': 'zoe-token' })('GET', '/api/v4/projects/7/repository/tags'),
    ).toMatchObject({ status: 200, body: [{ name: 'z1' }] })
    expect((await gitlab()('GET', TAGS)).status).toBe(401)
    await admin()('POST', '/__admin/reset')
    expect((await gitlab()('GET', TAGS)).status).toBe(200)
  })

  it('a wrong fixture is refused with its mistakes, and the world stays', async () => {
    expect(
      await admin()('POST', '/__admin/reset', { payload: { projects: [{ path: 'nobody/x' }] } }),
    ).toMatchObject({
      status: 422,
      body: {
        error: 'invalid-fixture',
        problems: [{ path: 'projects[0].path', message: 'there is no user or owner "nobody"' }],
      },
    })
    expect(
      await admin()('POST', '/__admin/reset', {
        payload: '{',
        headers: { 'content-type': 'application/json' },
      }),
    ).toMatchObject({ status: 400, body: { error: 'invalid-json' } })
    expect((await gitlab()('GET', TAGS)).status).toBe(200)
  })
})

describe('a web page', () => {
  it.each(['evil.test', 'evil.test:4747', 'localhost.evil.test', '127.0.0.1.nip.io'])(
    'that rebinds %s to us gets nowhere',
    async (host) => {
      expect(await admin({ host })('POST', '/__admin/reset')).toMatchObject({
        status: 403,
        body: { error: 'foreign-host' },
      })
    },
  )

  it.each(['http://evil.test', 'null', 'http://127.0.0.1:9'])('of origin %s gets nowhere', async (origin) => {
    expect(await admin({ origin })('POST', '/__admin/reset')).toMatchObject({
      status: 403,
      body: { error: 'foreign-origin' },
    })
  })

  it('gets no CORS headers', async () => {
    const { headers } = await admin({ origin: 'http://127.0.0.1:4747' })('GET', '/__admin/health')
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it.each(['localhost:4747', '127.0.0.1', '[::1]:4747', 'gitlab', 'fakeforge:4747'])(
    '%s is ours',
    async (host) => {
      expect((await admin({ host })('GET', '/__admin/health')).status).toBe(200)
    },
  )
})

describe('with an admin token', () => {
  it('asks for it, save for the health probe', async () => {
    const guarded = await buildApp({ adminToken: 'letmein' })
    const call = callerOf(guarded)
    expect(await call('GET', '/__admin/version')).toMatchObject({
      status: 401,
      body: { error: 'unauthorized' },
      headers: { 'www-authenticate': 'Bearer' },
    })
    expect(
      (await call('GET', '/__admin/version', { headers: { authorization: 'Bearer letmein' } })).status,
    ).toBe(200)
    expect((await call('GET', '/api/v4/projects/2')).status).not.toBe(401)
    expect((await call('GET', '/__admin/health')).status).toBe(200)
    await guarded.close()
  })
})

describe('paths of nobody', () => {
  it('get a hint', async () => {
    expect(await callerOf(app)('GET', '/nope?x=1')).toMatchObject({
      status: 404,
      body: { error: 'not-found', message: 'Nothing answers GET /nope.', vendors: { gitlab: '/api/v4' } },
    })
  })
})
