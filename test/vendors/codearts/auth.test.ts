import type { FastifyInstance } from 'fastify'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import {
  FORBIDDEN,
  invalid,
  MISSING,
  NO_REPOSITORY,
  NOW,
  project,
  UNAUTHENTICATED,
  UNKNOWN_ROUTE,
  world,
} from './world.ts'

const TAGS = '/v4/repositories/1/repository/tags'
const TAG = '/v4/repositories/1/repository/tag'

let app: FastifyInstance
const as = (token: string): Call => callerOf(app, { 'x-auth-token': token })
const anyone: Call = (...given) => callerOf(app)(...given)

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags: [{ name: 'v1', target: 'c1' }],
        tagRules: [{ pattern: 'p*', create: 'maintainer' }],
      }),
      project('acme/open', 2, { visibility: 'public' }),
      project('acme/inner', 3, { visibility: 'internal' }),
      { path: 'acme/bare', id: 4, repository: false },
      project('acme/off', 5, { features: { repository: 'disabled' } }),
    ),
  })
  return () => app.close()
})
beforeEach(() => app.worlds.reset())

describe('an IAM token', () => {
  it.each(['nope', 'dee-old', 'dee-gone', 'dee-job', 'bob-token', 'dee-password'])(
    '%s is no credential',
    async (token) => {
      expect(await answer(as(token)('GET', TAGS))).toEqual(UNAUTHENTICATED)
    },
  )

  it('is needed everywhere, before public repositories too', async () => {
    for (const id of [1, 2, 3, 99])
      expect(await answer(anyone('GET', `/v4/repositories/${id}/repository/tags`))).toEqual(UNAUTHENTICATED)
    expect(await answer(anyone('GET', TAGS, { headers: { 'x-auth-token': '' } }))).toEqual(UNAUTHENTICATED)
  })

  it('goes in no other place', async () => {
    expect(await answer(anyone('GET', `${TAGS}?private_token=dee-token&access_token=dee-token`))).toEqual(
      UNAUTHENTICATED,
    )
    for (const headers of [
      { authorization: 'Bearer dee-token' },
      { 'private-token': 'dee-token' },
      { authorization: 'Bearer dee-token', 'x-auth-token': 'dee-token' },
    ])
      expect(await answer(anyone('GET', TAGS, { headers: headers as Record<string, string> }))).toEqual(
        UNAUTHENTICATED,
      )
  })

  it('of a user of every role reads', async () => {
    for (const name of ['root', 'mia', 'dee', 'rex', 'gus'])
      expect((await as(`${name}-token`)('GET', TAGS)).status).toBe(200)
    expect(await answer(as('sam-token')('GET', TAGS))).toEqual(FORBIDDEN)
    for (const id of [2, 3])
      expect((await as('sam-token')('GET', `/v4/repositories/${id}/repository/tags`)).status).toBe(200)
  })

  it('with actions written down does those only', async () => {
    const create = (token: string) => as(token)('POST', TAGS, { payload: { tag_name: token, ref: 'main' } })
    expect((await as('mia-reads')('GET', TAGS)).status).toBe(200)
    expect(await answer(create('mia-reads'))).toEqual(FORBIDDEN)
    expect(await answer(as('mia-reads')('DELETE', `${TAG}?tag_name=v1`))).toEqual(FORBIDDEN)
    expect((await create('mia-all')).status).toBe(201)
    expect(await answer(as('mia-other')('GET', TAGS))).toEqual(FORBIDDEN)
    expect(await answer(as('mia-other')('GET', '/v4/user/repositories'))).toEqual(FORBIDDEN)
  })
})

describe('POST /v3/auth/tokens', () => {
  const login = (user: object, more: object = {}) =>
    anyone('POST', '/v3/auth/tokens', {
      payload: { auth: { identity: { methods: ['password'], password: { user } }, ...more } },
    })
  const dee = { name: 'dee', password: 'dee-password', domain: { name: 'any' } }
  const id = () => app.worlds.live.user('dee')?.uuid.replaceAll('-', '')

  it('issues a token for a name and password', async () => {
    const { status, headers, body } = await login(dee, { scope: { project: { name: 'cn-north-4' } } })
    expect(status).toBe(201)
    expect(body).toEqual({
      token: {
        expires_at: '2024-06-02T12:00:00.000000Z',
        issued_at: '2024-06-01T12:00:00.000000Z',
        methods: ['password'],
        catalog: [],
        roles: [],
        user: { id: id(), name: 'dee', domain: { id: id(), name: 'dee' }, password_expires_at: '' },
      },
    })
    const token = String(headers['x-subject-token'])
    const payload = { tag_name: 'v2', ref: 'main' }
    expect((await as(token)('POST', TAGS, { payload })).status).toBe(201)
    expect(await answer(as(token)('DELETE', `${TAG}?tag_name=v1`))).toEqual(FORBIDDEN)
  })

  it('knows a user by id as well', async () => {
    expect((await login({ id: id(), password: 'dee-password' })).status).toBe(201)
  })

  it('issues another token each time, and a reset forgets them', async () => {
    const [a, b] = [await login(dee), await login(dee)].map(({ headers }) =>
      String(headers['x-subject-token']),
    )
    expect(a).not.toBe(b)
    await app.worlds.reset()
    expect(await answer(as(a ?? '')('GET', TAGS))).toEqual(UNAUTHENTICATED)
  })

  it('issues tokens for a day', async () => {
    const { headers } = await login(dee)
    const call = as(String(headers['x-subject-token']))
    const { clock } = app.worlds.main
    const now = clock.now()
    clock.set(now + 86_399_999)
    expect((await call('GET', TAGS)).status).toBe(200)
    clock.set(now + 86_400_000)
    expect(await answer(call('GET', TAGS))).toEqual(UNAUTHENTICATED)
    clock.set(now)
  })

  const unauthorized = [
    401,
    { error: { code: 401, message: 'The username or password is wrong.', title: 'Unauthorized' } },
  ]
  it.each([
    { name: 'dee', password: 'wrong' },
    { name: 'nobody', password: 'x' },
    { name: 'rex', password: '' },
    { name: 'bob', password: 'bob-password' },
    { id: 'x', password: 'dee-password' },
    { password: 'dee-password' },
  ])('answers 401 to %j', async (user) => {
    expect(await answer(login(user))).toEqual(unauthorized)
  })

  it.each(['{}', '{', '', '{"auth":{"identity":{"methods":["token"]}}}', '[]'])(
    'answers 400 to %s',
    async (payload) => {
      const headers = { 'content-type': 'application/json' }
      expect(await answer(anyone('POST', '/v3/auth/tokens', { payload, headers }))).toEqual([
        400,
        { error: { code: 400, message: 'The request body is invalid', title: 'Bad Request' } },
      ])
    },
  )

  it('is the only call of IAM', async () => {
    expect(await answer(anyone('GET', '/v3/auth/tokens'))).toEqual(UNKNOWN_ROUTE)
    expect(await answer(anyone('GET', '/v3/projects'))).toEqual(UNKNOWN_ROUTE)
  })
})

