import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { ask, pick } from './neighbours.ts'
import { NOW, users, world } from './world.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = await buildApp({ fixture: world(), clock: NOW })
})
afterAll(() => app.close())

const BASIC = {
  id: 3,
  username: 'dee',
  name: 'Dee D',
  state: 'active',
  avatar_url: null,
  web_url: 'http://localhost/dee',
}
const PROFILE = {
  ...BASIC,
  created_at: '2024-01-01T00:00:00.000Z',
  bio: '',
  location: '',
  public_email: '',
  website_url: '',
  organization: '',
  job_title: '',
  bot: false,
  work_information: null,
  followers: 0,
  following: 0,
}
const PRIVATE = {
  ...PROFILE,
  last_sign_in_at: null,
  confirmed_at: '2024-01-01T00:00:00.000Z',
  last_activity_on: null,
  email: 'dee@example.test',
  theme_id: 1,
  color_scheme_id: 1,
  projects_limit: 100000,
  current_sign_in_at: null,
  identities: [],
  can_create_group: true,
  can_create_project: true,
  two_factor_enabled: false,
  external: false,
  private_profile: false,
  commit_email: 'dee@example.test',
}

describe('GET /user', () => {
  it('answers the caller, e-mail included, without is_admin', async () => {
    const { status, body } = await ask(app, 'GET /user', 'dee-token')
    expect({ status, body }).toEqual({ status: 200, body: PRIVATE })
    expect(Object.keys(body as object)).toEqual(Object.keys(PRIVATE))
  })

  it('tells administrators that they are', async () => {
    const { body } = await ask(app, 'GET /user', 'root-token')
    expect(body).toMatchObject({ username: 'root', is_admin: true })
  })

  it.each(['dee-api', 'dee-read', 'dee-user'])('takes the scope of %s', async (token) => {
    expect((await ask(app, 'GET /user', token)).status).toBe(200)
  })

  it.each([
    [null, 401, { message: '401 Unauthorized' }],
    ['nonsense', 401, { message: '401 Unauthorized' }],
    ['dee-job', 401, { message: '401 Unauthorized' }],
    ['bob-token', 403, { message: '403 Forbidden - Your account has been blocked.' }],
  ])('refuses %s with %i', async (token, status, body) => {
    const answer = await ask(app, 'GET /user', token)
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })
})

describe('GET /users', () => {
  it('finds a username exactly, ignoring case', async () => {
    expect((await ask(app, 'GET /users?username=DEE', 'rex-token')).body).toEqual([BASIC])
    expect((await ask(app, 'GET /users?username=de', 'rex-token')).body).toEqual([])
  })

  it('shows administrators more', async () => {
    const { body } = await ask(app, 'GET /users?username=dee', 'root-token')
    expect(body).toEqual([{ ...PRIVATE, is_admin: false }])
  })

  it('lists the newest first, with totals', async () => {
    const { body, headers } = await ask(app, 'GET /users?per_page=3', 'sam-token')
    expect(pick(body, 'username')).toEqual(['bob', 'sam', 'gus'])
    expect(pick(body, 'state')).toEqual(['blocked', 'active', 'active'])
    expect(headers).toMatchObject({ 'x-total': String(users?.length), 'x-next-page': '2' })
  })

  it('searches names in part and e-mail addresses in full', async () => {
    expect(pick((await ask(app, 'GET /users?search=ee', 'sam-token')).body, 'username')).toEqual(['dee'])
    expect((await ask(app, 'GET /users?search=example.test', 'sam-token')).body).toEqual([])
    const found = await ask(app, 'GET /users?search=gus@example.test', 'sam-token')
    expect(pick(found.body, 'username')).toEqual(['gus'])
  })

  it('leaves blocked users out, or in alone', async () => {
    expect(pick((await ask(app, 'GET /users?blocked=true', 'sam-token')).body, 'username')).toEqual(['bob'])
    expect(pick((await ask(app, 'GET /users?active=true', 'sam-token')).body, 'username')).not.toContain(
      'bob',
    )
  })

  it('lets strangers look up a name, but not see who there is', async () => {
    expect((await ask(app, 'GET /users?username=dee', null)).body).toEqual([BASIC])
    expect(await ask(app, 'GET /users', null)).toMatchObject({
      status: 403,
      body: { message: '403 Forbidden - Not authorized to access /api/v4/users' },
    })
  })
})

describe('GET /users/:id', () => {
  it('answers a profile to users and everything to administrators', async () => {
    expect((await ask(app, 'GET /users/3', 'sam-token')).body).toEqual(PROFILE)
    expect((await ask(app, 'GET /users/3', 'root-token')).body).toEqual({ ...PRIVATE, is_admin: false })
  })

  it.each([
    ['/users/3', null, 403, { message: '403 Forbidden - Not authorized!' }],
    ['/users/99', 'sam-token', 404, { message: '404 User Not Found' }],
    ['/users/dee', 'sam-token', 400, { error: 'id is invalid' }],
  ])('%s for %s answers %i', async (path, token, status, body) => {
    const answer = await ask(app, `GET ${path}`, token)
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })
})

describe('GET /personal_access_tokens/self', () => {
  const SELF = '/personal_access_tokens/self'

  it.each([
    ['dee-read', ['read_api']],
    ['dee-user', ['read_user']],
    ['dee-token', ['api']],
  ])('tells %s its scopes', async (token, scopes) => {
    const { status, body } = await ask(app, `GET ${SELF}`, token)
    expect(status).toBe(200)
    expect(body).toEqual({
      id: expect.any(Number),
      name: "dee's token",
      revoked: false,
      created_at: '2024-01-01T00:00:00.000Z',
      description: null,
      scopes,
      user_id: 3,
      last_used_at: null,
      active: true,
      expires_at: null,
    })
  })

  it('answers 401 to strangers, and 401 with a reason to an expired token', async () => {
    expect(await ask(app, `GET ${SELF}`, null)).toMatchObject({
      status: 401,
      body: { message: '401 Unauthorized' },
    })
    expect(await ask(app, `GET ${SELF}`, 'dee-old')).toMatchObject({
      status: 401,
      body: { error: 'invalid_token' },
    })
  })

  it('is unknown before 15.5', async () => {
    const old = await buildApp({ fixture: world(), profiles: { gitlab: '14' } })
    expect(await ask(old, `GET ${SELF}`, 'dee-token')).toMatchObject({
      status: 404,
      body: { error: '404 Not Found' },
    })
    await old.close()
  })
})
