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
import { NOW, project, world } from './world.ts'

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

it('reading everything and changing everything ends in nothing that has no evidence', async () => {
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

const TEXT = 'x'.repeat(2001)
const grant = (action: object) => ({ names: ['v*'], actions: [{ action: 'create', ...action }] })

const slips: readonly (readonly [line: string, payload?: object])[] = [
  ['GET repository/tags?limit=0'],
  ['GET repository/tags?limit=x'],
  ['GET repository/tags?sort=up'],
  ['GET repository/tags?creator='],
  [`GET repository/tags?search=${TEXT}`],
  ['GET repository/tag'],
  ['GET repository/tag?tag_name='],
  [`GET repository/tag?tag_name=${TEXT}`],
  ['GET repository/tag?tag_name=nope'],
  ['DELETE repository/tag?tag_name=nope'],
  ['DELETE repository/tag?tag_name=sealed'],
  ['POST repository/tags', { tag_name: 'a..b', ref: 'main' }],
  ['POST repository/tags', { tag_name: 'sealed', ref: 'main' }],
  ['POST repository/tags', { tag_name: 'v1', ref: 'main' }],
  ['POST repository/tags', { tag_name: 'v1/x', ref: 'main' }],
  ['POST repository/tags', { tag_name: 'main', ref: 'main' }],
  ['POST repository/tags', { tag_name: 'a', ref: 'nope' }],
  ['POST repository/tags', { tag_name: 'a', ref: 'main', message: '\0' }],
  ['POST repository/tags', { tag_name: '', ref: TEXT }],
  ['POST repository/branches', { branch: 'a..b', ref: 'main' }],
  ['POST repository/branches', { branch: 'main', ref: 'main' }],
  ['POST repository/branches', { branch: 'main/x', ref: 'main' }],
  ['POST repository/branches', { branch: 'v1', ref: 'main' }],
  ['POST repository/branches', { branch: 'a', ref: 'nope' }],
  ['DELETE repository/branch?branch_name=main'],
  ['DELETE repository/branch?branch_name=nope'],
  ['GET repository/commits?sha=nope'],
  ['GET repository/commit-list?ref_name=nope'],
  ['GET repository/commit-list?since=x'],
  ['GET repository/commits/nope/refs'],
  ['GET compare?from=nope&to=main'],
  ['POST protected-tags', grant({ user_ids: [99] })],
  ['POST protected-tags', grant({ user_team_ids: [99] })],
  ['POST protected-tags', grant({ related_role_ids: ['99'] })],
  ['POST protected-tags', grant({ action: 'read' })],
  ['POST protected-tags', { names: ['a b'], actions: [{ action: 'create' }] }],
  ['POST protected-tags', { names: ['nope'], actions: [{ action: 'create' }] }],
  ['POST protected-tags', { names: ['v*', 'v*'], actions: [{ action: 'create' }] }],
  ['POST protected-tags', { names: ['v*'], actions: [{ action: 'create' }, { action: 'create' }] }],
  ['PUT protected-tag?tag_name=nope', [{ action: 'create' }]],
  ['GET hooks/99'],
  ['POST hooks', { url: 'x' }],
  ['POST hooks', { url: 'http://x.test', token_type: 'x' }],
  ['PUT general-policy', { tag_name_regex: '(' }],
  ['PUT general-policy', { tag_name_regex: 'v.*', branch_name_regex: 'b.*' }],
  ['POST repository/tags', { tag_name: 'a', ref: 'main' }],
  ['POST repository/branches', { branch: 'a', ref: 'main' }],
]

it('every mistake about tags, branches, protected tags and webhooks has its evidence', async () => {
  const app = await open(
    world(
      project('acme/widgets', 1, {
        tags: [{ name: 'v1', target: 'c1' }],
        tagRules: [{ pattern: 'sealed', create: 'nobody' }],
      }),
    ),
  )
  const call = callerOf(app, { 'x-auth-token': 'mia-token' })
  for (const [line, payload] of slips) {
    const [method = '', path = ''] = line.split(' ')
    await call(method, `/v4/repositories/1/${path}`, payload && { payload })
    if (payload && path === 'repository/tags') await call(method, '/v2/repositories/1/tags', { payload })
  }
  await call('GET', '/v4/projects/zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz/repositories')
  await call('DELETE', '/v2/repositories/1/protected-tags/nope')
  await call('GET', '/v2/projects/1/repository/commits/nope')
  expect(undeclared(evidence, observed.outcomes)).toEqual([])
})
