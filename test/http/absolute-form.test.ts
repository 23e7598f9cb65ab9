import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = await buildApp({ clock: '2024-06-01T12:00:00Z' })
  await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

/** `target` is sent as it is in the first line of the request. */
async function send(target: string, host: string) {
  const { port } = app.server.address() as AddressInfo
  const headers = { host, authorization: 'Bearer ada-token', 'private-token': 'ada-token' }
  const sent = request({ host: '127.0.0.1', port, path: target, headers, agent: false }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const { link, location } = response.headers
  return { status: response.statusCode, link, location, body: await text(response) }
}

it.each([
  '/api/v4/projects/acme%2Fwidgets/repository/tags?per_page=1',
  '/rest/api/1.0/projects/ACME/repos/widgets/tags?limit=1',
  '/project/acme/widgets/tag?size=1',
  '/v4/repositories/1/repository/tags?limit=1',
  '/acme/widgets.git/info/refs?service=git-upload-pack',
  '/__admin/sandboxes',
  '/nothing',
  '/?a=b',
])('%s is answered alike when the first line holds the whole address', async (path) => {
  const usual = await send(path, 'forge.localhost:81')
  expect(await send(`http://forge.localhost:81${path}`, 'proxy.localhost')).toEqual(usual)
  expect(await send(`HTTPS://who:what@forge.localhost:81${path}`, 'proxy.localhost')).toEqual(usual)
})

it('an address without a path is that of the root', async () => {
  expect(await send('http://forge.localhost', 'x')).toEqual(await send('/', 'forge.localhost'))
  expect(await send('http://forge.localhost?a=1', 'x')).toEqual(await send('/?a=1', 'forge.localhost'))
})
