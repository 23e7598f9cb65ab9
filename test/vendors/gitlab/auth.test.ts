import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, callerOf } from '../../caller.ts'
import { NOW, project, world } from './world.ts'

const PRIVATE = '/api/v4/projects/1/repository/tags'
const PUBLIC = '/api/v4/projects/2/repository/tags'
const INTERNAL = '/api/v4/projects/3/repository/tags'
const UNAUTHORIZED = [401, { message: '401 Unauthorized' }]
const NO_PROJECT = [404, { message: '404 Project Not Found' }]
const FORBIDDEN = [403, { message: '403 Forbidden' }]
const LOW_SCOPE = [
  403,
  {
    error: 'insufficient_scope',
    error_description: 'The request requires higher privileges than provided by the access token.',
    scope: 'api read_api',
  },
]

let app: FastifyInstance

beforeAll(async () => {
  const tags = [{ name: 'v1', target: 'c1' }]
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/hidden', 1, { tags, movedFrom: ['acme/former'] }),
      project('acme/open', 2, { tags, visibility: 'public' }),
      project('acme/inside', 3, { tags, visibility: 'internal' }),
      project('acme/closed', 4, { tags, visibility: 'public', features: { repository: 'disabled' } }),
      project('acme/members', 5, { tags, visibility: 'public', features: { repository: 'private' } }),
    ),
  })
})
afterAll(() => app.close())

const get = (url: string, headers: Record<string, string> = {}) => callerOf(app, headers)('GET', url)
const status = async (url: string, headers: Record<string, string> = {}) => (await get(url, headers)).status

describe('a personal token', () => {
  it.each([
    ['PRIVATE-TOKEN', PRIVATE, { 'PRIVATE-TOKEN': 'dee-token' }],
    ['Authorization: Bearer', PRIVATE, { authorization: 'Bearer dee-token' }],
    ['authorization: bearer', PRIVATE, { authorization: 'bearer dee-token' }],
    ['private_token=', `${PRIVATE}?private_token=dee-token`, {}],
    ['access_token=', `${PRIVATE}?access_token=dee-token`, {}],
    ['private_token before PRIVATE-TOKEN', `${PRIVATE}?private_token=dee-token`, { 'private-token': 'bad' }],
    ['PRIVATE-TOKEN before Bearer', PRIVATE, { 'private-token': 'dee-token', authorization: 'Bearer bad' }],
  ])('is read from %s', async (_carrier, url, headers) => {
    expect(await status(url, headers as unknown as Record<string, string>)).toBe(200)
  })

  it('is read from a body', async () => {
    const payload = { tag_name: 'by-body', ref: 'main', private_token: 'dee-token' }
    expect((await callerOf(app)('POST', PRIVATE, { payload })).status).toBe(201)
  })

  it.each([{ 'private-token': 'bad' }, { authorization: 'Bearer bad' }, { 'private-token': 'dee-job' }])(
    'that is unknown is 401 even on a public project: %j',
    async (headers) => {
      const reply = await get(PUBLIC, headers as unknown as Record<string, string>)
      expect([reply.status, reply.body]).toEqual(UNAUTHORIZED)
      expect(reply.text).toHaveLength(30)
      expect(reply.headers['www-authenticate']).toBeUndefined()
    },
  )

  it.each([
    ['dee-old', 'Token is expired. You can either do re-authorization or token refresh.'],
    ['dee-gone', 'Token was revoked. You have to re-authorize from the user.'],
  ])('%s is dead', async (token, description) => {
    const reply = await get(PUBLIC, { 'private-token': token })
    expect([reply.status, reply.body]).toEqual([
      401,
      { error: 'invalid_token', error_description: description },
    ])
    expect(reply.headers['www-authenticate']).toBe(
      `Bearer realm="Protected by OAuth 2.0", error="invalid_token", error_description="${description}"`,
    )
  })

  it('of a blocked user is refused', async () => {
    expect(await answer(get(PUBLIC, { 'private-token': 'bob-token' }))).toEqual([
      403,
      { message: '403 Forbidden - Your account has been blocked.' },
    ])
  })

  it('that only reads may read, and gets the scopes told when it writes', async () => {
    expect(await status(PRIVATE, { 'private-token': 'dee-read' })).toBe(200)
    const write = callerOf(app, { 'private-token': 'dee-read' })
    const reply = await write('POST', PRIVATE, { payload: {} })
    expect([reply.status, reply.body]).toEqual(LOW_SCOPE)
    expect(reply.headers['www-authenticate']).toBeUndefined()
    expect(await answer(write('DELETE', `${PRIVATE}/v1`))).toEqual(LOW_SCOPE)
    expect(await answer(get(PUBLIC, { 'private-token': 'dee-user' }))).toEqual(LOW_SCOPE)
  })

  it('with the scope api may do everything', async () => {
    expect(
      (await callerOf(app, { 'private-token': 'dee-api' })('POST', `${PRIVATE}?tag_name=by-api&ref=main`))
        .status,
    ).toBe(201)
  })

  it('in Basic authentication is not looked at', async () => {
    const basic = `Basic ${Buffer.from('dee:dee-token').toString('base64')}`
    expect(await status(PUBLIC, { authorization: basic })).toBe(200)
    expect(await answer(get(PRIVATE, { authorization: basic }))).toEqual(NO_PROJECT)
  })
})

