import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { type Call, callerOf } from '../caller.ts'
import { registeredRoutes } from './control-routes.ts'

/** What a browser sends for a hostile page: through a name of the page's own, or to the server's address directly. */
const hostile: [string, Record<string, string>][] = [
  ['a name that leads here', { host: 'evil.example:4747' }],
  ['such a name, and its own origin', { host: 'evil.example:4747', origin: 'http://evil.example:4747' }],
  ['a name that begins as ours', { host: '127.0.0.1.evil.example' }],
  ['the origin of a page', { host: 'localhost:4747', origin: 'https://evil.example' }],
  ['another port', { host: 'localhost:4747', origin: 'http://localhost:3000' }],
  ['the origin of a sandboxed frame or a file', { host: 'localhost:4747', origin: 'null' }],
  [
    'a request without an origin, from another site',
    { host: 'localhost:4747', 'sec-fetch-site': 'cross-site' },
  ],
]

let app: FastifyInstance
let admin: Call
let id: string
/** Every control route, and some addresses that are none. */
let requests: [method: string, path: string][]
beforeAll(async () => {
  app = await buildApp({ adminToken: 'let-me-in' })
  admin = callerOf(app, { host: 'localhost:4747', authorization: 'Bearer let-me-in' })
  id = ((await admin('POST', '/__admin/sandboxes')).body as { id: string }).id
  const routes = (await registeredRoutes(app)).map((route) => route.split(' ') as [string, string])
  expect(routes.length).toBeGreaterThan(30)
  requests = [
    ...routes.map(([method, path]): [string, string] => [method, path.replace(/\{\w+\}/g, '1')]),
    ['GET', '/__admin'],
    ['GET', '/__admin/nothing'],
    ['OPTIONS', '/__admin/reset'],
    ['HEAD', '/__admin/state'],
  ]
})
afterAll(() => app.close())

it.each(hostile)('no control route answers to %s, in any world', async (_what, headers) => {
  const before = (await admin('GET', '/__admin/state')).text
  const worlds: [string, Record<string, string>][] = [
    ['', {}],
    [`/__sandbox/${id}`, {}],
    ['', { 'x-fakeforge-sandbox': id }],
  ]
  for (const [method, path] of requests) {
    for (const [base, more] of worlds) {
      const reply = await admin(method, base + path, { headers: { ...headers, ...more } })
      const cors = Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))
      expect([method, base + path, reply.status, cors]).toEqual([method, base + path, 403, []])
      if (method !== 'HEAD') expect(reply.body).toHaveProperty('error', expect.stringMatching(/^foreign-/))
    }
  }
  expect((await admin('GET', '/__admin/state')).text).toBe(before)
  expect((await admin('GET', `/__admin/sandboxes/${id}`)).status).toBe(200)
})

it.each([
  { host: 'localhost:4747' },
  { host: '127.0.0.1:4747' },
  { host: '[::1]:4747' },
  { host: 'fakeforge:4747' },
  { host: 'localhost:4747', origin: 'http://localhost:4747', 'sec-fetch-site': 'same-origin' },
])('its own callers are answered: %o', async (headers) => {
  expect((await admin('GET', '/__admin/version', { headers })).status).toBe(200)
  expect((await admin('GET', `/__sandbox/${id}/__admin/clock`, { headers })).status).toBe(200)
})
