import http from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Entry } from '../../src/http/journal/entry.ts'
import { buildApp } from '../../src/index.ts'
import type { Options } from '../../src/options.ts'

const NOW = '2024-06-01T12:00:00Z'
const fixture = {
  users: [
    { username: 'ada', name: 'Ada', email: 'ada@example.test', admin: true, tokens: ['ada-token'] },
    {
      username: 'rex',
      name: 'Rex',
      email: 'rex@example.test',
      password: 'rex-password',
      tokens: ['rex-token'],
    },
  ],
  owners: [{ alias: 'acme', kind: 'company', members: { ada: 'owner', rex: 'reporter' } }],
  projects: [
    {
      path: 'acme/x',
      id: 1,
      visibility: 'private',
      commits: [{ label: 'c1', message: 'One\n' }],
      tags: [
        { name: 'v1', target: 'c1' },
        { name: 'v2', target: 'c1', message: 'Two\n', tagger: 'ada' },
      ],
    },
  ],
}

/** A list and one tag of each vendor. */
const addresses = [
  '/api/v4/projects/1/repository/tags',
  '/api/v4/projects/1/repository/tags?per_page=1&order_by=name&sort=asc',
  '/api/v4/projects/1/repository/tags/v1',
  '/rest/api/1.0/projects/ACME/repos/x/tags',
  '/rest/api/1.0/projects/ACME/repos/x/tags/v1',
  '/project/acme/x/tag',
  '/v4/repositories/1/repository/tags',
  '/v4/repositories/1/repository/tag?tag_name=v1',
  '/v2/repositories/1/tags',
]

interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly names: readonly string[]
  readonly body: string
}

/** Every vendor finds its own. */
function credentials(token: string): Record<string, string> {
  return { 'private-token': token, 'x-auth-token': token, authorization: `Bearer ${token}` }
}

function headersFor(url: string, token: string): Record<string, string> {
  const { authorization, ...others } = credentials(token)
  if (url.includes('/rest/')) return { authorization: authorization! }
  if (url.includes('/project/')) return { authorization: `token ${token}` }
  return others
}

let app: FastifyInstance
// What is kept is right to the second, and tests are not to depend on when one ends.
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(async () => {
  await app.close()
  vi.useRealTimers()
})

async function start(options: Partial<Options> = {}): Promise<void> {
  app = await buildApp({ fixture, clock: NOW, ...options })
  await app.listen({ port: 0, host: '127.0.0.1' })
}

function origin(): { host: string; port: number } {
  return { host: '127.0.0.1', port: (app.server.address() as AddressInfo).port }
}

function ask(url: string, token = 'ada-token', more: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.get({ ...origin(), path: url, headers: { ...headersFor(url, token), ...more } })
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          names: response.rawHeaders.filter((_, i) => i % 2 === 0),
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
  })
}

/** The same without a socket, which goes the long way. */
async function askLong(url: string, token = 'ada-token'): Promise<Omit<Answer, 'names'>> {
  const { host, port } = origin()
  const reply = await app.inject({
    url,
    headers: { ...headersFor(url, token), host: `${host}:${port}` },
  })
  return { status: reply.statusCode, headers: reply.headers as http.IncomingHttpHeaders, body: reply.body }
}

const VOLATILE = [
  'date',
  'connection',
  'keep-alive',
  'x-request-id',
  'x-runtime',
  'x-gitlab-meta',
  'x-arequestid',
]

function steady(headers: http.IncomingHttpHeaders): object {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      VOLATILE.includes(name) ? [] : [[name, [value].flat().join(', ')]],
    ),
  )
}

