import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Sandbox } from '../../src/forge/sandbox.ts'
import { buildApp, type Options } from '../../src/index.ts'
import { type Call, callerOf } from '../caller.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let app: FastifyInstance
let admin: Call
/** Ids of the sandboxes whose end was told, asked for or not. */
let ended: (string | null)[]
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: Date.parse('2026-01-01') })
})
afterEach(async () => {
  await app.close()
  vi.useRealTimers()
})

async function open(options: Partial<Options> = {}): Promise<void> {
  app = await buildApp(options)
  admin = callerOf(app, { host: 'localhost' })
  ended = []
  app.worlds.watch({ restarted: () => {}, ended: ({ id }: Sandbox) => ended.push(id) })
}

async function newSandbox(payload: object = {}): Promise<{ id: string; expiresAt: string }> {
  const { status, body } = await admin('POST', '/__admin/sandboxes', { payload })
  expect(status).toBe(201)
  return body as { id: string; expiresAt: string }
}

async function expiryOf(id: string): Promise<string> {
  const { body } = await admin('GET', `/__admin/sandboxes/${id}`)
  return (body as { expiresAt: string }).expiresAt
}

describe('a sandbox that nobody asks for', () => {
  it('is gone after an hour, without anybody asking', async () => {
    await open()
    const { id, expiresAt } = await newSandbox()
    expect(expiresAt).toBe('2026-01-01T01:00:00.000Z')
    vi.advanceTimersByTime(HOUR)
    expect(ended).toEqual([])
    vi.advanceTimersByTime(MINUTE)
    expect(ended).toEqual([id])
    expect((await admin('GET', '/__admin/sandboxes')).body).toEqual({ sandboxes: [] })
  })

  it('starts its hour again with every request, by path or by header', async () => {
    await open()
    const { id } = await newSandbox()
    vi.advanceTimersByTime(50 * MINUTE)
    await callerOf(app)('GET', `/__sandbox/${id}/api/v4/version`)
    vi.advanceTimersByTime(50 * MINUTE)
    await callerOf(app, { 'x-fakeforge-sandbox': id })('GET', '/api/v4/version')
    expect(await expiryOf(id)).toBe('2026-01-01T02:40:00.000Z')
    vi.advanceTimersByTime(62 * MINUTE)
    expect(ended).toEqual([id])
  })

  it('is not kept by being looked at from outside', async () => {
    await open()
    const { id } = await newSandbox()
    vi.advanceTimersByTime(50 * MINUTE)
    expect(await expiryOf(id)).toBe('2026-01-01T01:00:00.000Z')
  })

  it('stays as long as it was asked to when it has a ttl', async () => {
    await open()
    const { id, expiresAt } = await newSandbox({ ttl: 7200 })
    expect(expiresAt).toBe('2026-01-01T02:00:00.000Z')
    vi.advanceTimersByTime(2 * HOUR)
    expect(ended).toEqual([])
    vi.advanceTimersByTime(MINUTE)
    expect(ended).toEqual([id])
  })
})

describe('the limits of sandboxes', () => {
  it('end even those that are used', async () => {
    await open({ sandboxLifetime: 2 * HOUR })
    const { id } = await newSandbox()
    expect((await newSandbox({ ttl: 86_400 })).expiresAt).toBe('2026-01-01T02:00:00.000Z')
    for (let minutes = 0; minutes < 120; minutes += 30) {
      expect((await callerOf(app)('GET', `/__sandbox/${id}/api/v4/version`)).status).toBe(401)
      vi.advanceTimersByTime(30 * MINUTE)
    }
    vi.advanceTimersByTime(MINUTE)
    expect(ended.length).toBe(2)
  })

  it('end those that are idle as soon as the server is told', async () => {
    await open({ sandboxIdle: 1000 })
    const { id } = await newSandbox()
    vi.advanceTimersByTime(2001)
    expect(ended).toEqual([id])
  })

  it('keep their number down, and room is made by those that are gone', async () => {
    await open({ sandboxLimit: 2 })
    const { id } = await newSandbox()
    await newSandbox({ ttl: 1 })
    expect(await admin('POST', '/__admin/sandboxes')).toMatchObject({
      status: 409,
      body: { error: 'too-many-sandboxes', message: expect.stringContaining('--sandbox-limit') },
    })
    vi.setSystemTime(Date.now() + 1001)
    await newSandbox()
    expect((await admin('POST', '/__admin/sandboxes')).status).toBe(409)
    await admin('DELETE', `/__admin/sandboxes/${id}`)
    await newSandbox()
  })

  it('leave no timer behind', async () => {
    await open()
    await newSandbox({ ttl: 1 })
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(MINUTE)
    expect(vi.getTimerCount()).toBe(0)
    await newSandbox()
    await app.close()
    expect(vi.getTimerCount()).toBe(0)
  })
})
