import { afterEach, describe, expect, it } from 'vitest'
import {
  C2,
  type FixtureHook,
  NOTED,
  NOTHING,
  openWorld,
  TAGS,
  TOKEN,
  type WebhookWorld,
} from './webhook-world.ts'

/** GitFlic's tags are annotated. */
const OID = /^[0-9a-f]{40}$/
const PROJECT = '/project/acme/widgets'

let world: WebhookWorld | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

async function open(hook: Partial<FixtureHook> = {}) {
  world = await openWorld((url) => [{ url, vendor: 'gitflic', ...hook }])
  const { call } = world
  const gitflic = (url: string, payload: object) => call('POST', url, { headers: TOKEN, payload })
  return { ...world, gitflic }
}

const event = (action: string, push: object) => ({
  action,
  project_id: 'ec4c8f53-2d07-4f05-b21a-bfda0777dd08',
  project: {
    project_id: 'ec4c8f53-2d07-4f05-b21a-bfda0777dd08',
    title: 'Widgets',
    alias: 'widgets',
    owner_alias: 'acme',
    owner_type: 'COMPANY',
    http_transport_url: 'http://forge.example.test/project/acme/widgets.git',
    ssh_transport_url: 'git@forge.example.test:acme/widgets.git',
    language: null,
    private: true,
  },
  push,
})

describe('a webhook of GitFlic', () => {
  it('is told of a new tag, with the secret as it is', async () => {
    const { gitflic, receiver, settle } = await open({ secret: 's3cret' })
    await gitflic(`${PROJECT}/tag/create`, { tagName: 'v1', branchName: 'main' })
    await settle()
    const [received] = receiver.received
    expect(received?.body).toEqual(
      event('TAG_CREATE', { ref: 'refs/tags/v1', before: NOTHING, after: expect.stringMatching(OID) }),
    )
    expect(received?.headers).toEqual({
      'content-type': 'application/json',
      'gitflic-webhook-secret': 's3cret',
      host: `127.0.0.1:${receiver.port}`,
      connection: 'close',
      'content-length': String(received?.text.length),
    })
  })

  it('is told of a deleted tag, whose deletion came through another vendor', async () => {
    const { call, receiver, settle } = await open()
    await call('DELETE', `${TAGS}/noted`)
    await settle()
    expect(receiver.received.map(({ body }) => body)).toEqual([
      event('TAG_DELETE', { ref: 'refs/tags/noted', before: NOTED, after: NOTHING }),
    ])
  })

  it('is not told of a moved tag, for which there is no event', async () => {
    const { call, settle } = await open()
    const payload = { name: 'light', startPoint: C2, type: 'LIGHTWEIGHT', force: true }
    const basic = `Basic ${Buffer.from('mia:mia-password').toString('base64')}`
    const moved = await call('POST', '/rest/git/1.0/projects/ACME/repos/widgets/tags', {
      headers: { authorization: basic },
      payload,
    })
    expect(moved.status).toBe(201)
    expect(await settle()).toEqual([])
  })

  it('is told of what its settings name', async () => {
    const { gitflic, receiver, settle } = await open({ events: [] })
    const created = await gitflic(`${PROJECT}/setting/webhook`, {
      url: `${receiver.url}/branches`,
      secret: 'x',
      events: { BRANCH_CREATE: true, TAG_CREATE: false },
    })
    expect(created.status).toBe(200)
    await gitflic(`${PROJECT}/tag/create`, { tagName: 'v1', branchName: 'main' })
    await gitflic(`${PROJECT}/branch`, { newBranch: 'side', originBranch: 'main' })
    await settle()
    expect(receiver.received.map(({ url, body }) => [url, body])).toEqual([
      ['/hook/branches', event('BRANCH_CREATE', { ref: 'refs/heads/side', before: NOTHING, after: C2 })],
    ])
  })
})