describe('a job token', () => {
  it.each([{ 'job-token': 'dee-job' }, { authorization: 'Bearer dee-job' }])(
    'lists tags: %j',
    async (headers) => {
      expect(await status(PRIVATE, headers as unknown as Record<string, string>)).toBe(200)
    },
  )

  it('lists tags from a parameter, and is 401 when unknown', async () => {
    expect(await status(`${PRIVATE}?job_token=dee-job`)).toBe(200)
    expect(await answer(get(PUBLIC, { 'job-token': 'bad' }))).toEqual(UNAUTHORIZED)
    expect(await answer(get(PUBLIC, { 'job-token': 'dee-token' }))).toEqual(UNAUTHORIZED)
  })

  it.each([{ 'job-token': 'dee-job' }, { authorization: 'Bearer dee-job' }])(
    'is nobody elsewhere: %j',
    async (headers) => {
      const call = callerOf(app, headers as unknown as Record<string, string>)
      expect(await answer(call('GET', `${PRIVATE}/v1`))).toEqual(NO_PROJECT)
      expect(await answer(call('POST', PUBLIC, { payload: { tag_name: 'x', ref: 'main' } }))).toEqual(
        FORBIDDEN,
      )
      expect((await call('GET', `${PUBLIC}/v1`)).status).toBe(200)
    },
  )
})

describe('sudo', () => {
  it.each([{ sudo: 'dee' }, { sudo: '3' }])('%j acts as that user', async (sudo) => {
    const call = callerOf(app, {
      'private-token': 'root-token',
      ...(sudo as unknown as Record<string, string>),
    })
    const name = `as-${sudo.sudo}`
    await call('POST', `${PRIVATE}?tag_name=${name}&ref=main&message=hi`)
    expect(
      await answer(callerOf(app, { 'private-token': 'root-token', sudo: 'sam' })('GET', PRIVATE)),
    ).toEqual(NO_PROJECT)
  })

  it('works as a parameter and with the scope', async () => {
    expect(await answer(get(`${PRIVATE}?sudo=sam`, { 'private-token': 'root-sudo' }))).toEqual(NO_PROJECT)
  })

  it('is for administrators, with the scope, for users that exist', async () => {
    expect(await answer(get(PUBLIC, { 'private-token': 'dee-token', sudo: 'sam' }))).toEqual([
      403,
      { message: '403 Forbidden - Must be admin to use sudo' },
    ])
    expect(await answer(get(PUBLIC, { 'private-token': 'root-token', sudo: '123' }))).toEqual([
      404,
      { message: "404 User with ID or username '123' Not Found" },
    ])
    expect(await answer(get(PUBLIC, { 'private-token': 'root-api', sudo: 'dee' }))).toMatchObject([
      403,
      { error: 'insufficient_scope', scope: 'sudo' },
    ])
    expect(await answer(get(PUBLIC, { sudo: 'dee' }))).toEqual(UNAUTHORIZED)
  })

  it('needs no other scope, for writing neither', async () => {
    const call = callerOf(app, { 'private-token': 'root-only-sudo' })
    const url = `${PRIVATE}?tag_name=by-scope&ref=main`
    expect((await call('POST', url, { headers: { sudo: 'dee' } })).status).toBe(201)
    expect(await answer(call('GET', PRIVATE))).toEqual(LOW_SCOPE)
    expect(await answer(call('GET', PRIVATE, { headers: { sudo: 'root' } }))).toEqual(LOW_SCOPE)
  })

  it('is refused for who asks before it is for the scopes', async () => {
    expect(await answer(get(PUBLIC, { 'private-token': 'dee-user', sudo: 'sam' }))).toEqual([
      403,
      { message: '403 Forbidden - Must be admin to use sudo' },
    ])
  })
})

