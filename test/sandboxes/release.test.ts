import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Project } from '../../src/forge/project.ts'
import { buildApp } from '../../src/index.ts'
import { callerOf } from '../caller.ts'
import { fixture, NOW } from './world.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

let app: FastifyInstance
beforeEach(async () => {
  app = await buildApp({ fixture, clock: NOW })
})
afterEach(async () => {
  vi.useRealTimers()
  await app.close()
})

const admin = () => callerOf(app, { host: 'localhost' })
const mia = () => callerOf(app, { 'private-token': 'mia-token' })

/** A sandbox in which something of everything was done, and its parts, held so that they can be seen to go. */
async function usedSandbox(hook: string): Promise<{ id: string; parts: Record<string, WeakRef<object>> }> {
  const { body } = await admin()('POST', '/__admin/sandboxes')
  const { id } = body as { id: string }
  const base = `/__sandbox/${id}`
  const steps: readonly (readonly [string, string, object?])[] = [
    ['POST', '/api/v4/projects/1/hooks', { url: hook, tag_push_events: true }],
    ['POST', '/api/v4/projects/1/repository/tags', { tag_name: 'v1', ref: 'main', message: 'One' }],
    ['POST', '/api/v4/projects/1/releases', { tag_name: 'v1', description: 'One' }],
    ['GET', '/api/v4/projects/1/repository/tags'],
  ]
  for (const [method, path, payload] of steps)
    expect((await mia()(method, base + path, payload && { payload })).status).toBeLessThan(300)
  await admin()('POST', `${base}/__admin/faults`, { payload: { latency: 1 } })
  expect((await admin()('GET', `${base}/__admin/webhooks`)).body).toMatchObject({ deliveries: [{ id: 1 }] })
  const sandbox = app.worlds.sandbox(id)!
  const project = await sandbox.forge.open(sandbox.forge.spec(1)!)
  const parts = { sandbox, forge: sandbox.forge, project, repository: project.repository }
  return {
    id,
    parts: Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, new WeakRef(part)])),
  }
}

/** The names of the parts that are still there, once nothing holds them any more but what should not. */
async function partsLeft(parts: Record<string, WeakRef<object>>): Promise<string[]> {
  const left = () => Object.keys(parts).filter((name) => parts[name]?.deref() !== undefined)
  for (let round = 0; round < 50 && left().length > 0; round++) {
    // What was looked at in a turn of the event loop stays until its end.
    await new Promise((resolve) => setTimeout(resolve, 10))
    collect()
  }
  return left()
}

/** Moves a ref with a webhook to be told of it, as a push does that was under way when the sandbox went. */
async function writeLate(project: Project, end: () => Promise<unknown>): Promise<void> {
  const oid = project.repository.ref('refs/heads/main')!
  await end()
  const by = { actor: null, via: 'push', vendor: 'gitlab' } as const
  expect(project.moveRefs([{ ref: 'refs/tags/late', before: null, after: oid }], by)).toHaveLength(1)
}

/** Takes requests and never answers. */
async function deafReceiver() {
  const server = createServer(() => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close }
}

describe('the memory of a sandbox', () => {
  it('is free once it has been removed, even while a webhook of it waits for its answer', async () => {
    const receiver = await deafReceiver()
    const { id, parts } = await usedSandbox(receiver.url)
    await admin()('DELETE', `/__admin/sandboxes/${id}`)
    expect(await partsLeft(parts)).toEqual([])
    receiver.close()
  })

  it('is free once it has expired and somebody asks', async () => {
    const receiver = await deafReceiver()
    vi.useFakeTimers({ toFake: ['Date'] })
    const { id, parts } = await usedSandbox(receiver.url)
    vi.setSystemTime(Date.now() + 25 * 3_600_000)
    const gone = { error: 'sandbox-missing', message: `There is no sandbox ${id}.` }
    for (const path of [`/__sandbox/${id}/api/v4/version`, `/__admin/sandboxes/${id}`])
      expect(await admin()('GET', path)).toMatchObject({ status: 404, body: gone })
    expect(await partsLeft(parts)).toEqual([])
    receiver.close()
  })

  it('is not brought back by a request that outlives it', async () => {
    const receiver = await deafReceiver()
    const { id, parts } = await usedSandbox(receiver.url)
    await writeLate(parts.project?.deref() as Project, () => admin()('DELETE', `/__admin/sandboxes/${id}`))
    expect(await partsLeft(parts)).toEqual([])
    receiver.close()
  })

  it('is free of what was before a reset', async () => {
    const receiver = await deafReceiver()
    const { id, parts } = await usedSandbox(receiver.url)
    await admin()('POST', `/__sandbox/${id}/__admin/reset`)
    const { forge, project, repository } = parts
    expect(await partsLeft({ forge: forge!, project: project!, repository: repository! })).toEqual([])
    receiver.close()
  })
})
