import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../caller.ts'
import { fixtureWith, openWorld, TAGS, type WebhookWorld } from './webhook-world.ts'

const LOGIN = {
  auth: {
    identity: { methods: ['password'], password: { user: { name: 'mia', password: 'mia-password' } } },
  },
}

let world: WebhookWorld
beforeEach(async () => {
  world = await openWorld((url) => [{ url, vendor: 'gitlab' }], { webhookRetries: 50, webhookRetryDelay: 20 })
})
afterEach(() => world.close())

interface Beginning {
  /** What has to be there before anything happens. */
  prepare?(admin: Call, base: string): Promise<unknown>
  begin(admin: Call, base: string, prepared: unknown): Promise<{ status: number; text: string }>
}

/** Every way in which a world begins anew. */
const beginnings: [string, Beginning][] = [
  ['a reset', { begin: (admin, base) => admin('POST', `${base}/__admin/reset`) }],
  [
    'a reset to a fixture',
    {
      begin: (admin, base) =>
        admin('POST', `${base}/__admin/reset`, {
          payload: fixtureWith([{ url: world.receiver.url, vendor: 'gitlab' }]),
        }),
    },
  ],
  [
    'a snapshot',
    {
      prepare: (admin, base) => admin('PUT', `${base}/__admin/snapshots/start`),
      begin: (admin, base) => admin('POST', `${base}/__admin/snapshots/start/restore`),
    },
  ],
  [
    'a state',
    {
      prepare: async (admin, base) => (await admin('GET', `${base}/__admin/state`)).text,
      begin: (admin, base, state) => admin('PUT', `${base}/__admin/state`, { payload: String(state) }),
    },
  ],
]

describe.each(['', 'sandbox'])('in the world %j', (kind) => {
  it.each(beginnings)('after %s nothing of before is to be seen', async (_name, { prepare, begin }) => {
    const { admin, call, receiver, settle } = world
    const made = kind === '' ? null : ((await admin('POST', '/__admin/sandboxes')).body as { id: string })
    const base = made ? `/__sandbox/${made.id}` : ''
    const prepared = await prepare?.(admin, base)
    const get = async (path: string) => (await admin('GET', `${base}/__admin/${path}`)).body
    const initial = await get('state')

    receiver.answer = (response) => response.writeHead(503).end()
    const issued = await call('POST', `${base}/v3/auth/tokens`, { payload: LOGIN })
    const token = String(issued.headers['x-subject-token'])
    const limited = await admin('POST', `${base}/__admin/faults`, {
      payload: [
        { rateLimit: { limit: 3, window: 3600 }, operation: 'gitlab.listTags' },
        { latency: 1, operation: 'gitlab.getTag' },
      ],
    })
    expect([issued.status, limited.status]).toEqual([201, 201])
    for (let i = 0; i < 2; i++) await call('GET', base + TAGS)
    const hook = await call('POST', `${base}/api/v4/projects/1/hooks`, { payload: { url: receiver.url } })
    const tag = await call('POST', `${base}${TAGS}?tag_name=before&ref=main`)
    await admin('PUT', `${base}/__admin/clock`, { payload: { advance: 60 } })
    const known = { headers: { 'x-auth-token': token } }
    expect([tag.status, (await call('GET', `${base}/v4/user/repositories`, known)).status]).toEqual([
      201, 200,
    ])
    while (receiver.received.length < 3) await new Promise((resolve) => setTimeout(resolve, 5))

    expect((await begin(admin, base, prepared)).status).toBe(204)
    // One may be on its way; what is tried again would come within a few times 20 ms.
    await new Promise((resolve) => setTimeout(resolve, 60))
    const count = receiver.received.length
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(receiver.received.length).toBe(count)

    expect(await get('state')).toEqual(initial)
    expect(await get('requests')).toEqual({ requests: [], last: 0 })
    expect(await get('faults')).toEqual({ faults: [] })
    expect(await get('webhooks')).toEqual({ settled: true, deliveries: [] })
    expect(await get('clock')).toEqual({ now: '2024-06-01T12:00:00.000Z', frozen: true })
    expect((await call('GET', `${base}/v4/user/repositories`, known)).status).toBe(401)

    receiver.answer = (response) => response.end()
    const again = await call('POST', `${base}${TAGS}?tag_name=before&ref=main`)
    expect([again.status, again.text]).toEqual([tag.status, tag.text])
    expect(await settle(base)).toMatchObject([{ id: 1, webhook: 1, state: 'delivered' }])
    const sameHook = await call('POST', `${base}/api/v4/projects/1/hooks`, { payload: { url: receiver.url } })
    expect(sameHook.text).toBe(hook.text)
    expect(await get('requests/count')).toEqual({ count: 3 })
    const posted = await admin('POST', `${base}/__admin/faults`, { payload: { status: 503 } })
    expect(posted.body).toMatchObject({ id: '1', seen: 0, hits: 0 })
  })
})
