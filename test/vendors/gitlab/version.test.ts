import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { ask } from './neighbours.ts'

const METADATA = {
  version: '18.5.0-ee',
  revision: '2a1c9fc1c4c',
  kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
  enterprise: true,
}

describe('GET /version and /metadata', () => {
  let app: FastifyInstance
  beforeAll(async () => {
    app = await buildApp()
  })
  afterAll(() => app.close())

  it.each(['/version', '/metadata'])('%s answers version, revision, kas and edition', async (path) => {
    const { status, body } = await ask(app, `GET ${path}`, 'gus-token')
    expect({ status, body }).toEqual({ status: 200, body: METADATA })
  })

  it.each(['/version', '/metadata'])('%s answers 401 to strangers', async (path) => {
    const { status, body } = await ask(app, `GET ${path}`, null)
    expect({ status, body }).toEqual({ status: 401, body: { message: '401 Unauthorized' } })
  })
})

it.each([
  ['14', { version: '14.10.5-ee', revision: '9d5cb6b5a23' }],
  ['13', { version: '13.12.15-ee', revision: '0f1b1e41e3c' }],
])('profile %s knows its version but no metadata', async (profile, body) => {
  const app = await buildApp({ profiles: { gitlab: profile } })
  expect(await ask(app, 'GET /version', 'gus-token')).toMatchObject({ status: 200, body })
  expect((await ask(app, 'GET /version', 'gus-token')).body).toEqual(body)
  expect(await ask(app, 'GET /metadata', 'gus-token')).toMatchObject({
    status: 404,
    body: { error: '404 Not Found' },
  })
  await app.close()
})

it('the printed page shows two keys of /version', async () => {
  const app = await buildApp({ profiles: { gitlab: 'documented' } })
  const { body } = await ask(app, 'GET /version', 'gus-token')
  expect(body).toEqual({ version: '18.5.0-ee', revision: '2a1c9fc1c4c' })
  await app.close()
})