describe('who may read', () => {
  it.each([
    ['gus-token', PRIVATE, 403],
    ['rex-token', PRIVATE, 200],
    ['dee-token', PRIVATE, 200],
    ['sam-token', PRIVATE, 404],
    ['root-token', PRIVATE, 200],
    ['gus-token', PUBLIC, 200],
    ['sam-token', INTERNAL, 200],
    ['gus-token', INTERNAL, 200],
    ['root-token', '/api/v4/projects/4/repository/tags', 403],
    ['sam-token', '/api/v4/projects/4/repository/tags', 403],
    ['rex-token', '/api/v4/projects/5/repository/tags', 200],
    ['sam-token', '/api/v4/projects/5/repository/tags', 403],
  ])('%s on %s → %i', async (token, url, expected) => {
    expect(await status(url, { 'private-token': token })).toBe(expected)
    expect(await status(`${url}/v1`, { 'private-token': token })).toBe(expected)
  })

  it('anonymous callers see public projects only', async () => {
    expect(await status(PUBLIC)).toBe(200)
    expect(await answer(get(PRIVATE))).toEqual(NO_PROJECT)
    expect(await answer(get(INTERNAL))).toEqual(NO_PROJECT)
    for (const method of ['POST', 'DELETE'])
      expect((await callerOf(app)(method, method === 'POST' ? PRIVATE : `${PRIVATE}/v1`)).status).toBe(404)
  })
})

describe('the order of checks', () => {
  it('a bad token comes before the project, the project before the parameters, the parameters before the role', async () => {
    expect(
      await answer(get('/api/v4/projects/99/repository/tags?sort=x', { 'private-token': 'bad' })),
    ).toEqual(UNAUTHORIZED)
    expect(
      await answer(get('/api/v4/projects/99/repository/tags?sort=x', { 'private-token': 'dee-token' })),
    ).toEqual(NO_PROJECT)
    expect(await answer(get(`${PRIVATE}?sort=x`, { 'private-token': 'gus-token' }))).toEqual(FORBIDDEN)
    expect(await answer(get(`${PRIVATE}?sort=x`, { 'private-token': 'rex-token' }))).toEqual([
      400,
      { error: 'sort does not have a valid value' },
    ])
  })
})

describe('a moved project', () => {
  it('redirects reads to its id and refuses the rest', async () => {
    const call = callerOf(app, { 'private-token': 'dee-token', host: 'gitlab.test' })
    const reply = await call('GET', '/api/v4/projects/acme%2Fformer/repository/tags?per_page=1')
    expect([reply.status, reply.headers.location]).toEqual([
      301,
      'http://gitlab.test/api/v4/projects/1/repository/tags?per_page=1',
    ])
    const odd = await call('GET', '/api/v4/projects/acme%2Fformer/repository/tags?search=a?b&x=?')
    expect(odd.headers.location).toBe('http://gitlab.test/api/v4/projects/1/repository/tags?search=a?b&x=?')
    expect(
      await answer(call('POST', '/api/v4/projects/acme%2Fformer/repository/tags', { payload: {} })),
    ).toEqual([405, { message: 'Non GET methods are not allowed for moved projects' }])
    expect(await answer(callerOf(app)('GET', '/api/v4/projects/acme%2Fformer/repository/tags'))).toEqual(
      NO_PROJECT,
    )
  })
})
