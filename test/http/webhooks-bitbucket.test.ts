import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { Options } from '../../src/index.ts'
import {
  BASIC,
  C1,
  C2,
  type FixtureHook,
  NOTED,
  NOTHING,
  openWorld,
  UUID,
  type WebhookWorld,
} from './webhook-world.ts'

const GIT_TAGS = '/rest/git/1.0/projects/ACME/repos/widgets/tags'
const HOOKS = '/rest/api/1.0/projects/ACME/repos/widgets/webhooks'
const BASE = 'http://forge.example.test'

let world: WebhookWorld | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

async function open(hook: Partial<FixtureHook> = {}, options: Partial<Options> = {}, project: object = {}) {
  world = await openWorld((url) => [{ url, vendor: 'bitbucket', ...hook }], options, project)
  const { call } = world
  const bitbucket = (method: string, url: string, payload?: object) =>
    call(method, url, { headers: BASIC, ...(payload && { payload }) })
  return { ...world, bitbucket }
}

const mia = {
  name: 'mia',
  emailAddress: 'mia@example.test',
  id: 1,
  displayName: 'Mia Maintainer',
  active: true,
  slug: 'mia',
  type: 'NORMAL',
  links: { self: [{ href: `${BASE}/users/mia` }] },
}

const repository = {
  slug: 'widgets',
  id: 1,
  name: 'Widgets',
  hierarchyId: expect.stringMatching(/^[0-9a-f]{20}$/),
  scmId: 'git',
  state: 'AVAILABLE',
  statusMessage: 'Available',
  forkable: true,
  project: {
    key: 'ACME',
    id: 3,
    name: 'Acme',
    public: false,
    type: 'NORMAL',
    links: { self: [{ href: `${BASE}/projects/ACME` }] },
  },
  public: false,
  archived: false,
  links: {
    clone: [
      { href: `${BASE}/scm/acme/widgets.git`, name: 'http' },
      { href: 'ssh://git@forge.example.test:7999/acme/widgets.git', name: 'ssh' },
    ],
    self: [{ href: `${BASE}/projects/ACME/repos/widgets/browse` }],
  },
}

const else_ = { name: 'Somebody Else', emailAddress: 'else@example.test' }

const commit1 = {
  id: C1,
  displayId: C1.slice(0, 11),
  author: mia,
  authorTimestamp: 1704096000000,
  committer: mia,
  committerTimestamp: 1704096000000,
  message: 'One',
  parents: [],
}

const commit2 = {
  id: C2,
  displayId: C2.slice(0, 11),
  author: else_,
  authorTimestamp: 1704202200000,
  committer: else_,
  committerTimestamp: 1704202200000,
  message: 'Two\n\nMore.',
  parents: [{ id: C1, displayId: C1.slice(0, 11) }],
}

const refsChanged = (facts: object) => ({
  eventKey: 'repo:refs_changed',
  date: '2024-06-01T12:00:00+0000',
  actor: mia,
  repository,
  ...facts,
})

const change = (name: string, fromHash: string, toHash: string, type: string) => ({
  ref: { id: `refs/tags/${name}`, displayId: name, type: 'TAG' },
  refId: `refs/tags/${name}`,
  fromHash,
  toHash,
  type,
})

