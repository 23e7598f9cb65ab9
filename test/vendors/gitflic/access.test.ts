import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answer, type Call } from '../../caller.ts'
import { as, DENIED, MISSING, project, serve, UNAUTHENTICATED, unprocessable, world } from './world.ts'

const LIST = '/project/ada/private/tag'
const CREATE = `${LIST}/create`

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  ;[app, call] = await serve(
    world(
      project('ada/private', {
        tags: [{ name: 'taken', target: 'c1' }],
        tagRules: [{ pattern: 'no-*', create: 'nobody' }],
      }),
      project('ada/internal', { visibility: 'internal' }),
      project('ada/public', { visibility: 'public' }),
      project('ada/members-only', { visibility: 'public', features: { repository: 'private' } }),
    ),
  )
})

afterAll(() => app.close())

function bearing(authorization: string) {
  return { headers: { authorization } }
}

describe('a request', () => {
  it.each(['token dee-token', 'Token dee-token', 'TOKEN dee-token', 'token TOKEN-of-dee', 'token dee-job'])(
    'is let in with Authorization: %s',
    async (authorization) => {
      expect((await call('GET', LIST, bearing(authorization))).status).toBe(200)
    },
  )

  it.each([
    '',
    'token',
    'token ',
    'token  dee-token',
    'token dee-token x',
    'token unknown',
    'token DEE-TOKEN',
    'token dee-old',
    'token dee-gone',
    'Bearer dee-token',
    'Basic ZGVlOmRlZS1wYXNzd29yZA==',
    'dee-token',
  ])('is answered 403 AuthenticationException with Authorization: %j', async (authorization) => {
    const { status, body, headers } = await call('GET', LIST, bearing(authorization))
    expect([status, body]).toEqual(UNAUTHENTICATED)
    expect(headers['www-authenticate']).toBeUndefined()
  })

  it('is anonymous with a token anywhere else', async () => {
    const reply = await app.inject({
      url: `${LIST}?access_token=dee-token&private_token=dee-token`,
      headers: { 'private-token': 'dee-token', cookie: 'token=dee-token' },
    })
    expect([reply.statusCode, reply.json()]).toEqual(UNAUTHENTICATED)
  })

  it('needs a token for public projects, for paths that do not exist and for OPTIONS, too', async () => {
    for (const url of [
      '/project/ada/public',
      '/project/x',
      '/user/x/y/z',
      '/rest-api/nothing',
      '/company',
      '/team/',
    ])
      for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE'])
        expect(await answer(call(method, url, bearing('')))).toEqual(UNAUTHENTICATED)
  })

  it('of a blocked account is denied', async () => {
    expect(await answer(call('GET', '/user/me', as('bob')))).toEqual(DENIED)
  })

  it.each([
    ['/user/me', 'dee-user', 200],
    ['/user/me', 'dee-read', 403],
    ['/user', 'dee-read', 403],
    [LIST, 'dee-read', 200],
    [LIST, 'dee-write', 403],
    [LIST, 'dee-user', 403],
    ['/project/ada/private', 'dee-read', 200],
    ['/project/my', 'dee-user', 403],
    ['/company/acme', 'dee-read', 403],
    ['/team/tools', 'dee-read', 403],
  ])('for %s by a token with the scopes of %s gets %i', async (url, token, status) => {
    expect((await call('GET', url, bearing(`token ${token}`))).status).toBe(status)
  })

  it.each([
    ['dee-read', 403],
    ['dee-write', 200],
    ['dee-edit', 200],
  ])('that creates with the scopes of %s gets %i', async (token, status) => {
    const payload = { tagName: `by-${token}`, branchName: 'main' }
    expect((await call('POST', CREATE, { ...bearing(`token ${token}`), payload })).status).toBe(status)
  })

  it('with a missing scope is denied without being told which', async () => {
    expect(await answer(call('GET', LIST, bearing('token dee-user')))).toEqual(DENIED)
  })
})

describe('reading code', () => {
  it.each([
    ['private', 'rex', 200],
    ['private', 'gus', 403],
    ['private', 'sam', 403],
    ['internal', 'sam', 200],
    ['public', 'sam', 200],
    ['public', 'gus', 200],
    ['members-only', 'sam', 403],
    ['members-only', 'rex', 200],
  ])('of a %s project by %s: %i', async (name, user, status) => {
    expect((await call('GET', `/project/ada/${name}/tag`, as(user))).status).toBe(status)
  })

  it('is not needed to see the project itself: a guest may', async () => {
    expect((await call('GET', '/project/ada/private', as('gus'))).status).toBe(200)
    expect(await answer(call('GET', '/project/ada/private', as('sam')))).toEqual(DENIED)
  })
})

describe('the order of checks', () => {
  const bad = { tagName: ' ' }
  const text = { 'content-type': 'text/plain' }
  const good = { tagName: 'v1', branchName: 'unknown' }

  it('URL before token', async () => {
    expect((await call('GET', '/project/a%2Fb', bearing(''))).status).toBe(400)
  })

  it('token before route', async () => {
    expect(await answer(call('DELETE', LIST, bearing('token x')))).toEqual(UNAUTHENTICATED)
  })

  it('route and method before media type and body', async () => {
    expect((await call('PUT', CREATE, { headers: text, payload: 'x' })).status).toBe(405)
    expect((await call('POST', '/project/nothing', { headers: text, payload: 'x' })).status).toBe(404)
  })

  it('media type before body', async () => {
    expect((await call('POST', CREATE, { headers: text, payload: '{' })).status).toBe(415)
  })

  it('body before project and role', async () => {
    const url = '/project/nobody/nothing/tag/create'
    expect(await answer(call('POST', url, { payload: { ...bad, branchName: 'x' } }))).toEqual(
      unprocessable('tagName', 'empty'),
    )
    expect((await call('POST', CREATE, { ...as('sam'), payload: bad })).status).toBe(422)
  })

  it('project before role', async () => {
    const url = '/project/nobody/nothing/tag/create'
    expect(await answer(call('POST', url, { ...as('sam'), payload: good }))).toEqual(MISSING)
  })

  it('role before target', async () => {
    expect(await answer(call('POST', CREATE, { ...as('rex'), payload: good }))).toEqual(DENIED)
  })

  it('target before rules, rules before duplicates', async () => {
    expect(await answer(call('POST', CREATE, { payload: { ...good, tagName: 'no-1' } }))).toEqual(MISSING)
    expect(await answer(call('POST', CREATE, { payload: { tagName: 'no-1', branchName: 'main' } }))).toEqual(
      DENIED,
    )
    expect(await answer(call('POST', CREATE, { payload: { ...good, tagName: 'taken' } }))).toEqual(MISSING)
    expect((await call('POST', CREATE, { payload: { tagName: 'taken', branchName: 'main' } })).status).toBe(
      422,
    )
  })
})
