import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type Control,
  ControlPlaneError,
  connect,
  type FakeForge,
  FakeForgeError,
  FixtureError,
  SandboxGoneError,
  StateError,
  startFakeForge,
  version,
} from '../../src/index.ts'

let server: FakeForge
beforeAll(async () => {
  server = await startFakeForge({ clock: '2024-06-01T12:00:00Z' })
})
afterAll(() => server.close())

/** One interface, two ways: what holds in this process holds through the control plane of a server. */
const ways: readonly [string, () => Promise<Control>][] = [
  ['of a server in this process', async () => server],
  ['of a server elsewhere', () => connect(server.url)],
]

const mia = { 'private-token': 'mia-token' }
const TAGS = '/projects/1/repository/tags'
const world = { users: [{ username: 'zoe', tokens: ['zoe-token'] }], projects: [{ path: 'zoe/only', id: 7 }] }

function createTag(control: Control, name: string): Promise<Response> {
  return fetch(`${control.gitlab.url}${TAGS}?tag_name=${name}&ref=main`, { method: 'POST', headers: mia })
}

async function statusOfTag(control: Control, name: string): Promise<number> {
  return (await fetch(`${control.gitlab.url}${TAGS}/${name}`, { headers: mia })).status
}

/** What a promise is rejected with. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  )
}

describe.each(ways)('the world %s', (_way, open) => {
  let forge: Control
  beforeEach(async () => {
    forge = await open()
    await forge.reset()
  })

  it('says how the server is, and what it is', async () => {
    expect(await forge.health()).toEqual({ status: 'ok' })
    expect(await forge.version()).toMatchObject({
      name: 'fakeforge',
      version,
      vendors: { gitlab: 'current' },
    })
  })

  it('resets the world, to the beginning or to a fixture', async () => {
    await createTag(forge, 'made')
    expect(await statusOfTag(forge, 'made')).toBe(200)
    await forge.reset()
    expect(await statusOfTag(forge, 'made')).toBe(404)
    await forge.reset(world)
    expect(await forge.gitlab.cloneUrl('zoe/only')).toBe(`${server.url}/zoe/only.git`)
  })

  it('takes states and snapshots, and brings them back', async () => {
    await createTag(forge, 'made')
    const state = await forge.state()
    await forge.snapshot('with a tag/?')
    expect(await forge.snapshots()).toEqual(['with a tag/?'])
    await forge.reset()
    await forge.setState(state)
    expect(await statusOfTag(forge, 'made')).toBe(200)
    await forge.reset()
    await forge.restore('with a tag/?')
    expect(await statusOfTag(forge, 'made')).toBe(200)
    await forge.deleteSnapshot('with a tag/?')
    expect(await forge.snapshots()).toEqual([])
  })

  it('opens sandboxes with the same interface, which see nothing of each other', async () => {
    await using sandbox = await forge.sandbox({ ttl: 60 })
    expect(sandbox.url).toBe(`${server.url}/__sandbox/${sandbox.id}`)
    expect(sandbox.gitlab.url).toBe(`${sandbox.url}/api/v4`)
    expect(await sandbox.codearts.cloneUrl('acme/widgets')).toBe(`${sandbox.url}/acme/widgets.git`)
    expect(Date.parse(String(sandbox.expiresAt)) - Date.parse(sandbox.createdAt)).toBe(60_000)
    await createTag(sandbox, 'made')
    expect([await statusOfTag(sandbox, 'made'), await statusOfTag(forge, 'made')]).toEqual([200, 404])
    expect([await sandbox.journal.last(), await forge.journal.last()]).toEqual([2, 1])
    expect((await forge.sandboxes()).map(({ id, url }) => ({ id, url }))).toEqual([
      { id: sandbox.id, url: sandbox.url },
    ])
    const again = await connect(server.url, { sandbox: sandbox.id })
    expect([again.id, again.url, await statusOfTag(again, 'made')]).toEqual([sandbox.id, sandbox.url, 200])
    const inner = await sandbox.sandbox({ fixture: world })
    expect(inner.url).toBe(`${server.url}/__sandbox/${inner.id}`)
    await inner.close()
  })

  it('turns the clock', async () => {
    const noon = '2024-06-01T12:00:00.000Z'
    expect(await forge.clock.get()).toEqual({ now: noon, frozen: true })
    expect(await forge.clock.advance(60)).toEqual({ now: '2024-06-01T12:01:00.000Z', frozen: true })
    expect((await forge.clock.resume()).frozen).toBe(false)
    expect(await forge.clock.freeze(new Date(noon))).toEqual({ now: noon, frozen: true })
    expect(await forge.clock.set('2030-01-01T00:00:00Z')).toEqual({
      now: '2030-01-01T00:00:00.000Z',
      frozen: true,
    })
  })

  it('reads and counts the journal', async () => {
    await createTag(forge, 'made')
    await createTag(forge, 'made')
    expect(await forge.journal.count({ operation: 'gitlab.createTag', status: 201 })).toBe(1)
    const [refused] = await forge.journal.list({ status: '4xx' })
    expect(refused).toMatchObject({
      number: 2,
      status: 400,
      user: 'mia',
      refusal: 'refs/tags/made exists already.',
    })
    expect(await forge.journal.get(2)).toEqual(refused)
    expect(await forge.journal.har({ limit: 1 })).toMatchObject({ log: { version: '1.2', entries: [{}] } })
    await forge.journal.clear()
    expect([await forge.journal.list(), await forge.journal.last()]).toEqual([[], 2])
  })

  it('follows the journal until the limit, the signal or the end of the loop', async () => {
    await createTag(forge, 'a')
    const numbers: number[] = []
    for await (const { number } of forge.journal.follow({ since: 0, limit: 2 })) {
      numbers.push(number)
      if (number === 1) void createTag(forge, 'b')
    }
    expect(numbers).toEqual([1, 2])
    for await (const { number } of forge.journal.follow({ since: 0 })) {
      numbers.push(number)
      break
    }
    const over = new AbortController()
    for await (const { number } of forge.journal.follow({ since: 0, signal: over.signal })) {
      numbers.push(number)
      if (number === 2) over.abort()
    }
    expect(numbers).toEqual([1, 2, 1, 1, 2])
  })

  it('posts faults and scenarios, lists them and takes them away', async () => {
    const fault = await forge.faults.add({ operation: 'gitlab.createTag', status: 502, times: 1 })
    expect(fault).toMatchObject({ id: '1', status: 502, times: 1, hits: 0, left: 1 })
    expect((await createTag(forge, 'a')).status).toBe(502)
    expect(await forge.faults.list()).toMatchObject([{ id: '1', hits: 1, left: 0 }])
    await forge.faults.addAll([{ latency: 1 }, { reset: true, path: '/nowhere*' }])
    await forge.faults.remove('1')
    expect((await forge.faults.list()).map(({ id }) => id)).toEqual(['2', '3'])
    expect(await forge.faults.scenario('vanishing-tag', { project: 1 })).toMatchObject({
      scenario: 'vanishing-tag',
    })
    expect((await forge.faults.scenarios()).map(({ name }) => name)).toContain('delete-404-after-retry')
    await forge.faults.clear()
    expect(await forge.faults.list()).toEqual([])
  })

  it('reads the log of webhooks, waits until it is settled and sends again', async () => {
    const receiver = createServer((_request, response) => response.end('ok'))
    await listen(receiver)
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
    const headers = { ...mia, 'content-type': 'application/json' }
    const body = JSON.stringify({ url, tag_push_events: true })
    await fetch(`${forge.gitlab.url}/projects/1/hooks`, { method: 'POST', headers, body })
    await createTag(forge, 'told')
    const { settled, deliveries } = await forge.webhooks.settled({ project: 'acme/widgets', timeout: 5 })
    expect(settled).toBe(true)
    expect(deliveries).toMatchObject([{ id: 1, event: 'Tag Push Hook', state: 'delivered' }])
    expect((await forge.webhooks.redeliver(1)).id).toBe(1)
    await forge.webhooks.settled()
    expect((await forge.webhooks.get(1)).attempts).toHaveLength(2)
    expect(await forge.webhooks.list({ state: 'failed' })).toEqual([])
    await forge.webhooks.clear()
    expect(await forge.webhooks.list()).toEqual([])
    receiver.close()
  })

  it('throws FixtureError with the places of its mistakes', async () => {
    const error = await rejection(forge.reset({ users: [{ username: 7 }] }))
    expect(error).toBeInstanceOf(FixtureError)
    expect(error).toBeInstanceOf(FakeForgeError)
    const { code, problems } = error as FixtureError
    expect([code, problems.map(({ path }) => path)]).toEqual(['invalid-fixture', ['users[0].username']])
  })

  it('throws StateError with the places of its mistakes', async () => {
    const error = await rejection(forge.setState({ format: 'fakeforge-state', version: 1 }))
    expect(error).toBeInstanceOf(StateError)
    expect((error as StateError).problems.length).toBeGreaterThan(0)
  })

  it('throws ControlPlaneError with status and code', async () => {
    const error = await rejection(forge.restore('never'))
    expect(error).toBeInstanceOf(ControlPlaneError)
    expect(error).not.toBeInstanceOf(SandboxGoneError)
    const { status, code, message } = error as ControlPlaneError
    expect([status, code, message]).toEqual([404, 'snapshot-missing', 'There is no snapshot "never".'])
    expect(await rejection(forge.gitlab.cloneUrl('no/where'))).toMatchObject({ code: 'project-missing' })
    expect(await rejection(forge.journal.list({ operation: 'gitlab.makeTag' }))).toMatchObject({
      code: 'invalid-filter',
    })
  })

  it('throws SandboxGoneError once a sandbox is closed; closing it again is fine', async () => {
    const sandbox = await forge.sandbox()
    await sandbox.close()
    await sandbox.close()
    const error = await rejection(sandbox.journal.list())
    expect(error).toBeInstanceOf(SandboxGoneError)
    expect(error).toMatchObject({ code: 'sandbox-missing', status: 404, sandbox: sandbox.id })
  })
})

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
}