describe('repo:refs_changed', () => {
  it('tells of a new tag with the newest commits and the one that it leads to', async () => {
    const { bitbucket, receiver, settle } = await open()
    const { body } = await bitbucket('POST', GIT_TAGS, {
      name: 'v1.1.0',
      startPoint: 'main',
      message: 'Hello',
      type: 'ANNOTATED',
    })
    await settle()
    const { hash } = body as { hash: string }
    expect(receiver.received.map((received) => received.body)).toEqual([
      refsChanged({
        changes: [change('v1.1.0', NOTHING, hash, 'ADD')],
        commits: [commit2, commit1],
        toCommit: { ...commit2, parents: [commit1] },
      }),
    ])
    expect(Object.keys(receiver.received[0]?.body as object)).toEqual([
      'eventKey',
      'date',
      'actor',
      'repository',
      'changes',
      'commits',
      'toCommit',
    ])
    expect(hash).not.toBe(C2)
  })

  it('tells of a moved tag with the commits that it gained', async () => {
    const { bitbucket, receiver, settle } = await open()
    await bitbucket('POST', GIT_TAGS, { name: 'light', startPoint: C2, type: 'LIGHTWEIGHT', force: true })
    await settle()
    expect(receiver.received.map((received) => received.body)).toEqual([
      refsChanged({
        changes: [change('light', C1, C2, 'UPDATE')],
        commits: [commit2],
        toCommit: { ...commit2, parents: [commit1] },
      }),
    ])
  })

  it('tells of a deleted tag without commits', async () => {
    const { bitbucket, receiver, settle } = await open()
    await bitbucket('DELETE', `${GIT_TAGS}/noted`)
    await settle()
    expect(receiver.received.map((received) => received.body)).toEqual([
      refsChanged({ changes: [change('noted', NOTED, NOTHING, 'DELETE')] }),
    ])
  })

  it('is signed with the secret, over the bytes as they are sent', async () => {
    const { bitbucket, receiver, settle } = await open({ secret: 's3cret' })
    await bitbucket('DELETE', `${GIT_TAGS}/light`)
    await settle()
    const [received] = receiver.received
    const digest = createHmac('sha256', 's3cret')
      .update(received?.text ?? '')
      .digest('hex')
    expect(received?.headers).toEqual({
      'x-event-key': 'repo:refs_changed',
      'x-request-id': expect.stringMatching(UUID),
      'x-hub-signature': `sha256=${digest}`,
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Atlassian HttpClient 3.0.4 / Bitbucket-8.19.0 (8019000) / Default',
      host: `127.0.0.1:${receiver.port}`,
      connection: 'close',
      'content-length': String(received?.text.length),
    })
  })

  it('carries no signature without a secret', async () => {
    const { bitbucket, receiver, settle } = await open()
    await bitbucket('DELETE', `${GIT_TAGS}/light`)
    await settle()
    expect(receiver.received[0]?.headers).not.toHaveProperty('x-hub-signature')
  })

  it('writes moments as text in version 10', async () => {
    const { bitbucket, receiver, settle } = await open({}, { profiles: { bitbucket: 'dc10' } })
    await bitbucket('POST', GIT_TAGS, { name: 'new', startPoint: C2, type: 'LIGHTWEIGHT' })
    await settle()
    expect(receiver.received[0]?.body).toMatchObject({
      date: '2024-06-01T12:00:00+0000',
      commits: [
        { authorTimestamp: '2024-01-02T13:30:00.000Z', committerTimestamp: '2024-01-02T13:30:00.000Z' },
        { authorTimestamp: '2024-01-01T08:00:00.000Z' },
      ],
      toCommit: {
        authorTimestamp: '2024-01-02T13:30:00.000Z',
        parents: [{ authorTimestamp: '2024-01-01T08:00:00.000Z' }],
      },
    })
  })

  it.each([
    ['of the server', { profiles: { bitbucket: '4.5.2' } }, {}],
    ['of the project', {}, { profiles: { bitbucket: '4.5.2' } }],
  ])('is not sent by a version without webhooks, be it that %s', async (_where, options, project) => {
    const { bitbucket, settle } = await open({}, options, project)
    await bitbucket('DELETE', `${GIT_TAGS}/light`)
    expect(await settle()).toEqual([])
  })

  it('is sent to active webhooks that name it', async () => {
    const { bitbucket, receiver, settle } = await open({ events: ['pr:opened'] })
    const events = ['repo:refs_changed']
    await bitbucket('POST', HOOKS, { name: 'a', url: `${receiver.url}/a`, events, active: true })
    await bitbucket('POST', HOOKS, { name: 'b', url: `${receiver.url}/b`, events, active: false })
    await bitbucket('POST', HOOKS, { name: 'c', url: `${receiver.url}/c`, events: ['pr:opened'] })
    await bitbucket('DELETE', `${GIT_TAGS}/light`)
    await settle()
    expect(receiver.received.map(({ url }) => url)).toEqual(['/hook/a'])
  })
})

describe('POST …/webhooks/test', () => {
  it('pings an address and shows what came of it', async () => {
    const { bitbucket, receiver } = await open({ secret: 's3cret' })
    receiver.answer = (response) => response.writeHead(202, { 'x-mine': 'yes' }).end('pong')
    const url = `${receiver.url}/ping`
    const { status, body } = await bitbucket(
      'POST',
      `${HOOKS}/test?url=${encodeURIComponent(url)}&webhookId=1`,
    )
    const [received] = receiver.received
    const digest = createHmac('sha256', 's3cret').update('{"test":true}').digest('hex')
    expect([received?.text, received?.headers['x-event-key'], received?.headers['x-hub-signature']]).toEqual([
      '{"test":true}',
      'diagnostics:ping',
      `sha256=${digest}`,
    ])
    expect([status, body]).toEqual([
      200,
      {
        request: {
          method: 'POST',
          url,
          headers: {
            'X-Event-Key': 'diagnostics:ping',
            'X-Request-Id': expect.stringMatching(UUID),
            'X-Hub-Signature': `sha256=${digest}`,
            'Content-Type': 'application/json; charset=utf-8',
            'User-Agent': 'Atlassian HttpClient 3.0.4 / Bitbucket-8.19.0 (8019000) / Default',
          },
          body: '{"test":true}',
        },
        response: { statusCode: 202, headers: expect.objectContaining({ 'x-mine': 'yes' }), body: 'pong' },
      },
    ])
  })

  it('says what kept the address from answering', async () => {
    const { bitbucket } = await open()
    const { status, body } = await bitbucket('POST', `${HOOKS}/test?url=http://93.184.215.14/`)
    expect([status, body]).toEqual([
      400,
      {
        errors: [
          {
            context: null,
            message: '93.184.215.14 is neither loopback nor private, and --webhook-allow does not name it',
            exceptionName: 'com.atlassian.bitbucket.webhook.WebhookTestException',
          },
        ],
      },
    ])
  })

  it('wants an address', async () => {
    const { bitbucket } = await open()
    const { status, body } = await bitbucket('POST', `${HOOKS}/test?url=nope`, {})
    expect([status, body]).toEqual([
      400,
      {
        errors: [
          { context: 'url', message: 'The URL must be an http or https address.', exceptionName: null },
        ],
      },
    ])
  })
})
