import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { vendors } from '../../src/vendors/index.ts'
import { type Call, callerOf } from '../caller.ts'
import { type Memo, type WriteStep, writes } from './every-write.ts'
import { fixture, vendorCaller } from './state-world.ts'

const NOW = '2024-06-01T12:00:00Z'
/** These change nothing: they send something, compare, or are no more. */
const HARMLESS = [
  'gitlab.testHook',
  'bitbucket.testWebhook',
  'gitlab.compare',
  'codearts.compare',
  'gitlab.retired',
]

let apps: FastifyInstance[]
beforeEach(() => {
  apps = []
})
afterEach(async () => {
  for (const app of apps) await app.close()
})

/** GitLab's oldest version has all routes that there have ever been. */
async function open(world: object = fixture) {
  const app = await buildApp({ fixture: world, clock: NOW, profiles: { gitlab: '13' } })
  apps.push(app)
  const admin = callerOf(app, { host: 'localhost', 'content-type': 'application/json' })
  return {
    call: vendorCaller(app),
    admin,
    state: async () => (await admin('GET', '/__admin/state')).text,
    put: async (state: string) => {
      const { status, text } = await admin('PUT', '/__admin/state', { payload: state })
      expect([status, text]).toEqual([204, ''])
    },
  }
}

/** Takes a step; it must succeed. */
async function take(call: Call, { operation, method, path, payload }: WriteStep, memo: Memo) {
  const url = typeof path === 'string' ? path : path(memo)
  const body = typeof payload === 'function' ? payload(memo) : payload
  const reply = await call(method, url, body && { payload: body })
  expect([operation, url, reply.status < 300 ? 'done' : `${reply.status} ${reply.text}`]).toEqual([
    operation,
    url,
    'done',
  ])
  return reply
}

async function writingOperations(): Promise<string[]> {
  const probe = Fastify()
  const names = new Set<string>()
  probe.addHook('onRoute', ({ method, config }) => {
    const isWrite = [method].flat().some((each) => !['GET', 'HEAD', 'OPTIONS'].includes(each))
    if (isWrite && config?.operation) names.add(config.operation)
  })
  for (const vendor of vendors) {
    const settings = { profile: vendor.profiles[0] ?? '', quirks: new Set<string>(), prefix: '' }
    await probe.register((scope) => vendor.mount(scope, settings))
  }
  return [...names].filter((name) => !HARMLESS.includes(name)).sort()
}

describe('every operation that changes something', () => {
  it('is among the steps that are taken here', async () => {
    const known = await writingOperations()
    expect(known.length).toBeGreaterThan(50)
    const taken = new Set(writes.map(({ operation }) => operation))
    expect(known.filter((name) => !taken.has(name))).toEqual([])
  })

  it('does the same in a world that was put in as it does where that was got from', async () => {
    const one = await open()
    const other = await open({})
    const memo: Record<string, Record<string, unknown>> = {}
    let before = await one.state()
    for (const step of writes) {
      await other.put(before)
      const here = await take(one.call, step, memo)
      const there = await take(other.call, step, memo)
      const after = await one.state()
      expect([step.operation, after === before]).toEqual([step.operation, false])
      // Nobody can foretell a token.
      if (step.operation !== 'codearts.createToken') {
        expect([step.operation, there.status, there.text]).toEqual([step.operation, here.status, here.text])
        expect([step.operation, await other.state()]).toEqual([step.operation, after])
      }
      if (step.as) memo[step.as] = (here.body ?? {}) as Record<string, unknown>
      before = after
    }
  }, 120_000)

  it('is undone by a reset, and does the same again after it', async () => {
    const world = await open()
    const initial = await world.state()
    const run = async () => {
      const memo: Record<string, Record<string, unknown>> = {}
      const answers: string[] = []
      for (const step of writes) {
        const { status, text, body } = await take(world.call, step, memo)
        if (step.operation !== 'codearts.createToken') answers.push(`${step.operation} ${status} ${text}`)
        if (step.as) memo[step.as] = (body ?? {}) as Record<string, unknown>
      }
      return answers
    }
    const first = await run()
    expect((await world.admin('POST', '/__admin/reset')).status).toBe(204)
    expect(await world.state()).toBe(initial)
    expect(await run()).toEqual(first)
  })
})
