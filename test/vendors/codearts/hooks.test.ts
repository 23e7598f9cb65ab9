import type { FastifyInstance } from 'fastify'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { FORBIDDEN, invalid, MISSING, NOW, project, world } from './world.ts'

const HOOKS = '/v4/repositories/1/hooks'

let app: FastifyInstance
const as = (token: string): Call => callerOf(app, { 'x-auth-token': token })
const mia: Call = (...given) => as('mia-token')(...given)

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        webhooks: [
          { url: 'http://any.test/hook', secret: 's' },
          { url: 'http://other.test/hook', vendor: 'gitlab' },
        ],
      }),
    ),
  })
  return () => app.close()
})
beforeEach(() => app.worlds.reset())

const FIXED = {
  url: 'http://any.test/hook',
  name: '',
  description: '',
  token: '******',
  token_type: 'X-Repo-Token',
  push_events: true,
  push_events_branch_regex_filter: '',
  tag_push_events: true,
  merge_requests_events: false,
  note_events: false,
  id: 1,
  created_at: '2024-01-01T00:00:00.000Z',
  updated_at: '2024-01-01T00:00:00.000Z',
}
const WANTED = {
  url: 'https://ci.test/hook?x=1',
  name: 'CI',
  description: 'Builds tags',
  token: 's3cret',
  token_type: 'X-Gitlab-Token',
  push_events: false,
  push_events_branch_regex_filter: '^main$',
  tag_push_events: true,
  merge_requests_events: true,
  note_events: false,
}
const MADE = {
  ...WANTED,
  token: '******',
  id: 3,
  created_at: '2024-06-01T12:00:00.000Z',
  updated_at: '2024-06-01T12:00:00.000Z',
}

describe('hooks', () => {
  it('are listed without their tokens, and without those of other vendors', async () => {
    const { status, body, headers } = await mia('GET', HOOKS)
    expect([status, body, headers['x-total']]).toEqual([200, [FIXED], '1'])
  })

  it('are made with 201, the one time that the token is shown', async () => {
    expect(await answer(mia('POST', HOOKS, { payload: WANTED }))).toEqual([201, { ...MADE, token: 's3cret' }])
    expect(await answer(mia('GET', `${HOOKS}/3`))).toEqual([200, MADE])
    const kept = (await app.worlds.live.open(app.worlds.live.spec(1)!)).webhooks.find(({ id }) => id === 3)
    expect(kept).toMatchObject({
      secret: 's3cret',
      vendor: 'codearts',
      events: ['tag_push_events', 'merge_requests_events'],
    })
  })

  it('hear of nothing unless told, and sign with X-Repo-Token', async () => {
    expect((await mia('POST', HOOKS, { payload: { url: 'http://x.test' } })).body).toMatchObject({
      token: '',
      token_type: 'X-Repo-Token',
      push_events: false,
      tag_push_events: false,
      merge_requests_events: false,
      note_events: false,
    })
  })

  it('are changed in part', async () => {
    const payload = { tag_push_events: false, token: '' }
    expect(await answer(mia('PUT', `${HOOKS}/1`, { payload }))).toEqual([
      200,
      { ...FIXED, tag_push_events: false, token: '', updated_at: '2024-06-01T12:00:00.000Z' },
    ])
  })

  it('are deleted once', async () => {
    expect(await answer(mia('DELETE', `${HOOKS}/1`))).toEqual([204, ''])
    for (const method of ['DELETE', 'GET']) expect(await answer(mia(method, `${HOOKS}/1`))).toEqual(MISSING)
    expect(await answer(mia('GET', `${HOOKS}/2`))).toEqual(MISSING)
  })

  it.each([
    [{}, 'url', 'The parameter is required.'],
    [{ url: 'ftp://x' }, 'url', 'The url must be an HTTP or HTTPS address.'],
    [{ url: 'nonsense' }, 'url', 'The url must be an HTTP or HTTPS address.'],
    [
      { url: 'http://x.test', token_type: 'X-Mine' },
      'token_type',
      'The token_type must be one of X-Repo-Token, X-Gitlab-Token, X-Auth-Token.',
    ],
    [{ url: 'http://x.test', push_events: 1 }, 'push_events', 'The push_events must be true or false.'],
  ])('are not made of %j', async (payload, field, reason) => {
    expect(await answer(mia('POST', HOOKS, { payload }))).toEqual(invalid(field, reason))
  })

  it('are for managers', async () => {
    for (const token of ['dee-token', 'rex-token', 'sam-token'])
      expect(await answer(as(token)('GET', HOOKS))).toEqual(FORBIDDEN)
  })
})

describe('hooks of v1', () => {
  const url = '/v1/repositories/acme/widgets/hooks'
  const payload = {
    hook_url: 'http://ci.test',
    service: 'zadig',
    token: 't',
    hook_events: ['tag_push_events'],
  }

  it('are made in an envelope, by group and name, and send their token in another header', async () => {
    expect(await answer(mia('POST', url, { payload }))).toEqual([
      200,
      {
        result: {
          id: 3,
          project_id: 1,
          created_at: '2024-06-01T12:00:00.000Z',
          enable_ssl_verification: false,
          push_events: false,
          tag_push_events: true,
          merge_requests_events: false,
          note_events: false,
        },
        status: 'success',
      },
    ])
    expect((await mia('GET', `${HOOKS}/3`)).body).toMatchObject({
      url: 'http://ci.test',
      token: '******',
      token_type: 'X-Codehub-Token',
      tag_push_events: true,
    })
  })

  it('are refused in the words of v1', async () => {
    const status = async (token: string, at: string, body: object) => {
      const reply = await as(token)('POST', at, { payload: body })
      return [reply.status, (reply.body as { error: { code: string } }).error.code]
    }
    expect(await status('dee-token', url, payload)).toEqual([403, 'CH.080403'])
    expect(await status('sam-token', url, payload)).toEqual([401, 'CH.080401'])
    expect(await status('mia-token', '/v1/repositories/acme/none/hooks', payload)).toEqual([401, 'CH.080401'])
    expect(await status('mia-token', url, { ...payload, hook_events: ['x'] })).toEqual([400, 'CH.010001'])
    expect(await status('nope', url, payload)).toEqual([401, 'CH.080401'])
  })
})