describe('the order of checks', () => {
  const bad = invalid('repository_id', 'The repository_id must be an integer.')
  it('route, then authentication', async () => {
    expect(await answer(anyone('GET', '/v4/nope'))).toEqual(UNKNOWN_ROUTE)
    expect(await answer(anyone('PUT', TAGS))).toEqual(UNKNOWN_ROUTE)
  })

  it('authentication, then the id', async () => {
    expect(await answer(anyone('GET', '/v4/repositories/abc/repository/tags'))).toEqual(UNAUTHENTICATED)
    expect(await answer(anyone('POST', TAGS, { payload: '{' }))).toEqual(UNAUTHENTICATED)
    expect(await answer(as('dee-token')('GET', '/v4/repositories/abc/repository/tags'))).toEqual(bad)
  })

  it('the id, then query and body', async () => {
    const call = as('dee-token')
    expect(await answer(call('GET', '/v4/repositories/abc/repository/tags?limit=x'))).toEqual(bad)
    expect(await answer(call('POST', '/v4/repositories/abc/repository/tags', { payload: '{' }))).toEqual(bad)
  })

  it('query and body, then whether there is a repository', async () => {
    const call = as('dee-token')
    const required = invalid('tag_name', 'The parameter is required.')
    expect(await answer(call('GET', '/v4/repositories/99/repository/tag'))).toEqual(required)
    expect(await answer(call('POST', '/v4/repositories/99/repository/tags', { payload: {} }))).toEqual(
      required,
    )
    expect(await answer(call('GET', '/v4/repositories/99/repository/tag?tag_name=x'))).toEqual(NO_REPOSITORY)
  })

  it('the repository, then the role, then rules, then the tag', async () => {
    const create = (token: string, tag_name: string, ref = 'main') =>
      answer(as(token)('POST', TAGS, { payload: { tag_name, ref } }))
    expect(await create('rex-token', 'v1')).toEqual(FORBIDDEN)
    expect(await create('dee-token', 'p1', 'nope')).toEqual(FORBIDDEN)
    expect(await create('dee-token', 'x1', 'nope')).toEqual(invalid('ref', 'The ref does not exist.'))
    expect(await answer(as('rex-token')('DELETE', `${TAG}?tag_name=nope`))).toEqual(FORBIDDEN)
    expect(await answer(as('mia-token')('DELETE', `${TAG}?tag_name=p-nope`))).toEqual(MISSING)
  })

  it('a repository that has none, or that is switched off', async () => {
    expect(await answer(as('root-token')('GET', '/v4/repositories/4/repository/tags'))).toEqual(NO_REPOSITORY)
    expect(await answer(as('root-token')('GET', '/v4/repositories/5/repository/tags'))).toEqual(FORBIDDEN)
  })
})

describe('the id in the path', () => {
  const list = (id: string) => answer(as('dee-token')('GET', `/v4/repositories/${id}/repository/tags`))
  it.each(['abc', '1.5', 'acme%2Fwidgets', '1e0', '%20', '٣', '0x1', '1%2B0'])('cannot be %s', async (id) => {
    expect(await list(id)).toEqual(invalid('repository_id', 'The repository_id must be an integer.'))
  })

  it.each(['0', '-1', '2147483648', '99999999999999999999'])('is out of range at %s', async (id) => {
    const reason = 'The repository_id must be between 1 and 2147483647.'
    expect(await list(id)).toEqual(invalid('repository_id', reason))
  })

  it('may have zeros in front', async () => {
    expect((await list('007'))[0]).toBe(404)
    expect((await list('001'))[0]).toBe(200)
    expect((await list('2147483647'))[0]).toBe(404)
  })
})