describe('a request that comes again', () => {
  it.each(addresses)(
    '%s gets the same answer from the third time on, but for what is new in each',
    async (url) => {
      await start()
      const [first, second] = [await ask(url), await ask(url)]
      expect(first.status).toBe(200)
      expect(app.memo.given).toBe(0)
      const third = await ask(url)
      expect(app.memo.given).toBe(1)
      expect(third.names).toEqual(second.names)
      expect(steady(third.headers)).toEqual(steady(second.headers))
      expect(third.body).toBe(second.body)
      for (const name of ['x-request-id', 'x-gitlab-meta', 'x-arequestid']) {
        if (second.headers[name] !== undefined) expect(third.headers[name]).not.toBe(second.headers[name])
      }
      expect(third.headers['x-gitlab-meta'] ?? '').toContain(
        third.headers['x-gitlab-meta'] ? third.headers['x-request-id'] : '',
      )
    },
  )

  it('is counted by Bitbucket like any other', async () => {
    await start()
    const ids: unknown[] = []
    for (let i = 0; i < 4; i++) ids.push((await ask(addresses[3]!)).headers['x-arequestid'])
    expect(ids).toEqual([1, 2, 3, 4].map((count) => `@FKF0RGEx720x${count}x0`))
    expect(app.memo.given).toBe(2)
  })

  it('is in the journal each time, with the headers that it got', async () => {
    await start()
    const answers = [await ask(addresses[0]!), await ask(addresses[0]!), await ask(addresses[0]!)]
    const { requests } = (await app.inject('/__admin/requests')).json()
    expect(requests).toHaveLength(3)
    const [, second, third] = requests
    expect(requests.map(({ number }: { number: number }) => number)).toEqual([1, 2, 3])
    expect(third.answer.headers['x-request-id']).toBe(answers[2]?.headers['x-request-id'])
    const rest = ({ number: _n, time: _t, duration: _d, answer, ...others }: Entry) => ({
      ...others,
      answer: { body: answer.body, headers: steady(answer.headers as http.IncomingHttpHeaders) },
    })
    expect(rest(third)).toEqual(rest(second))
    expect(third.time >= second.time).toBe(true)
  })

  it('is answered 304 each time where its client has the answer already', async () => {
    await start()
    const etag = String((await ask(addresses[0]!)).headers.etag)
    for (let i = 0; i < 4; i++) {
      const { status, body } = await ask(addresses[0]!, 'ada-token', { 'if-none-match': etag })
      expect([status, body]).toEqual([304, ''])
    }
  })

  it.each([
    ['--kept-answers 0', { keptAnswers: 0 }],
    ['no journal', { journalSize: 0 }],
  ])('gets the same answers with %s', async (_, options) => {
    await start(options)
    const bodies = new Set<string>()
    for (let i = 0; i < 4; i++) bodies.add((await ask(addresses[0]!)).body)
    expect(bodies.size).toBe(1)
    expect(app.memo.given).toBe('keptAnswers' in options ? 0 : 2)
  })

  it('is forgotten for one that is asked for later, where there is room for one only', async () => {
    await start({ keptAnswers: 1 })
    for (const url of [addresses[0]!, addresses[3]!]) for (let i = 0; i < 3; i++) await ask(url)
    expect(app.memo.given).toBe(2)
    expect((await ask(addresses[0]!)).status).toBe(200)
    expect(app.memo.given).toBe(2)
  })
})

