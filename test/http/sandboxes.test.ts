import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { type Call, callerOf } from '../caller.ts'

const TAGS = '/api/v4/projects/1/repository/tags'

let app: FastifyInstance
let admin: Call
beforeEach(async () => {
  app = await buildApp({ clock: '2024-06-01T12:00:00Z' })
  admin = callerOf(app, { host: 'localhost:4747' })
})
afterEach(() => app.close())

const gitlab = (headers: Record<string, string> = {}) =>
  callerOf(app, { host: 'localhost:4747', 'private-token': 'mia-token', ...headers })

async function names(call: Call, base = ''): Promise<string[]> {
  const { body } = await call('GET', `${base}${TAGS}?per_page=100&order_by=name&sort=asc`)
  return (body as { name: string }[]).map((tag) => tag.name)
}

async function newSandbox(payload: object = {}): Promise<{ id: string; base: string }> {
  const { body } = await admin('POST', '/__admin/sandboxes', { payload })
  const { id } = body as { id: string }
  return { id, base: `/__sandbox/${id}` }
}

describe('a sandbox', () => {
  it('is made with its addresses', async () => {
    const { status, body, headers } = await admin('POST', '/__admin/sandboxes', { payload: { ttl: 60 } })
    const { id, url, expiresAt, createdAt } = body as Record<string, string>
    expect(status).toBe(201)
    expect(url).toBe(`http://localhost:4747/__sandbox/${id}`)
    expect(headers.location).toBe(`${url}/__admin`)
    expect(body).toMatchObject({
      header: { 'X-Fakeforge-Sandbox': id },
      vendors: { gitlab: `${url}/api/v4` },
      projects: expect.arrayContaining([
        expect.objectContaining({
          path: 'acme/widgets',
          id: 1,
          clone: expect.objectContaining({ gitlab: `${url}/acme/widgets.git` }),
        }),
      ]),
    })
    expect(Date.parse(expiresAt ?? '') - Date.parse(createdAt ?? '')).toBe(60_000)
  })

  it('is told of in the same words when it is made and when it is looked at, whatever it was made from', async () => {
    await admin('PUT', '/__admin/snapshots/kept')
    const fixture = { owners: [{ alias: 'other' }], projects: [{ path: 'other/one' }] }
    const asks = [{}, { ttl: 5 }, {}, { snapshot: 'kept' }, { fixture }, {}]
    for (const [at, payload] of asks.entries()) {
      const headers = { host: at < 4 ? 'localhost:4747' : '127.0.0.1:1' }
      const made = await admin('POST', '/__admin/sandboxes', { payload, headers })
      const { id } = made.body as { id: string }
      const seen = await admin('GET', `/__admin/sandboxes/${id}`, { headers })
      expect([made.status, made.text]).toEqual([201, seen.text])
      expect(made.headers['content-type']).toBe(seen.headers['content-type'])
    }
  })

  it('is reached by path and by header, and nothing leaks either way', async () => {
    const { id, base } = await newSandbox()
    const before = await names(gitlab())
    await gitlab()('POST', `${base}${TAGS}?tag_name=inside&ref=main`)
    await gitlab()('POST', `${TAGS}?tag_name=outside&ref=main`)
    expect(await names(gitlab(), base)).toEqual([...before, 'inside'].sort())
    expect(await names(gitlab({ 'x-fakeforge-sandbox': id }))).toEqual([...before, 'inside'].sort())
    expect(await names(gitlab())).toEqual([...before, 'outside'].sort())
  })

  it('carries its base path in every link', async () => {
    const { base } = await newSandbox()
    const { headers, body } = await gitlab()('GET', `${base}${TAGS}?per_page=1`)
    const links = String(headers.link).match(/<[^>]+>/g) ?? []
    expect(links.length).toBeGreaterThan(1)
    for (const link of links) expect(link).toMatch(new RegExp(`^<http://localhost:4747${base}/api/v4/`))
    expect((body as { commit: { web_url: string } }[])[0]?.commit.web_url).toMatch(
      new RegExp(`^http://localhost:4747${base}/acme/widgets/-/commit/`),
    )
  })

  it('has no base path in its links when it is named by header', async () => {
    const { id } = await newSandbox()
    const { headers } = await gitlab({ 'x-fakeforge-sandbox': id })('GET', TAGS)
    expect(headers.link).toMatch(/^<http:\/\/localhost:4747\/api\/v4\//)
  })

  it('goes back to its own beginning, with its own clock', async () => {
    const { base } = await newSandbox()
    const before = await names(gitlab(), base)
    await admin('PUT', `${base}/__admin/clock`, { payload: { now: '2030-01-01T00:00:00Z' } })
    const { body } = await gitlab()('POST', `${base}${TAGS}?tag_name=later&ref=main&message=x`)
    expect(body).toMatchObject({ created_at: '2030-01-01T00:00:00.000Z' })
    expect((await admin('GET', '/__admin/clock')).body).toEqual({
      now: '2024-06-01T12:00:00.000Z',
      frozen: true,
    })
    expect((await admin('POST', `${base}/__admin/reset`)).status).toBe(204)
    expect(await names(gitlab(), base)).toEqual(before)
    expect((await admin('GET', `${base}/__admin/clock`)).body).toEqual({
      now: '2024-06-01T12:00:00.000Z',
      frozen: true,
    })
  })

  it('may start from a fixture or from a snapshot', async () => {
    const fixture = {
      users: [{ username: 'mia', tokens: ['mia-token'] }],
      projects: [
        {
          path: 'mia/x',
          id: 1,
          commits: [{ label: 'c', message: 'C\n' }],
          tags: [{ name: 'only', target: 'c' }],
        },
      ],
    }
    expect(await names(gitlab(), (await newSandbox({ fixture })).base)).toEqual(['only'])
    await gitlab()('POST', `${TAGS}?tag_name=saved&ref=main`)
    await admin('PUT', '/__admin/snapshots/one')
    await gitlab()('DELETE', `${TAGS}/saved`)
    const { base } = await newSandbox({ snapshot: 'one' })
    expect(await names(gitlab(), base)).toContain('saved')
    expect(await names(gitlab())).not.toContain('saved')
    await gitlab()('DELETE', `${base}${TAGS}/saved`)
    await admin('POST', `${base}/__admin/reset`)
    expect(await names(gitlab(), base)).toContain('saved')
  })

  it('is gone when it is removed, and its address is nobody’s', async () => {
    const { id, base } = await newSandbox()
    expect((await admin('GET', '/__admin/sandboxes')).body).toMatchObject({ sandboxes: [{ id }] })
    expect((await admin('DELETE', `/__admin/sandboxes/${id}`)).status).toBe(204)
    expect((await admin('DELETE', `/__admin/sandboxes/${id}`)).status).toBe(404)
    const gone = { status: 404, body: { error: 'sandbox-missing', message: `There is no sandbox ${id}.` } }
    expect(await gitlab()('GET', `${base}${TAGS}`)).toMatchObject(gone)
    expect(await gitlab({ 'x-fakeforge-sandbox': id })('GET', TAGS)).toMatchObject(gone)
  })

  it('expires', async () => {
    const { id, base } = await newSandbox({ ttl: 0.001 })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect((await gitlab()('GET', `${base}${TAGS}`)).status).toBe(404)
    expect((await admin('GET', `/__admin/sandboxes/${id}`)).status).toBe(404)
  })

  it.each([
    [{ ttl: 0 }, 422, 'invalid-body'],
    [{ ttl: 'x' }, 422, 'invalid-body'],
    [{ snapshot: 'nope' }, 404, 'snapshot-missing'],
    [{ fixture: { users: 5 } }, 422, 'invalid-fixture'],
    [{ fixture: {}, snapshot: 'x' }, 422, 'invalid-body'],
    [{ name: 'x' }, 422, 'invalid-body'],
    [[], 422, 'invalid-body'],
  ])('is refused for %j', async (payload, status, error) => {
    expect(await admin('POST', '/__admin/sandboxes', { payload })).toMatchObject({ status, body: { error } })
  })
})

describe('a snapshot', () => {
  it('brings back refs, releases and the clock', async () => {
    expect((await admin('PUT', '/__admin/snapshots/start')).status).toBe(201)
    const before = (await gitlab()('GET', `${TAGS}?per_page=100`)).text
    await gitlab()('DELETE', `${TAGS}/v1.0.0`)
    await admin('PUT', '/__admin/clock', { payload: { advance: 3600 } })
    expect((await admin('POST', '/__admin/snapshots/start/restore')).status).toBe(204)
    expect((await gitlab()('GET', `${TAGS}?per_page=100`)).text).toBe(before)
    expect((await admin('GET', '/__admin/clock')).body).toMatchObject({ now: '2024-06-01T12:00:00.000Z' })
  })

  it('is not changed by what is done after it was taken or restored', async () => {
    await gitlab()('POST', `${TAGS}?tag_name=kept&ref=main`)
    await admin('PUT', '/__admin/snapshots/s')
    for (let round = 0; round < 2; round++) {
      await gitlab()('DELETE', `${TAGS}/kept`)
      await admin('POST', '/__admin/snapshots/s/restore')
      expect(await names(gitlab())).toContain('kept')
    }
  })

  it('is listed, replaced and deleted', async () => {
    await admin('PUT', '/__admin/snapshots/a')
    expect((await admin('PUT', '/__admin/snapshots/a')).status).toBe(200)
    expect((await admin('GET', '/__admin/snapshots')).body).toEqual({ snapshots: ['a'] })
    expect((await admin('DELETE', '/__admin/snapshots/a')).status).toBe(204)
    expect(await admin('DELETE', '/__admin/snapshots/a')).toMatchObject({
      status: 404,
      body: { error: 'snapshot-missing' },
    })
    expect((await admin('POST', '/__admin/snapshots/a/restore')).status).toBe(404)
  })
})

describe('the clock', () => {
  const put = (payload: object) => admin('PUT', '/__admin/clock', { payload })

  it('can be set, moved on, stopped and let go', async () => {
    expect((await put({ now: '2025-01-01T00:00:00Z' })).body).toEqual({
      now: '2025-01-01T00:00:00.000Z',
      frozen: true,
    })
    expect((await put({ advance: 90 })).body).toEqual({ now: '2025-01-01T00:01:30.000Z', frozen: true })
    expect((await put({ frozen: false })).body).toMatchObject({ frozen: false })
    expect((await put({ frozen: true, now: '2026-01-01T00:00:00Z' })).body).toEqual({
      now: expect.stringMatching(/^2026-01-01T00:00:00/),
      frozen: true,
    })
    await admin('POST', '/__admin/reset')
    expect((await admin('GET', '/__admin/clock')).body).toEqual({
      now: '2024-06-01T12:00:00.000Z',
      frozen: true,
    })
  })

  it.each([{ now: 'x' }, { advance: 'x' }, { advance: 1e300 }, { frozen: 1 }, { when: 'now' }])(
    'refuses %j',
    async (payload) => {
      expect((await put(payload)).status).toBe(422)
    },
  )
})
