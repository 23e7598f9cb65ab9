import { Validator } from '@seriousme/openapi-schema-validator'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp, type Options, version } from '../../src/index.ts'
import { type Call, callerOf } from '../caller.ts'
import { registeredRoutes } from './control-routes.ts'
import { DescribedAnswers, type OpenApiDocument } from './described-answers.ts'
import { Receiver } from './receiver.ts'
import { fixtureWith } from './webhook-world.ts'

const TAGS = '/api/v4/projects/1/repository/tags'

let apps: FastifyInstance[]
beforeEach(() => {
  apps = []
})
afterEach(async () => {
  for (const app of apps) await app.close()
})

async function open(options: Partial<Options> = {}) {
  const app = await buildApp(options)
  apps.push(app)
  const admin = callerOf(app, { host: 'localhost:4747' })
  return { app, admin, mia: callerOf(app, { 'private-token': 'mia-token' }) }
}

async function documentOf(admin: Call): Promise<OpenApiDocument> {
  return (await admin('GET', '/__admin/openapi.json')).body as OpenApiDocument
}

describe('the OpenAPI document of the control plane', () => {
  it.each<Partial<Options>>([{}, { adminToken: 'let-me-in' }])('is valid with %j', async (options) => {
    const { admin } = await open(options)
    const headers = { authorization: 'Bearer let-me-in' }
    const { status, body } = await admin('GET', '/__admin/openapi.json', { headers })
    expect(status).toBe(200)
    const validator = new Validator()
    const { valid, errors } = await validator.validate(body as Record<string, unknown>)
    expect([valid, errors]).toEqual([true, undefined])
    expect(validator.version).toBe('3.1')
  })

  it('has every control route, and no other', async () => {
    const { app, admin } = await open()
    const { paths } = await documentOf(admin)
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described.sort()).toEqual(await registeredRoutes(app))
  })

  it('has a name of its own for each route, and every parameter of its path', async () => {
    const { paths } = await documentOf((await open()).admin)
    const names: string[] = []
    for (const [path, methods] of Object.entries(paths)) {
      for (const { operationId, parameters = [] } of Object.values(methods) as unknown as {
        operationId: string
        parameters?: { name: string; in: string }[]
      }[]) {
        names.push(operationId)
        const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
        expect([path, inPath]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)])
      }
    }
    expect(new Set(names).size).toBe(names.length)
  })

  it('is at both of its addresses, with the address of the world that was asked', async () => {
    const { admin } = await open()
    const { body } = await admin('GET', '/__admin/openapi.json')
    expect(body).toMatchObject({
      openapi: '3.1.1',
      info: { version },
      servers: [{ url: 'http://localhost:4747' }],
    })
    expect((await admin('GET', '/__admin/openapi/admin.json')).body).toEqual(body)
    const { id } = (await admin('POST', '/__admin/sandboxes')).body as { id: string }
    expect((await admin('GET', `/__sandbox/${id}/__admin/openapi.json`)).body).toMatchObject({
      servers: [{ url: `http://localhost:4747/__sandbox/${id}` }],
    })
  })

  it('asks for a token where the server does, except for its health', async () => {
    const { admin } = await open({ adminToken: 'let-me-in' })
    expect((await admin('GET', '/__admin/openapi.json')).status).toBe(401)
    const headers = { authorization: 'Bearer let-me-in' }
    expect((await admin('GET', '/__admin/openapi.json', { headers })).body).toMatchObject({
      security: [{ token: [] }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      paths: { '/__admin/health': { get: { security: [] } } },
    })
  })
})

