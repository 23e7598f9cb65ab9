import { afterEach, describe, expect, it } from 'vitest'
import type { Options } from '../../src/index.ts'
import {
  C1,
  C2,
  type FixtureHook,
  NOTED,
  NOTHING,
  openWorld,
  TAGS,
  UUID,
  type WebhookWorld,
} from './webhook-world.ts'

let world: WebhookWorld | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

async function open(hook: Partial<FixtureHook> = {}, options: Partial<Options> = {}): Promise<WebhookWorld> {
  world = await openWorld((url) => [{ url, vendor: 'gitlab', ...hook }], options)
  return world
}

const project = {
  id: 1,
  name: 'Widgets',
  description: null,
  web_url: 'http://forge.example.test/acme/widgets',
  avatar_url: null,
  git_ssh_url: 'git@forge.example.test:acme/widgets.git',
  git_http_url: 'http://forge.example.test/acme/widgets.git',
  namespace: 'Acme',
  visibility_level: 0,
  path_with_namespace: 'acme/widgets',
  default_branch: 'main',
  ci_config_path: null,
  homepage: 'http://forge.example.test/acme/widgets',
  url: 'git@forge.example.test:acme/widgets.git',
  ssh_url: 'git@forge.example.test:acme/widgets.git',
  http_url: 'http://forge.example.test/acme/widgets.git',
}

const repository = {
  name: 'Widgets',
  url: 'git@forge.example.test:acme/widgets.git',
  description: null,
  homepage: 'http://forge.example.test/acme/widgets',
  git_http_url: 'http://forge.example.test/acme/widgets.git',
  git_ssh_url: 'git@forge.example.test:acme/widgets.git',
  visibility_level: 0,
}

const commit1 = {
  id: C1,
  message: 'One\n',
  title: 'One',
  timestamp: '2024-01-01T10:00:00+02:00',
  url: `http://forge.example.test/acme/widgets/-/commit/${C1}`,
  author: { name: 'Mia Maintainer', email: '[REDACTED]' },
  added: ['a & b.txt', 'old.txt'],
  modified: [],
  removed: [],
}

const commit2 = {
  id: C2,
  message: 'Two\n\nMore.\n',
  title: 'Two',
  timestamp: '2024-01-02T10:00:00-03:30',
  url: `http://forge.example.test/acme/widgets/-/commit/${C2}`,
  author: { name: 'Somebody Else', email: 'else@example.test' },
  added: ['new.txt'],
  modified: ['a & b.txt'],
  removed: ['old.txt'],
}

const tagPush = (facts: object) => ({
  object_kind: 'tag_push',
  event_name: 'tag_push',
  user_id: 1,
  user_name: 'Mia Maintainer',
  user_username: 'mia',
  user_email: '',
  user_avatar: null,
  project_id: 1,
  project,
  push_options: {},
  repository,
  ...facts,
})

const KEYS = [
  'object_kind',
  'event_name',
  'before',
  'after',
  'ref',
  'ref_protected',
  'checkout_sha',
  'message',
  'user_id',
  'user_name',
  'user_username',
  'user_email',
  'user_avatar',
  'project_id',
  'project',
  'commits',
  'total_commits_count',
  'push_options',
  'repository',
]

