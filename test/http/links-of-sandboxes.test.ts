import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { State } from '../../src/forge/state/schema.ts'
import { buildApp } from '../../src/index.ts'
import { type Call, callerOf } from '../caller.ts'
import { crawl } from './crawl.ts'
import { fixture, stir, USERS, vendorCaller } from './state-world.ts'

const ORIGIN = 'http://forge.example.test'

let app: FastifyInstance
let base: string
/** Every address of the server that an answer had, with how often. */
let seen: Map<string, number>
beforeEach(async () => {
  app = await buildApp({ fixture, clock: '2024-06-01T12:00:00Z' })
  const { body } = await callerOf(app, { host: 'localhost' })('POST', '/__admin/sandboxes')
  base = `/__sandbox/${(body as { id: string }).id}`
  seen = new Map()
})
afterEach(() => app.close())

/** Demands of every answer that each address of the server in it, headers included, begins with the base path once. */
function watching(call: Call): Call {
  return async (method, url, options) => {
    const reply = await call(method, url, options)
    const text = `${JSON.stringify(reply.headers)} ${reply.text}`.replaceAll('\\/', '/')
    const addresses = text.match(/https?:\/\/forge\.example\.test[^\s"'<>\\]*/g) ?? []
    const strays = addresses.filter(
      (address) =>
        !`${address}/`.startsWith(`${ORIGIN}${base}/`) || address.split('/__sandbox/').length !== 2,
    )
    expect([method, url, strays]).toEqual([method, url, []])
    const { location = base } = reply.headers
    expect([method, url, String(location).replace(ORIGIN, '').slice(0, base.length)]).toEqual([
      method,
      url,
      base,
    ])
    for (const address of addresses) seen.set(address, (seen.get(address) ?? 0) + 1)
    return reply
  }
}

it('every address in every answer of every vendor carries the base path of the sandbox', async () => {
  const plain = watching(callerOf(app, { host: 'forge.example.test' }))
  const call = watching(vendorCaller(app, base))
  await stir(call)
  await call('POST', '/api/v4/projects/7/repository/branches?branch=more&ref=side')
  const requests = '/rest/api/1.0/projects/ACME/repos/widgets/pull-requests'
  const ends = { fromRef: { id: 'refs/heads/more' }, toRef: { id: 'refs/heads/main' } }
  const { status, headers } = await call('POST', requests, { payload: { title: 'More', ...ends } })
  expect([status, headers.location]).toEqual([201, `${ORIGIN}${base}${requests}/2`])
  await call('GET', '/rest/api/1.0/nothing')
  const { body } = await callerOf(app, { host: 'localhost' })('GET', `${base}/__admin/state`)
  await crawl(plain, body as State, [...USERS, 'nobody'], base)
  expect(seen.size).toBeGreaterThan(150)
})

it('so do the addresses in what git is told', async () => {
  const plain = watching(callerOf(app, { host: 'forge.example.test' }))
  const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` })
  const ask = (path: string, pair: string) =>
    plain('GET', `${base}${path}/info/refs?service=git-upload-pack`, { headers: basic(pair) })
  for (const path of ['/acme/widgets', '/scm/acme/widgets', '/project/acme/widgets']) {
    for (const suffix of ['', '.git']) {
      await ask(path + suffix, 'mia:mia-token')
      await ask(path + suffix, 'mia:wrong')
    }
  }
  const { status, headers } = await ask('/acme/widgets', 'mia:mia-token')
  expect([status, headers.location]).toEqual([
    301,
    `${ORIGIN}${base}/acme/widgets.git/info/refs?service=git-upload-pack`,
  ])
  expect((await ask('/acme/widgets.git', 'mia:wrong')).text).toContain(
    `See ${ORIGIN}${base}/help/topics/git/`,
  )
})

it('a line of the log names the vendor of a request to a sandbox', async () => {
  const lines: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0)
  const noisy = await buildApp({ logLevel: 'info' })
  const { body } = await callerOf(noisy, { host: 'localhost' })('POST', '/__admin/sandboxes')
  const url = `/__sandbox/${(body as { id: string }).id}/api/v4/version`
  await callerOf(noisy)('GET', url)
  await noisy.close()
  vi.restoreAllMocks()
  const logged = lines
    .join('')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  expect(logged).toContainEqual(expect.objectContaining({ url, status: 401, vendor: 'gitlab' }))
})
