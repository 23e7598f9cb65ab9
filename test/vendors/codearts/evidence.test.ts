import type { FastifyInstance } from 'fastify'
import { afterAll, expect, it } from 'vitest'
import type { State } from '../../../src/forge/state/schema.ts'
import { buildApp, type Options } from '../../../src/index.ts'
import { flat, keystone, nested } from '../../../src/vendors/codearts/answers.ts'
import { failures } from '../../../src/vendors/codearts/errors.ts'
import { evidence } from '../../../src/vendors/codearts/evidence/index.ts'
import { codearts } from '../../../src/vendors/codearts/index.ts'
import { type Call, callerOf } from '../../caller.ts'
import { crawl } from '../../http/crawl.ts'
import { writes } from '../../http/every-write.ts'
import { fixture, stir, USERS, vendorCaller } from '../../http/state-world.ts'
import { looseNames, registeredOperations } from '../evidence-names.ts'
import { misdeclaredFailures } from '../failure-samples.ts'
import { observeOutcomes, undeclared } from '../observed-outcomes.ts'
import { NOW } from './world.ts'

const observed = observeOutcomes(codearts)
const apps: FastifyInstance[] = []
afterAll(async () => {
  observed.stop()
  await Promise.all(apps.map((app) => app.close()))
})

async function open(given: NonNullable<Options['fixture']>): Promise<FastifyInstance> {
  const app = await buildApp({
    fixture: given,
    clock: NOW,
    bodyLimit: 100_000,
    journalSize: 0,
    webhookRetries: 0,
  })
  apps.push(app)
  return app
}

it('the evidence is loaded on demand and is all there is', async () => {
  expect(await codearts.evidence?.()).toBe(evidence)
})

it('every operation has evidence, and nothing else has', async () => {
  expect(Object.keys(evidence.operations).sort()).toEqual(await registeredOperations(codearts))
})

it('every refusal and every order belongs to an operation', () => {
  expect(looseNames(evidence)).toEqual([])
})

it('failures have a status that CodeArts answers, in all generations', () => {
  for (const dialect of [flat, nested, keystone]) {
    expect(misdeclaredFailures(evidence, failures, (refusal) => dialect(refusal, false).status)).toEqual([])
  }
})

it('reading everything and changing everything ends in nothing that has no evidence', {
  timeout: 300_000,
}, async () => {
  const app = await open(fixture)
  const call = vendorCaller(app)
  await stir(call)
  const state = (await callerOf(app, { host: 'localhost' })('GET', '/__admin/state')).body as State
  const others = { status: 404, headers: {}, body: '', text: '' }
  const ask: Call = async (method, url, options) =>
    /^\/v[1-4]\//.test(url) ? callerOf(app)(method, url, options) : others
  await crawl(ask, state, [...USERS, 'nobody'])
  const fresh = vendorCaller(await open(fixture))
  const memo: Record<string, Record<string, unknown>> = {}
  // Some of the tags that are to be protected are made through other vendors.
  for (const { method, path, payload, as } of writes) {
    const url = typeof path === 'string' ? path : path(memo)
    const body = typeof payload === 'function' ? payload(memo) : payload
    const reply = await fresh(method, url, body && { payload: body })
    if (as) memo[as] = reply.body as Record<string, unknown>
  }
  // These want to be asked with something.
  const V4 = '/v4/repositories/7'
  for (const query of ['repository/commits?sha=main', 'repository/branch?branch_name=main'])
    await call('GET', `${V4}/${query}`)
  await call('POST', `${V4}/protected-tags`, {
    payload: { names: ['tree'], actions: [{ action: 'create' }] },
  })
  await call('GET', `${V4}/protected-tag?tag_name=tree`)
  await call('GET', `${V4}/repository/tag?tag_name=tree`)
  const done = new Set(observed.outcomes.flatMap(({ operation, rule }) => (rule === null ? operation : [])))
  expect(Object.keys(evidence.operations).filter((name) => !done.has(name))).toEqual([])
  expect(undeclared(evidence, observed.outcomes)).toEqual([])
})