it('every answer of the control plane is as its OpenAPI document says', async () => {
  const receiver = await Receiver.open()
  const hook = { url: receiver.url, secret: 's3cret', vendor: 'gitlab' }
  const { admin: plain, mia } = await open({
    fixture: fixtureWith([hook]),
    stateLimit: 200_000,
    strict: true,
  })
  const answers = new DescribedAnswers(await documentOf(plain))
  const admin = answers.checking(plain)
  const json = { 'content-type': 'application/json' }
  const wrong = async (method: string, url: string, payload: string | object) => {
    for (const body of ['{', ' '.repeat(11 * 1024 * 1024), payload])
      await admin(method, url, { payload: body, headers: json })
  }

  for (const path of [
    'health',
    'coverage',
    'version',
    'openapi.json',
    'openapi/admin.json',
    'openapi/gitflic.json',
    'openapi/nobody.json',
    'addresses',
    'clock',
  ])
    await admin('GET', `/__admin/${path}`)
  await admin('GET', '/__admin/addresses/acme%2Fwidgets')
  await admin('GET', '/__admin/addresses/nobody')

  await admin('PUT', '/__admin/clock', { payload: { now: '2024-06-01T12:00:00Z', frozen: true } })
  await wrong('PUT', '/__admin/clock', { now: 'later' })

  await mia('POST', `${TAGS}?tag_name=v2.0.0&ref=main&mesage=x`)
  await mia('POST', `${TAGS}?tag_name=v2.0.0&ref=main`)
  await mia('POST', TAGS, { payload: Buffer.from([0xff, 0xfe]), headers: json })
  await mia('GET', '/nowhere')
  await admin('GET', '/__admin/webhooks?settled=true')
  await admin('GET', '/__admin/webhooks?timeout=x&settled=true')
  await admin('GET', '/__admin/webhooks/1')
  await admin('GET', '/__admin/webhooks/99')
  await admin('POST', '/__admin/webhooks/1/redeliver')
  await admin('POST', '/__admin/webhooks/1/redeliver')
  await admin('POST', '/__admin/webhooks/99/redeliver')
  await receiver.close()
  await admin('GET', '/__admin/webhooks?settled=true')
  await admin('POST', '/__admin/webhooks/1/redeliver')
  await admin('GET', '/__admin/webhooks?settled=true')
  await admin('DELETE', '/__admin/webhooks')

  await admin('GET', '/__admin/requests')
  await admin('GET', '/__admin/requests/1')
  await admin('GET', '/__admin/requests/99')
  await admin('GET', '/__admin/requests/stream?since=0&limit=1')
  for (const path of ['', '/count', '/findings', '/har', '/stream']) {
    if (path !== '/stream') await admin('GET', `/__admin/requests${path}?status=4xx`)
    await admin('GET', `/__admin/requests${path}?vendor=nobody`)
  }
  await admin('DELETE', '/__admin/requests')

  await admin('POST', '/__admin/faults', { payload: { status: 503, times: 2, token: 'x' } })
  await admin('POST', '/__admin/faults', {
    payload: [
      { latency: { distribution: 'normal', mean: 5, deviation: 1 } },
      { rateLimit: { limit: 5, window: 60 }, vendor: 'gitlab', operation: 'gitlab.listTags' },
      { drip: true, after: 3 },
      { truncate: true, method: 'GET', path: '/api/*', user: 'mia' },
    ],
  })
  await wrong('POST', '/__admin/faults', { status: 700 })
  await admin('GET', '/__admin/faults')
  await admin('DELETE', '/__admin/faults/1')
  await admin('DELETE', '/__admin/faults/1')
  await admin('DELETE', '/__admin/faults')
  await admin('GET', '/__admin/faults/scenarios')
  await admin('POST', '/__admin/faults/scenarios/vanishing-tag')
  await admin('POST', '/__admin/faults/scenarios/nope')
  await wrong('POST', '/__admin/faults/scenarios/vanishing-tag', { times: 0 })

  await admin('PUT', '/__admin/snapshots/one')
  await admin('PUT', '/__admin/snapshots/one')
  await admin('PUT', `/__admin/snapshots/${'x'.repeat(201)}`)
  for (let i = 1; i < 1000; i++) await plain('PUT', `/__admin/snapshots/s${i}`)
  await admin('PUT', '/__admin/snapshots/another')
  await admin('GET', '/__admin/snapshots')
  await admin('POST', '/__admin/snapshots/one/restore')
  await admin('POST', '/__admin/snapshots/nope/restore')
  await admin('DELETE', '/__admin/snapshots/one')
  await admin('DELETE', '/__admin/snapshots/one')

  const { id } = (await admin('POST', '/__admin/sandboxes', { payload: { ttl: 60 } })).body as { id: string }
  await admin('POST', '/__admin/sandboxes', { payload: { snapshot: 'nope' } })
  await wrong('POST', '/__admin/sandboxes', { fixture: { projects: [{ path: 'nobody/x' }] } })
  await admin('GET', '/__admin/sandboxes')
  await admin('GET', `/__admin/sandboxes/${id}`)
  await admin('GET', '/__admin/sandboxes/nope')
  await admin('DELETE', `/__admin/sandboxes/${id}`)
  await admin('DELETE', `/__admin/sandboxes/${id}`)

  const state = (await admin('GET', '/__admin/state')).text
  await admin('PUT', '/__admin/state', { payload: state, headers: json })
  await wrong('PUT', '/__admin/state', { users: [] })
  await admin('POST', '/__admin/reset')
  await wrong('POST', '/__admin/reset', { projects: [{ path: 'nobody/x' }] })

  const empty = { users: [{ username: 'mia' }], projects: [{ path: 'mia/empty', commits: [] }] }
  const { admin: mute } = await open({ journalSize: 0, sandboxLimit: 0, fixture: empty })
  const silent = answers.checking(mute)
  for (const path of ['', '/count', '/findings', '/har', '/stream', '/1'])
    await silent('GET', `/__admin/requests${path}`)
  await silent('DELETE', '/__admin/requests')
  await silent('POST', '/__admin/sandboxes')
  await silent('POST', '/__admin/faults/scenarios/gitlab-page-formula')
  await silent('POST', '/__admin/faults', { payload: { scenario: 'gitlab-page-formula' } })

  await admin('GET', '/__admin/version', { headers: { host: 'evil.test' } })
  await admin('GET', '/__admin/version', { headers: { 'x-fakeforge-sandbox': 'gone' } })
  expect(answers.unseen(['403', '404'])).toEqual([])
})