describe('the Tag Push Hook', () => {
  it('tells of a new tag, in the order of keys that GitLab has', async () => {
    const { call, receiver, settle } = await open()
    await call('POST', `${TAGS}?tag_name=v1&ref=main`)
    await settle()
    const [received] = receiver.received
    expect(received?.body).toEqual(
      tagPush({
        before: NOTHING,
        after: C2,
        ref: 'refs/tags/v1',
        ref_protected: true,
        checkout_sha: C2,
        message: '',
        commits: [commit2],
        total_commits_count: 1,
      }),
    )
    expect(Object.keys(received?.body as object)).toEqual(KEYS)
    expect(received?.text).toContain(JSON.stringify(project))
    expect(received?.text).toContain('"a \\u0026 b.txt"')
  })

  it('gives the tag object’s id for an annotated tag, and its commit to check out', async () => {
    const { call, receiver, settle } = await open()
    const { body } = await call('POST', `${TAGS}?tag_name=new&ref=${C1}&message=Hello`)
    await settle()
    expect(receiver.received.map((received) => received.body)).toEqual([
      tagPush({
        before: NOTHING,
        after: (body as { target: string }).target,
        ref: 'refs/tags/new',
        ref_protected: false,
        checkout_sha: C1,
        message: 'Hello',
        commits: [commit1],
        total_commits_count: 1,
      }),
    ])
    expect((body as { target: string }).target).not.toBe(C1)
  })

  it('tells of a deleted tag', async () => {
    const { call, receiver, settle } = await open()
    await call('DELETE', `${TAGS}/noted`)
    await settle()
    expect(receiver.received.map((received) => received.body)).toEqual([
      tagPush({
        before: NOTED,
        after: NOTHING,
        ref: 'refs/tags/noted',
        ref_protected: false,
        checkout_sha: null,
        message: null,
        commits: [],
        total_commits_count: 0,
      }),
    ])
  })

  it('carries GitLab’s headers', async () => {
    const { call, receiver, settle } = await open({ secret: 's3cret' })
    await call('POST', `${TAGS}?tag_name=new&ref=main`)
    await settle()
    const [received] = receiver.received
    expect([received?.method, received?.url]).toEqual(['POST', '/hook'])
    expect(received?.headers).toEqual({
      'content-type': 'application/json',
      'user-agent': 'GitLab/18.5.0-ee',
      'idempotency-key': expect.stringMatching(UUID),
      'x-gitlab-event': 'Tag Push Hook',
      'x-gitlab-webhook-uuid': expect.stringMatching(UUID),
      'x-gitlab-instance': 'http://forge.example.test',
      'x-gitlab-event-uuid': expect.stringMatching(UUID),
      'x-gitlab-token': 's3cret',
      host: `127.0.0.1:${receiver.port}`,
      connection: 'close',
      'content-length': String(received?.text.length),
    })
  })

  it.each([
    ['14', ['x-gitlab-event', 'x-gitlab-event-uuid'], 'GitLab/14.10.5-ee'],
    ['13', ['x-gitlab-event'], 'GitLab/13.12.15-ee'],
  ])('knows less in version %s', async (profile, headers, agent) => {
    const { call, receiver, settle } = await open({}, { profiles: { gitlab: profile } })
    await call('POST', `${TAGS}?tag_name=new&ref=${C1}`)
    await settle()
    const [received] = receiver.received
    expect(Object.keys(received?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual(headers)
    expect(received?.headers['user-agent']).toBe(agent)
    expect(received?.body).not.toHaveProperty('ref_protected')
    expect(received?.body).toMatchObject({ commits: [{ author: { email: 'mia@example.test' } }] })
  })
})

describe('the Push Hook', () => {
  it('tells of a new branch with the commits that the default branch does not have', async () => {
    const { call, receiver, settle } = await open()
    await call('POST', `/api/v4/projects/1/repository/branches?branch=side&ref=${C1}`)
    await settle()
    const [received] = receiver.received
    expect(received?.headers['x-gitlab-event']).toBe('Push Hook')
    expect(received?.body).toEqual({
      ...tagPush({
        before: NOTHING,
        after: C1,
        ref: 'refs/heads/side',
        ref_protected: false,
        checkout_sha: C1,
        message: null,
        commits: [],
        total_commits_count: 0,
      }),
      object_kind: 'push',
      event_name: 'push',
    })
  })

  it.each([
    [{ push_events_branch_filter: 'si*' }, 1],
    [{ push_events_branch_filter: 'x*' }, 0],
    [{ push_events_branch_filter: '^s.d', branch_filter_strategy: 'regex' }, 1],
    [{ push_events_branch_filter: '(', branch_filter_strategy: 'regex' }, 0],
    [{ push_events_branch_filter: 'x*', branch_filter_strategy: 'all_branches' }, 1],
  ])('minds the branch filter %j', async (filter, count) => {
    const { call, receiver, settle } = await open()
    await call('PUT', '/api/v4/projects/1/hooks/1', { payload: { ...filter } })
    await call('POST', `/api/v4/projects/1/repository/branches?branch=side&ref=${C1}`)
    await settle()
    expect(receiver.received).toHaveLength(count)
  })

  it('is not stalled by a filter that would be matched for ever', async () => {
    const { call, receiver, settle } = await open()
    const filter = { push_events_branch_filter: '^(([a-z])+.)+[A-Z]$', branch_filter_strategy: 'regex' }
    await call('PUT', '/api/v4/projects/1/hooks/1', { payload: filter })
    await call('POST', `/api/v4/projects/1/repository/branches?branch=${'a'.repeat(40)}&ref=${C1}`)
    await settle()
    expect(receiver.received).toEqual([])
  })
})

describe('a hook made through GitLab’s API', () => {
  const HOOKS = '/api/v4/projects/1/hooks'

  it('is told of tags only when it asks for them', async () => {
    const { call, receiver, settle } = await open({ events: [] })
    await call('POST', HOOKS, { payload: { url: `${receiver.url}/pushes` } })
    await call('POST', HOOKS, {
      payload: { url: `${receiver.url}/tags`, tag_push_events: true, push_events: false },
    })
    await call('POST', `${TAGS}?tag_name=new&ref=main`)
    await call('POST', '/api/v4/projects/1/repository/branches?branch=side&ref=main')
    await settle()
    expect(receiver.received.map(({ url }) => url).sort()).toEqual(['/hook/pushes', '/hook/tags'])
    expect(receiver.received.find(({ url }) => url === '/hook/tags')?.body).toMatchObject({
      object_kind: 'tag_push',
    })
  })

  it('goes to its URL with the variables filled in, with its own headers and template', async () => {
    const { call, receiver, settle } = await open({ events: [] })
    await call('POST', HOOKS, {
      payload: {
        url: `${receiver.url}/{place}`,
        tag_push_events: true,
        url_variables: [{ key: 'place', value: 'there' }],
        custom_headers: [{ key: 'X-Mine', value: 'yes' }],
        custom_webhook_template:
          '{"tag":"{{ref}}","of":"{{project.name}}","ids":{{project_id}},"x":{{nope.x}}}',
      },
    })
    await call('POST', `${TAGS}?tag_name=new&ref=main`)
    await settle()
    const [received] = receiver.received
    expect([received?.url, received?.headers['x-mine']]).toEqual(['/hook/there', 'yes'])
    expect(received?.text).toBe('{"tag":"refs/tags/new","of":"Widgets","ids":1,"x":null}')
  })

  it('is not told anything when its template makes no JSON', async () => {
    const { call, receiver, settle } = await open()
    await call('PUT', `${HOOKS}/1`, { payload: { custom_webhook_template: '{{ref}}' } })
    await call('POST', `${TAGS}?tag_name=new&ref=main`)
    expect(await settle()).toEqual([])
    expect(receiver.received).toEqual([])
  })
})

describe('POST /projects/:id/hooks/:hook_id/test/:trigger', () => {
  const test = (trigger: string, hook = 1) => `/api/v4/projects/1/hooks/${hook}/test/${trigger}`

  it('sends the newest commits as if a tag had been pushed, and waits for the answer', async () => {
    const { call, receiver } = await open({ secret: 's3cret' })
    const { status, body } = await call('POST', test('tag_push_events'))
    expect([status, body]).toEqual([201, { message: '201 Created' }])
    const [received] = receiver.received
    expect(received?.headers).toMatchObject({ 'x-gitlab-event': 'Tag Push Hook', 'x-gitlab-token': 's3cret' })
    expect(received?.body).toEqual(
      tagPush({
        before: C1,
        after: C2,
        ref: 'refs/tags/noted',
        ref_protected: false,
        checkout_sha: C2,
        message: null,
        commits: [commit2, commit1],
        total_commits_count: 2,
      }),
    )
  })

  it('sends a push of the default branch', async () => {
    const { call, receiver } = await open()
    expect((await call('POST', test('push_events'))).status).toBe(201)
    expect(receiver.received[0]?.headers['x-gitlab-event']).toBe('Push Hook')
    expect(receiver.received[0]?.body).toMatchObject({
      object_kind: 'push',
      ref: 'refs/heads/main',
      ref_protected: true,
      before: C1,
      after: C2,
      checkout_sha: C2,
    })
  })

  it('answers with what the receiver said when that did not like it', async () => {
    const { call, receiver } = await open()
    receiver.answer = (response) => response.writeHead(500).end('out of order')
    const { status, body } = await call('POST', test('push_events'))
    expect([status, body]).toEqual([422, { message: 'out of order' }])
  })

  it.each([
    [test('issues_events'), 422, { message: 'Ensure the project has issues.' }],
    [test('wiki_page_events'), 422, { message: 'Testing not available for this hook' }],
    [test('nope'), 400, { error: 'trigger does not have a valid value' }],
    [test('push_events', 99), 404, { message: '404 Not found' }],
  ])('refuses %s', async (url, status, body) => {
    const { call, receiver } = await open()
    const reply = await call('POST', url)
    expect([reply.status, reply.body]).toEqual([status, body])
    expect(receiver.received).toEqual([])
  })

  it('is for maintainers', async () => {
    const { call } = await open()
    const reply = await call('POST', test('push_events'), { headers: { 'private-token': 'dee-token' } })
    expect([reply.status, reply.body]).toEqual([403, { message: '403 Forbidden' }])
  })

  it('is not known to version 14', async () => {
    const { call } = await open({}, { profiles: { gitlab: '14' } })
    expect((await call('POST', test('push_events'))).status).toBe(404)
  })
})
