import { afterEach, describe, expect, it } from 'vitest'
import { C2, type FixtureHook, NOTED, NOTHING, openWorld, TAGS, type WebhookWorld } from './webhook-world.ts'

let world: WebhookWorld | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

async function open(hook: Partial<FixtureHook> = {}): Promise<WebhookWorld> {
  world = await openWorld((url) => [{ url, vendor: 'codearts', ...hook }])
  return world
}

const web = 'http://forge.example.test/acme/widgets'
const ssh = 'git@forge.example.test:acme/widgets.git'

const tagPush = (facts: object) => ({
  object_kind: 'tag_push',
  event_name: 'tag_push',
  user_id: 1,
  user_name: 'Mia Maintainer',
  user_username: 'mia',
  user_email: 'mia@example.test',
  user_avatar: '',
  project_id: 1,
  project: {
    id: 1,
    name: 'Widgets',
    description: '',
    web_url: web,
    avatar_url: null,
    git_ssh_url: ssh,
    git_http_url: `${web}.git`,
    namespace: 'Acme',
    visibility_level: 0,
    path_with_namespace: 'acme/widgets',
    default_branch: 'main',
    ci_config_path: null,
    homepage: web,
    url: ssh,
    ssh_url: ssh,
    http_url: `${web}.git`,
  },
  push_options: [],
  repository: {
    name: 'Widgets',
    url: ssh,
    description: '',
    homepage: web,
    git_http_url: `${web}.git`,
    git_ssh_url: ssh,
    visibility_level: 0,
  },
  uuid: expect.stringMatching(/^[0-9a-f]{32}$/),
  ...facts,
})

describe('a hook of CodeArts', () => {
  it('is told of a new tag', async () => {
    const { call, receiver, settle } = await open({ secret: 's3cret' })
    const created = await call('POST', '/v4/repositories/1/repository/tags', {
      payload: { tag_name: 'v1', ref: 'main', message: 'Hello' },
    })
    expect(created.status).toBe(201)
    await settle()
    const [received] = receiver.received
    expect(received?.body).toEqual(
      tagPush({
        before: NOTHING,
        after: expect.stringMatching(/^[0-9a-f]{40}$/),
        ref: 'refs/tags/v1',
        checkout_sha: C2,
        message: 'Hello',
        commits: [
          {
            id: C2,
            message: 'Two\n\nMore.\n',
            timestamp: '2024-01-02T13:30:00.000Z',
            url: `${web}/commit/${C2}`,
            author: { name: 'Somebody Else', email: 'else@example.test' },
            added: ['new.txt'],
            modified: ['a & b.txt'],
            removed: ['old.txt'],
          },
        ],
        total_commits_count: 1,
      }),
    )
    expect(received?.headers).toEqual({
      'content-type': 'application/json',
      'x-codehub-event': 'Tag Push Hook',
      'x-repo-token': 's3cret',
      host: `127.0.0.1:${receiver.port}`,
      connection: 'close',
      'content-length': String(received?.text.length),
    })
  })

  it('is told of a deleted tag', async () => {
    const { call, receiver, settle } = await open()
    await call('DELETE', `${TAGS}/noted`)
    await settle()
    expect(receiver.received.map(({ body }) => body)).toEqual([
      tagPush({
        before: NOTED,
        after: NOTHING,
        ref: 'refs/tags/noted',
        checkout_sha: null,
        message: null,
        commits: [],
        total_commits_count: 0,
      }),
    ])
  })

  it.each([
    ['X-Gitlab-Token', 'x-gitlab-token'],
    ['X-Auth-Token', 'x-auth-token'],
  ])('gets its token in the header %s when it was made so', async (token_type, header) => {
    const { call, receiver, settle } = await open({ events: [] })
    const created = await call('POST', '/v4/repositories/1/hooks', {
      payload: { url: receiver.url, token: 'tok', token_type, tag_push_events: true },
    })
    expect(created.status).toBe(201)
    await call('POST', `${TAGS}?tag_name=new&ref=main`)
    await settle()
    expect(receiver.received.map(({ headers }) => headers[header])).toEqual(['tok'])
  })

  it('of the oldest generation gets it in a header of its own', async () => {
    const { call, receiver, settle } = await open({ events: [] })
    const created = await call('POST', '/v1/repositories/acme/widgets/hooks', {
      payload: { hook_url: receiver.url, token: 'tok', hook_events: ['tag_push_events'] },
    })
    expect(created.status).toBe(200)
    await call('POST', `${TAGS}?tag_name=new&ref=main`)
    await settle()
    expect(receiver.received.map(({ headers }) => headers['x-codehub-token'])).toEqual(['tok'])
  })
})
