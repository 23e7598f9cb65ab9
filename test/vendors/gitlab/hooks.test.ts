import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { NOW, project, world } from './world.ts'

const HOOKS = '/api/v4/projects/1/hooks'
const FORBIDDEN = [403, { message: '403 Forbidden' }]
const NOT_FOUND = [404, { message: '404 Not found' }]

let app: FastifyInstance
let mia: Call
const as = (token: string) => callerOf(app, { 'private-token': token })

/** A hook as lists show it. */
const listed = (id: number, url: string, more: object = {}) => ({
  id,
  url,
  name: null,
  description: null,
  created_at: '2024-06-01T12:00:00.000Z',
  push_events: true,
  tag_push_events: false,
  merge_requests_events: false,
  repository_update_events: false,
  enable_ssl_verification: true,
  alert_status: 'executable',
  disabled_until: null,
  push_events_branch_filter: null,
  branch_filter_strategy: 'wildcard',
  custom_webhook_template: null,
  project_id: 1,
  issues_events: false,
  confidential_issues_events: false,
  note_events: false,
  confidential_note_events: false,
  pipeline_events: false,
  wiki_page_events: false,
  deployment_events: false,
  feature_flag_events: false,
  job_events: false,
  releases_events: false,
  milestone_events: false,
  emoji_events: false,
  resource_access_token_events: false,
  ...more,
})

/** A hook on its own. */
const hook = (id: number, url: string, more: object = {}) =>
  listed(id, url, { url_variables: [], custom_headers: [], ...more })

beforeEach(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        webhooks: [
          { url: 'http://127.0.0.1:9/any' },
          { url: 'http://127.0.0.1:9/other', vendor: 'bitbucket' },
          { url: 'http://127.0.0.1:9/tags', vendor: 'gitlab', secret: 's3cret', events: ['tag_push_events'] },
        ],
      }),
      project('acme/open', 2, { visibility: 'public' }),
      project('acme/attic', 3, { archived: true }),
    ),
  })
  mia = as('mia-token')
})
afterEach(() => app.close())

const post = (payload: object) => answer(mia('POST', HOOKS, { payload }))
const created_at = '2024-01-01T00:00:00.000Z'

describe('a list of hooks', () => {
  it('has the hooks of no vendor and those of GitLab, and no secrets', async () => {
    expect(await answer(mia('GET', HOOKS))).toEqual([
      200,
      [
        listed(1, 'http://127.0.0.1:9/any', { created_at, tag_push_events: true }),
        listed(3, 'http://127.0.0.1:9/tags', { created_at, push_events: false, tag_push_events: true }),
      ],
    ])
  })

  it('is paged', async () => {
    const { body, headers } = await mia('GET', `${HOOKS}?per_page=1&page=2`)
    expect(body).toEqual([
      listed(3, 'http://127.0.0.1:9/tags', { created_at, push_events: false, tag_push_events: true }),
    ])
    expect(headers).toMatchObject({ 'x-total': '2', 'x-page': '2', 'x-prev-page': '1', 'x-next-page': '' })
  })
})

describe('one hook', () => {
  it('has the keys in the order of the entity', async () => {
    const { text } = await mia('GET', `${HOOKS}/1`)
    expect(Object.keys(JSON.parse(text)).slice(0, 19)).toEqual([
      'id',
      'url',
      'name',
      'description',
      'created_at',
      'push_events',
      'tag_push_events',
      'merge_requests_events',
      'repository_update_events',
      'enable_ssl_verification',
      'alert_status',
      'disabled_until',
      'url_variables',
      'push_events_branch_filter',
      'branch_filter_strategy',
      'custom_webhook_template',
      'custom_headers',
      'project_id',
      'issues_events',
    ])
  })

  it.each(['2', '99'])('%s is not there', async (id) => {
    expect(await answer(mia('GET', `${HOOKS}/${id}`))).toEqual(NOT_FOUND)
    expect(await answer(mia('PUT', `${HOOKS}/${id}`, { payload: { url: 'http://x' } }))).toEqual(NOT_FOUND)
    expect(await answer(mia('DELETE', `${HOOKS}/${id}`))).toEqual(NOT_FOUND)
  })

  it('is named by a number', async () => {
    expect(await answer(mia('GET', `${HOOKS}/x`))).toEqual([400, { error: 'hook_id is invalid' }])
  })
})