describe('a kept answer is not given', () => {
  async function poll(url: string, token?: string): Promise<void> {
    for (let i = 0; i < 3; i++) expect((await ask(url, token)).status).toBe(200)
  }

  it('to anybody else', async () => {
    await start()
    await poll(addresses[0]!)
    expect((await ask(addresses[0]!, 'nobody-token')).status).toBe(401)
  })

  it('in another second', async () => {
    await start()
    await poll(addresses[0]!)
    const before = app.memo.given
    vi.setSystemTime(Date.now() + 1000)
    await ask(addresses[0]!)
    expect(app.memo.given).toBe(before)
    await ask(addresses[0]!)
    expect(app.memo.given).toBe(before + 1)
  })

  it('once the token has expired', async () => {
    await start()
    const user = { name: 'rex', password: 'rex-password', domain: { name: 'rex' } }
    const issued = await app.inject({
      method: 'POST',
      url: '/v3/auth/tokens',
      payload: { auth: { identity: { methods: ['password'], password: { user } } } },
    })
    const token = String(issued.headers['x-subject-token'])
    const list = '/v4/repositories/1/repository/tags'
    await poll(list, token)
    const turn = (advance: number) =>
      app.inject({ method: 'PUT', url: '/__admin/clock', payload: { advance } })
    await turn(86_399)
    await poll(list, token)
    await turn(1)
    expect((await ask(list, token)).status).toBe(401)
  })

  it('once a fault rule is there', async () => {
    await start()
    await poll(addresses[0]!)
    const rule = { operation: 'gitlab.listTags', status: 503 }
    const made = await app.inject({ method: 'POST', url: '/__admin/faults', payload: rule })
    expect(made.statusCode).toBe(201)
    expect((await ask(addresses[0]!)).status).toBe(503)
  })

  it('after a reset that changes something, nor from a sandbox that is gone', async () => {
    await start()
    const { id } = (await app.inject({ method: 'POST', url: '/__admin/sandboxes' })).json()
    const inSandbox = `/__sandbox/${id}${addresses[0]}`
    await poll(inSandbox)
    await app.inject({
      method: 'POST',
      url: addresses[0]!,
      headers: { 'private-token': 'ada-token' },
      payload: { tag_name: 'v3', ref: 'main' },
    })
    await poll(addresses[0]!)
    expect(JSON.parse((await ask(addresses[0]!)).body)).toHaveLength(3)
    expect(JSON.parse((await ask(inSandbox)).body)).toHaveLength(2)
    await app.inject({ method: 'POST', url: '/__admin/reset' })
    expect(JSON.parse((await ask(addresses[0]!)).body)).toHaveLength(2)
    await app.inject({ method: 'DELETE', url: `/__admin/sandboxes/${id}` })
    expect((await ask(inSandbox)).status).toBe(404)
  })
})

type Step = readonly [method: string, url: string, payload?: object]
const name = fc.constantFrom('v1', 'v2', 'v3')
const gitlab = '/api/v4/projects/1'
const bitbucket = '/rest/api/1.0/projects/ACME/repos/x'
const step: fc.Arbitrary<Step> = fc.oneof(
  name.map(
    (tag): Step => ['POST', `${gitlab}/repository/tags`, { tag_name: tag, ref: 'main', message: 'M' }],
  ),
  name.map((tag): Step => ['POST', `${bitbucket}/tags`, { name: tag, startPoint: 'main' }]),
  name.map((tag): Step => ['DELETE', `${gitlab}/repository/tags/${tag}`]),
  name.map((tag): Step => ['POST', `${gitlab}/releases`, { tag_name: tag, description: 'Notes' }]),
  name.map((tag): Step => ['PUT', `${gitlab}/releases/${tag}`, { description: 'Better' }]),
  name.map((tag): Step => ['POST', `${gitlab}/protected_tags`, { name: tag }]),
  name.map((tag): Step => ['DELETE', `${gitlab}/protected_tags/${tag}`]),
  name.map((tag): Step => ['POST', `${gitlab}/repository/branches?branch=${tag}&ref=main`]),
  fc.constant<Step>(['POST', '/__admin/reset']),
  fc.constant<Step>(['PUT', '/__admin/snapshots/s']),
  fc.constant<Step>(['POST', '/__admin/snapshots/s/restore']),
  fc.integer({ min: 0, max: 7200 }).map((seconds): Step => ['PUT', '/__admin/clock', { advance: seconds }]),
)

it('a kept answer is what the long way would answer, whatever has happened in between', async () => {
  await start()
  const root = (method: string, url: string, payload?: object) =>
    app.inject({
      method: method as 'GET',
      url,
      headers: { 'private-token': 'ada-token', authorization: 'Bearer ada-token' },
      ...(payload && { payload }),
    })
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('ada-token', 'rex-token', 'nobody-token'),
      async (steps, token) => {
        await root('POST', '/__admin/reset')
        for (const [method, url, payload] of steps) {
          for (let i = 0; i < 2; i++) await Promise.all(addresses.map((address) => ask(address, token)))
          await root(method, url, payload)
          for (const address of addresses) {
            const [long, short] = [await askLong(address, token), await ask(address, token)]
            expect({ ...short, headers: steady(short.headers), names: [] }, address).toEqual({
              ...long,
              headers: steady(long.headers),
              names: [],
            })
          }
        }
      },
    ),
    { numRuns: 25 },
  )
  expect(app.memo.given).toBeGreaterThan(200)
})
