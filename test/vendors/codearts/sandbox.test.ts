import type { FastifyInstance } from 'fastify'
import { beforeAll, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { callerOf } from '../../caller.ts'
import { sign } from './signing.ts'
import { project, world } from './world.ts'

const TAGS = '/v4/repositories/1/repository/tags'

let app: FastifyInstance
beforeAll(async () => {
  app = await buildApp({ fixture: world(project('acme/widgets', 1)) })
  return () => app.close()
})

async function openSandbox(payload: object = {}): Promise<string> {
  const { body } = await callerOf(app)('POST', '/__admin/sandboxes', { payload })
  return `/__sandbox/${(body as { id: string }).id}`
}

it('a request to a sandbox is signed with the path that it is sent to', async () => {
  const path = (await openSandbox()) + TAGS
  const headers = { host: 'localhost:80', 'x-sdk-date': '20240601T120000Z' }
  const key = { accessKey: 'EXAMPLEAK0000000003', secret: 'example-secret-key-0003' }
  const send = (signed: string) => {
    const authorization = sign({ method: 'GET', path: signed, headers, ...key })
    return callerOf(app)('GET', path, { headers: { ...headers, authorization } })
  }
  expect((await send(path)).status).toBe(200)
  expect((await send(TAGS)).status).toBe(401)
})

it('issued tokens and the creators of tags go with a snapshot; a sandbox keeps its own', async () => {
  const identity = { methods: ['password'], password: { user: { name: 'dee', password: 'dee-password' } } }
  const payload = { auth: { identity } }
  const login = async (base: string) =>
    String((await callerOf(app)('POST', `${base}/v3/auth/tokens`, { payload })).headers['x-subject-token'])
  const call = (base: string, token: string, query = '') =>
    callerOf(app, { 'x-auth-token': token })('GET', base + TAGS + query)
  const early = await login('')
  const tag = { tag_name: 'light', ref: 'main' }
  await callerOf(app, { 'x-auth-token': early })('POST', TAGS, { payload: tag })
  await callerOf(app)('PUT', '/__admin/snapshots/later')
  const base = await openSandbox({ snapshot: 'later' })
  expect((await call(base, early, '?creator=3')).body).toMatchObject([{ name: 'light' }])
  const own = await login(base)
  expect([(await call(base, own)).status, (await call('', own)).status]).toEqual([200, 401])
  expect((await call(await openSandbox(), early)).status).toBe(401)
})
