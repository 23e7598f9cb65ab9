import type { FastifyInstance } from 'fastify'
import { afterAll, expect, it } from 'vitest'
import type { State } from '../../../src/forge/state/schema.ts'
import { buildApp, type Options } from '../../../src/index.ts'
import { failuresAt } from '../../../src/vendors/bitbucket/errors.ts'
import { evidence } from '../../../src/vendors/bitbucket/evidence/index.ts'
import { bitbucket } from '../../../src/vendors/bitbucket/index.ts'
import { profiles } from '../../../src/vendors/bitbucket/profiles.ts'
import type { OperationEvidence } from '../../../src/vendors/evidence.ts'
import { type Call, callerOf } from '../../caller.ts'
import { crawl } from '../../http/crawl.ts'
import { writes } from '../../http/every-write.ts'
import { fixture, stir, USERS, vendorCaller } from '../../http/state-world.ts'
import { looseNames, registeredOperations } from '../evidence-names.ts'
import { misdeclaredFailures } from '../failure-samples.ts'
import { observeOutcomes, undeclared } from '../observed-outcomes.ts'
import { NOW } from './world.ts'

const operations: Readonly<Record<string, OperationEvidence>> = evidence.operations
const observed = observeOutcomes(bitbucket)
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
  expect(await bitbucket.evidence?.()).toBe(evidence)
})

it('every operation has evidence, and nothing else has', async () => {
  expect(Object.keys(operations).sort()).toEqual(await registeredOperations(bitbucket))
})

it('every refusal and every order belongs to an operation', () => {
  expect(looseNames(evidence)).toEqual([])
})

it('failures have a status that Bitbucket answers, in all profiles', () => {
  const everyQuirk = new Set(bitbucket.quirks.map(({ name }) => name))
  for (const profile of profiles) {
    for (const quirks of [new Set<string>(), everyQuirk]) {
      const table = failuresAt({
        profile,
        quirks,
        isAnonymous: false,
        slug: 'widgets',
        fullName: 'ACME/widgets',
      })
      expect(misdeclaredFailures(evidence, table, ({ status }) => status)).toEqual([])
    }
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
    /^\/(?:rest|status)/.test(url) ? callerOf(app)(method, url, options) : others
  await crawl(ask, state, [...USERS, 'nobody'])
  const memo: Record<string, Record<string, unknown>> = {}
  for (const { operation, method, path, payload, as } of writes) {
    if (!operation.startsWith('bitbucket.')) continue
    const url = typeof path === 'string' ? path : path(memo)
    const body = typeof payload === 'function' ? payload(memo) : payload
    const reply = await call(method, url, body && { payload: body })
    if (as) memo[as] = reply.body as Record<string, unknown>
  }
  const done = new Set(observed.outcomes.flatMap(({ operation, rule }) => (rule === null ? operation : [])))
  // The address to try leads nowhere here.
  expect(Object.keys(operations).filter((name) => !done.has(name))).toEqual(['bitbucket.testWebhook'])
  expect(undeclared(evidence, observed.outcomes)).toEqual([])
})
