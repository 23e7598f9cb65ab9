import type { FastifyInstance } from 'fastify'
import { afterEach, expect, it } from 'vitest'
import type { State } from '../../src/forge/state/schema.ts'
import { buildApp, type Options } from '../../src/index.ts'
import { vendors } from '../../src/vendors/index.ts'
import { type Call, callerOf, type Reply } from '../caller.ts'
import { crawl } from '../http/crawl.ts'
import { writes } from '../http/every-write.ts'
import { fixture, stir, USERS, vendorCaller } from '../http/state-world.ts'

const CLOCK = '2024-06-01T12:00:00Z'
const JSON_TYPE = { 'content-type': 'application/json' }
/** `gitlab.createTag/ref-exists; source "lib/api/tags.rb" until 13.12`, and several of that. */
const EXPLAINED =
  /^[\w.]+\/[\w-]+; (?:recording|source|documentation|client|inferred) "[^"]{3,}"(?: since [\w. ]+)?(?: until [\w. ]+)?$/

let app: FastifyInstance | null = null
afterEach(() => app?.close())

/** Notes answers whose header says nothing, or nothing that the evidence knows. */
class Watch {
  readonly misses = new Set<string>()
  count = 0

  of(call: Call): Call {
    return async (method, url, options) => {
      const reply = await call(method, url, options)
      this.#look(method, url, reply)
      return reply
    }
  }

  #look(method: string, url: string, { status, headers }: Reply): void {
    this.count++
    const text = String(headers['x-fakeforge-rule'])
    if (text.split(' | ').every((part) => EXPLAINED.test(part))) return
    this.misses.add(`${method} ${url.split('?')[0]} ${status}: ${text}`)
  }
}

/** The first profile of each vendor without quirks, its other ones with all of them. */
const rounds: readonly Partial<Options>[] = Array.from(
  { length: Math.max(...vendors.map(({ profiles }) => profiles.length)) },
  (_, round) => ({
    profiles: Object.fromEntries(
      vendors.map(({ id, profiles }) => [id, profiles[round] ?? profiles[0] ?? '']),
    ),
    quirks: round === 0 ? [] : vendors.flatMap(({ id, quirks }) => quirks.map(({ name }) => `${id}.${name}`)),
  }),
)

it.each(rounds)('every answer has a rule that the evidence knows, with %j', async (options) => {
  app = await buildApp({ ...options, fixture, clock: CLOCK, bodyLimit: 100_000, explain: true })
  const watch = new Watch()
  const plain = vendorCaller(app)
  const call = watch.of(plain)
  const anybody = watch.of(callerOf(app))
  // Hooks and single tags came later than 4.5.2.
  if (options.profiles?.bitbucket !== '4.5.2') await stir(call)
  const state = (await callerOf(app, { host: 'localhost' })('GET', '/__admin/state')).body as State
  await crawl(anybody, state, [...USERS, 'gus', 'nobody'])
  for (const { method, path, payload } of writes) {
    const url = typeof path === 'string' ? path : path({ request: { id: 99 } })
    const body = typeof payload === 'object' ? payload : {}
    const wrong = { authorization: 'x', 'private-token': 'x', 'x-auth-token': 'x' }
    await call(method, url, { payload: body, headers: wrong })
    await anybody(method, url, { payload: body })
    await call(method, url, { payload: body })
    await call(method, url)
    await call(method, url, { payload: '{', headers: JSON_TYPE })
    await call(method, url, { payload: [], headers: JSON_TYPE })
    await call(method, url, { payload: 'a=b', headers: { 'content-type': 'text/plain' } })
    await call(method, url, { payload: JSON.stringify({ x: 'x'.repeat(200_000) }), headers: JSON_TYPE })
    for (const other of ['GET', 'HEAD', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']) await call(other, url)
    await call(method, `${url.split('?')[0]}/%zz`)
  }
  expect(watch.count).toBeGreaterThan(1500)
  expect([...watch.misses]).toEqual([])
})
