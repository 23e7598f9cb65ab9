import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, callerOf } from '../../caller.ts'
import { BAD_LOGIN, basic, bearer, NOT_PERMITTED, NOW, project, thrown, world } from './world.ts'

const REPOS = '/rest/api/1.0/projects/ACME/repos'
const GIT = '/rest/git/1.0/projects/ACME/repos'

let app: FastifyInstance

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/private', 1),
      project('acme/open', 2, { visibility: 'public' }),
      project('acme/inner', 3, { visibility: 'internal', members: {} }),
      project('acme/kept', 4, { archived: true }),
      project('acme/bare', 5, { commits: [], features: { repository: 'disabled' } }),
      project('dee/own', 6, { members: {} }),
      project('acme/ten', 7, { profiles: { bitbucket: 'dc10' } }),
    ),
  })
})
afterAll(() => app.close())

const read = (headers: Record<string, string>, slug: string) =>
  answer(callerOf(app, headers)('GET', `${REPOS}/${slug}/tags`))

let count = 0
const write = (headers: Record<string, string>, slug: string) => {
  const payload = { name: `t${++count}`, startPoint: 'main' }
  return answer(callerOf(app, headers)('POST', `${GIT}/${slug}/tags`, { payload }))
}

describe('a credential', () => {
  it.each([
    ['a password', basic('dee', 'dee-password')],
    ['a password under another spelling of the name', basic('DEE', 'dee-password')],
    ['a token', bearer('dee-token')],
    ['a token in the place of the password', basic('dee', 'dee-token')],
    ['a token in the place of the password, under any name', basic('x-token-auth', 'dee-token')],
    [
      'a scheme in capitals',
      { authorization: `BASIC ${Buffer.from('dee:dee-password').toString('base64')}` },
    ],
    ['blanks around', { authorization: '  Bearer   dee-token  ' }],
  ])('is %s', async (_what, headers) => {
    expect((await read(headers, 'private'))[0]).toBe(200)
  })

  it.each([
    ['a wrong password', basic('dee', 'nope')],
    ['an unknown user', basic('ghost', 'dee-password')],
    ['no password', basic('dee', '')],
    ['nothing at all', basic('', '')],
    ['no colon', { authorization: `Basic ${Buffer.from('dee').toString('base64')}` }],
    ['no Base64', { authorization: 'Basic !!!' }],
    ['an empty scheme', { authorization: 'Basic' }],
    ['an unknown token', bearer('nope')],
    ['no token', { authorization: 'Bearer' }],
    ['an expired token', bearer('dee-old')],
    ['a revoked token', bearer('dee-gone')],
    ['the token of a CI job', bearer('dee-job')],
    ['an unsigned OAuth request', { authorization: 'OAuth oauth_consumer_key="x"' }],
  ])('is refused everywhere, not taken for anonymous: %s', async (_what, headers) => {
    const call = callerOf(app, headers)
    for (const path of [`${REPOS}/open/tags`, `${REPOS}/nope/tags`, '/rest/api/1.0/nowhere']) {
      const reply = await call('GET', path)
      expect([reply.status, reply.body]).toEqual([401, BAD_LOGIN])
      expect(reply.headers['www-authenticate']).toBe('Basic realm="Atlassian Bitbucket"')
      expect(reply.headers['x-ausername']).toBeUndefined()
    }
  })

  it('is elsewhere than in a query or in the headers of other forges', async () => {
    const asked = callerOf(app, { 'private-token': 'dee-token', cookie: 'BITBUCKETSESSIONID=1' })
    expect(await answer(asked('GET', `${REPOS}/private/tags?access_token=dee-token`))).toEqual([
      401,
      NOT_PERMITTED,
    ])
    expect((await read({ authorization: 'Negotiate abc' }, 'open'))[0]).toBe(200)
  })

  it('of somebody without a licence is told so', async () => {
    const unlicensed = thrown(
      'auth.NoAccessAuthenticationException',
      'You are not currently licensed to use Bitbucket.\nPlease contact your administrator to resolve this issue.',
    )
    expect(await read(basic('bob', 'bob-password'), 'open')).toEqual([401, unlicensed])
    expect(await read(bearer('bob-token'), 'open')).toEqual([401, unlicensed])
    expect(await read(basic('bob', 'nope'), 'open')).toEqual([401, BAD_LOGIN])
  })
})

describe('a permission', () => {
  it.each([
    ['root-token', 200, 201],
    ['mia-token', 200, 201],
    ['dee-token', 200, 201],
    ['rex-token', 200, 401],
    ['gus-token', 401, 401],
    ['sam-token', 401, 401],
    ['dee-reads', 200, 401],
    ['dee-project-reads', 200, 401],
    ['dee-writes', 200, 201],
    ['dee-elsewhere', 401, 401],
  ])('of %s in a private repository: reading %i, writing %i', async (token, reading, writing) => {
    const [readStatus, readBody] = await read(bearer(token), 'private')
    const [writeStatus, writeBody] = await write(bearer(token), 'private')
    expect([readStatus, writeStatus]).toEqual([reading, writing])
    if (reading === 401) expect(readBody).toEqual(NOT_PERMITTED)
    if (writing === 401) expect(writeBody).toEqual(NOT_PERMITTED)
  })

  it('to read a public repository is everybody’s, to write only a member’s', async () => {
    for (const headers of [{}, bearer('gus-token'), bearer('sam-token'), bearer('dee-elsewhere')]) {
      expect((await read(headers, 'open'))[0]).toBe(200)
      expect(await write(headers, 'open')).toEqual([401, NOT_PERMITTED])
    }
    expect((await write(bearer('dee-token'), 'open'))[0]).toBe(201)
  })

  it('to read may be everybody’s who is signed in', async () => {
    expect((await read(bearer('sam-token'), 'inner'))[0]).toBe(200)
    expect(await read({}, 'inner')).toEqual([401, NOT_PERMITTED])
  })

  it('for personal repositories is their owner’s', async () => {
    const url = '/rest/api/1.0/projects/~dee/repos/own'
    const as = (token: string) => answer(callerOf(app, bearer(token))('GET', `${url}/webhooks`))
    expect((await as('dee-token'))[0]).toBe(200)
    expect(await as('mia-token')).toEqual([401, NOT_PERMITTED])
  })

  it('that is missing does not ask for another login', async () => {
    const reply = await callerOf(app)('GET', `${REPOS}/private/tags`)
    expect(reply.headers['www-authenticate']).toBeUndefined()
  })

  it('to write ends with archiving', async () => {
    expect((await read(bearer('dee-token'), 'kept'))[0]).toBe(200)
    expect(await write(bearer('dee-token'), 'kept')).toEqual([
      409,
      thrown(
        'repository.IllegalRepositoryStateException',
        'Repository ACME/kept is archived and cannot be changed.',
      ),
    ])
  })

  it('that anonymous callers miss has another name in 10', async () => {
    const required = {
      errors: [
        {
          context: null,
          message: 'You are not permitted to access this resource',
          exceptionName: 'com.atlassian.plugins.rest.api.security.exception.AuthenticationRequiredException',
        },
      ],
    }
    expect(await read({}, 'ten')).toEqual([401, required])
    expect(await write({}, 'ten')).toEqual([401, required])
    expect(await read(bearer('sam-token'), 'ten')).toEqual([401, NOT_PERMITTED])
  })
})
