import { afterAll, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { failures } from '../../../src/vendors/gitlab/errors.ts'
import { evidence } from '../../../src/vendors/gitlab/evidence/index.ts'
import { gitlab } from '../../../src/vendors/gitlab/index.ts'
import { callerOf } from '../../caller.ts'
import { writes } from '../../http/every-write.ts'
import { fixture, stir, vendorCaller } from '../../http/state-world.ts'
import { looseNames, registeredOperations } from '../evidence-names.ts'
import { misdeclaredFailures } from '../failure-samples.ts'
import { observeOutcomes, undeclared } from '../observed-outcomes.ts'
import { readEverything } from '../read-everything.ts'

const observed = observeOutcomes(gitlab)
afterAll(() => observed.stop())

it('the evidence is loaded on demand and is all there is', async () => {
  expect(await gitlab.evidence?.()).toBe(evidence)
})

it('every operation has evidence, and nothing else has', async () => {
  expect(Object.keys(evidence.operations).sort()).toEqual(await registeredOperations(gitlab))
})

it('every refusal and every order belongs to an operation', () => {
  expect(looseNames(evidence)).toEqual([])
})

it('failures have the status that GitLab answers', () => {
  expect(misdeclaredFailures(evidence, failures, ({ status }) => status)).toEqual([])
})

const PROJECT = '/api/v4/projects/7'
const TAGS = `${PROJECT}/repository/tags`
const BRANCHES = `${PROJECT}/repository/branches`
const HASH = 'a'.repeat(40)

/** What a client can do wrong beside what any request can. */
const slips: readonly (readonly [method: string, path: string, payload?: object])[] = [
  ['GET', '/api/v3/projects'],
  ['GET', '/api/v4/nothing/of/the/kind'],
  ['GET', '/api/v4/projects/acme%2Fold'],
  ['POST', '/api/v4/projects/acme%2Fold/repository/tags?tag_name=a&ref=main'],
  ['GET', '/api/v4/projects/99/repository/tags'],
  ['GET', '/api/v4/projects/mia%2Fbare/repository/tags'],
  ['GET', `${TAGS}?per_page=x`],
  ['GET', `${TAGS}?page_token=nope&pagination=keyset`],
  ['GET', `${TAGS}?page_token=nope`],
  ['GET', `${TAGS}/nope`],
  ['GET', `${TAGS}/nope/signature`],
  ['GET', `${TAGS}/v1.0.0/signature`],
  ['GET', `${TAGS}/%00`],
  ['POST', `${TAGS}?tag_name=main&ref=main`],
  ['POST', `${TAGS}?tag_name=refs/tags/x&ref=main`],
  ['POST', `${TAGS}?tag_name=${HASH}&ref=main`],
  ['POST', `${TAGS}?tag_name=a..b&ref=main`],
  ['POST', `${TAGS}?tag_name=v1.0.0&ref=main`],
  ['POST', `${TAGS}?tag_name=v1.0.0/x&ref=main`],
  ['POST', `${TAGS}?tag_name=a&ref=nope`],
  ['POST', `${TAGS}?tag_name=a&ref=+`],
  ['POST', `${TAGS}/v1.0.0/release?description=Again`],
  ['PUT', `${TAGS}/tree/release?description=Again`],
  ['GET', `${BRANCHES}?pagination=keyset&page_token=nope`],
  ['HEAD', `${BRANCHES}/nope`],
  ['GET', `${BRANCHES}/nope`],
  ['DELETE', `${BRANCHES}/main`],
  ['POST', `${BRANCHES}?branch=a..b&ref=main`],
  ['POST', `${BRANCHES}?branch=main&ref=main`],
  ['POST', `${BRANCHES}?branch=main/x&ref=main`],
  ['POST', `${BRANCHES}?branch=x&ref=nope`],
  ['POST', `${BRANCHES}?branch=${HASH}&ref=main`],
  ['GET', `${PROJECT}/repository/commits?ref_name=-x`],
  ['GET', `${PROJECT}/repository/commits/nope`],
  ['GET', `${PROJECT}/repository/compare?from=nope&to=main`],
  ['GET', `${PROJECT}/repository/files/nope?ref=main`],
  ['GET', `${PROJECT}/repository/files/nope/raw?ref=nope`],
  ['GET', `${PROJECT}/repository/tree?ref=nope`],
  ['GET', `${PROJECT}/repository/tree?path=nope`],
  ['POST', `${PROJECT}/releases?tag_name=new`],
  ['POST', `${PROJECT}/releases?tag_name=new&ref=main&milestones=m`],
  ['POST', `${PROJECT}/releases?tag_name=v1.0.0`],
  [
    'POST',
    `${PROJECT}/releases`,
    { tag_name: 'l', ref: 'main', assets: { links: [{ name: 'a', url: 'x' }] } },
  ],
  [
    'POST',
    `${PROJECT}/releases`,
    { tag_name: 'l', ref: 'main', assets: { links: [{ name: 'a', url: 'http://x.test', link_type: 'x' }] } },
  ],
  ['GET', `${PROJECT}/releases/nope`],
  ['PUT', `${PROJECT}/releases/nope?name=a`],
  ['PUT', `${PROJECT}/releases/v1.0.0`],
  ['GET', `${PROJECT}/releases/nope/assets/links`],
  ['GET', `${PROJECT}/releases/v1.0.0/assets/links/99`],
  ['PUT', `${PROJECT}/releases/v1.0.0/assets/links/1`],
  ['POST', `${PROJECT}/releases/v1.0.0/assets/links?name=a&url=x`],
  ['POST', `${PROJECT}/protected_tags?name=+`],
  ['GET', `${PROJECT}/protected_tags/nope`],
  ['GET', `${PROJECT}/hooks/99`],
  ['PUT', `${PROJECT}/hooks/1`],
  ['POST', `${PROJECT}/hooks?url=nonsense`],
  ['POST', `${PROJECT}/hooks/1/test/push_events`],
  ['POST', `${PROJECT}/hooks/1/test/issues_events`],
  ['POST', `${PROJECT}/hooks/1/test/emoji_events`],
  ['POST', `${PROJECT}/hooks/1/test/nothing`],
  ['PUT', `${PROJECT}/hooks/1`, { custom_webhook_template: '{"a":' }],
  ['POST', `${PROJECT}/hooks/1/test/push_events`],
  ['GET', '/api/v4/groups/nope'],
  ['GET', '/api/v4/namespaces/nope'],
  ['GET', '/api/v4/users'],
  ['GET', '/api/v4/users/99'],
  ['GET', '/api/v4/users/nope/projects'],
  ['GET', '/api/v4/projects?pagination=keyset&order_by=name'],

  ['OPTIONS', TAGS],
  ['GET', '/-/health'],
  ['GET', '/-/liveness'],
  ['GET', '/-/readiness'],
]

const JSON_TYPE = { 'content-type': 'application/json' }
const LONG_AGO = { 'if-unmodified-since': 'Mon, 01 Jan 1990 00:00:00 GMT' }

it.each(gitlab.profiles)('profile %s ends in nothing that has no evidence', async (profile) => {
  const app = await buildApp({
    fixture,
    profiles: { gitlab: profile },
    clock: '2024-06-01T12:00:00Z',
    journalSize: 0,
    bodyLimit: 100_000,
    webhookRetries: 0,
  })
  const call = vendorCaller(app)
  await stir(call)
  for (const { operation, method, path, payload } of writes) {
    if (!operation.startsWith('gitlab.')) continue
    const url = typeof path === 'string' ? path : path({ link: { id: 1 }, hook: { id: 1 }, gone: { id: 2 } })
    const body = typeof payload === 'object' ? payload : {}
    for (const token of ['x', 'mia-read', 'dee-token'])
      await call(method, url, { payload: body, headers: { 'private-token': token } })
    await callerOf(app)(method, url, { payload: body })
    await callerOf(app)(method, url, {
      payload: body,
      headers: { sudo: 'mia', 'private-token': 'mia-token' },
    })
    await call(method, url, { headers: LONG_AGO })
    await call(method, url, { payload: '{', headers: JSON_TYPE })
    await call(method, url, { payload: 'a=b', headers: { 'content-type': 'text/plain' } })
    await call(method, url, { payload: JSON.stringify({ x: 'x'.repeat(200_000) }), headers: JSON_TYPE })
    await call(method, url, { payload: body })
  }
  for (const [method, path, payload] of slips) {
    await call(method, path, payload && { payload })
    await callerOf(app)(method, path, payload && { payload })
  }
  await app.close()
  expect(observed.outcomes.length).toBeGreaterThan(200)
  expect(undeclared(evidence, observed.outcomes)).toEqual([])
})

it('reading everything as everybody ends in nothing that has no evidence', async () => {
  await readEverything()
  expect(undeclared(evidence, observed.outcomes)).toEqual([])
})

it('every refusal has been seen but one: a release goes with its tag, unless that is taken from a folder on disk', () => {
  const seen = new Set(observed.outcomes.map(({ rule }) => rule))
  const unseen = Object.keys(evidence.refusals).filter((name) => !seen.has(name))
  expect(unseen).toEqual(['tag-of-release-missing'])
})