describe('adding a hook', () => {
  it('hears of pushes unless told otherwise', async () => {
    expect(await post({ url: 'http://127.0.0.1:9/new' })).toEqual([201, hook(4, 'http://127.0.0.1:9/new')])
    expect(await answer(mia('GET', `${HOOKS}/4`))).toEqual([200, hook(4, 'http://127.0.0.1:9/new')])
  })

  it('takes every property and tells neither token nor values', async () => {
    const payload = {
      url: 'https://{place}.example.test/x',
      name: 'CI',
      description: 'Builds',
      token: 'very-secret',
      push_events: false,
      tag_push_events: true,
      releases_events: 'true',
      enable_ssl_verification: false,
      push_events_branch_filter: 'main',
      branch_filter_strategy: 'all_branches',
      custom_webhook_template: '{"a":1}',
      url_variables: [{ key: 'place', value: 'secret-host' }],
      custom_headers: [{ key: 'X-Key', value: 'secret-header' }],
    }
    const reply = await mia('POST', HOOKS, { payload })
    expect([reply.status, reply.body]).toEqual([
      201,
      hook(4, 'https://{place}.example.test/x', {
        name: 'CI',
        description: 'Builds',
        push_events: false,
        tag_push_events: true,
        releases_events: true,
        enable_ssl_verification: false,
        push_events_branch_filter: 'main',
        branch_filter_strategy: 'all_branches',
        custom_webhook_template: '{"a":1}',
        url_variables: [{ key: 'place' }],
        custom_headers: [{ key: 'X-Key' }],
      }),
    ])
    expect(reply.text).not.toContain('secret')
    const opened = await app.worlds.live.open(app.worlds.live.spec(1) as never)
    expect(opened.webhooks.at(-1)).toMatchObject({
      secret: 'very-secret',
      vendor: 'gitlab',
      events: ['tag_push_events', 'releases_events'],
      settings: { url_variables: { place: 'secret-host' }, custom_headers: { 'X-Key': 'secret-header' } },
    })
  })

  it.each([
    [{}, 'url is missing'],
    [{ url: 'http://x', push_events: 'maybe' }, 'push_events is invalid'],
    [
      { url: 'http://x', branch_filter_strategy: 'none' },
      'branch_filter_strategy does not have a valid value',
    ],
    [{ url: 'http://x', url_variables: [{ key: 'a' }] }, 'url_variables[0][value] is missing'],
  ])('refuses %j with 400', async (payload, error) => {
    expect(await post(payload)).toEqual([400, { error }])
  })

  it.each(['', 'https://{unset}.example.test', 'ftp://example.test', 'nonsense', 'javascript:alert(1)'])(
    'refuses the URL %j with 422',
    async (url) => {
      expect(await post({ url })).toEqual([422, { error: 'Invalid url given' }])
    },
  )
})

describe('changing a hook', () => {
  const put = (id: number, payload: object) => answer(mia('PUT', `${HOOKS}/${id}`, { payload }))
  const secretOf = async (id: number) =>
    (await app.worlds.live.open(app.worlds.live.spec(1) as never)).webhooks.find((known) => known.id === id)
      ?.secret

  it('keeps what is not named', async () => {
    const changed = { created_at, push_events: false, tag_push_events: true, pipeline_events: true }
    expect(await put(3, { pipeline_events: true })).toEqual([
      200,
      hook(3, 'http://127.0.0.1:9/tags', changed),
    ])
    expect(await secretOf(3)).toBe('s3cret')
  })

  it('forgets the token with the address, unless a new one comes along', async () => {
    expect((await put(3, { url: 'http://127.0.0.1:9/moved' }))[0]).toBe(200)
    expect(await secretOf(3)).toBeNull()
    await put(3, { url: 'http://127.0.0.1:9/again', token: 'fresh' })
    expect(await secretOf(3)).toBe('fresh')
  })

  it('clears a text with null', async () => {
    await put(1, { description: 'Something' })
    expect(await put(1, { description: null })).toEqual([
      200,
      hook(1, 'http://127.0.0.1:9/any', { created_at, tag_push_events: true }),
    ])
  })

  it('refuses a bad URL and an empty change', async () => {
    expect(await put(1, { url: 'nonsense' })).toEqual([422, { error: 'Invalid url given' }])
    expect(await put(1, {})).toEqual([400, { error: 'No parameters provided' }])
    expect(await put(1, { unknown: true })).toEqual([400, { error: 'No parameters provided' }])
  })
})

describe('removing a hook', () => {
  it('answers 204, once', async () => {
    expect(await answer(mia('DELETE', `${HOOKS}/1`))).toEqual([204, ''])
    expect(await answer(mia('DELETE', `${HOOKS}/1`))).toEqual(NOT_FOUND)
  })

  it('compares If-Unmodified-Since with the last change', async () => {
    await mia('PUT', `${HOOKS}/1`, { payload: { push_events: false } })
    const headers = { 'if-unmodified-since': 'Sat, 01 Jun 2024 11:00:00 GMT' }
    expect(await answer(mia('DELETE', `${HOOKS}/1`, { headers }))).toEqual([
      412,
      { message: '412 Precondition Failed' },
    ])
  })
})

describe('who may', () => {
  it.each(['dee-token', 'rex-token', 'gus-token'])('%s may neither read nor write', async (token) => {
    const call = as(token)
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/1'],
      ['POST', ''],
      ['PUT', '/1'],
      ['DELETE', '/1'],
    ] as const) {
      expect(await answer(call(method, HOOKS + path))).toEqual(FORBIDDEN)
    }
  })

  it('wants a user before it looks for the project', async () => {
    const unauthorized = [401, { message: '401 Unauthorized' }]
    for (const id of [1, 2, 99])
      expect(await answer(callerOf(app)('GET', `/api/v4/projects/${id}/hooks`))).toEqual(unauthorized)
    expect(await answer(as('sam-token')('GET', HOOKS))).toEqual([404, { message: '404 Project Not Found' }])
    expect(await answer(as('sam-token')('GET', '/api/v4/projects/2/hooks'))).toEqual(FORBIDDEN)
  })

  it('lets an archived project be read only', async () => {
    expect(await answer(mia('GET', '/api/v4/projects/3/hooks'))).toEqual([200, []])
    expect(await answer(mia('POST', '/api/v4/projects/3/hooks', { payload: { url: 'http://x' } }))).toEqual(
      FORBIDDEN,
    )
  })
})
