import { afterAll, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { failuresWith } from '../../../src/vendors/gitflic/errors.ts'
import { evidence } from '../../../src/vendors/gitflic/evidence/index.ts'
import { gitflic } from '../../../src/vendors/gitflic/index.ts'
import { readQuirks } from '../../../src/vendors/gitflic/quirks.ts'
import { callerOf } from '../../caller.ts'
import { writes } from '../../http/every-write.ts'
import { fixture, stir, vendorCaller } from '../../http/state-world.ts'
import { looseNames, registeredOperations } from '../evidence-names.ts'
import { misdeclaredFailures } from '../failure-samples.ts'
import { observeOutcomes, undeclared } from '../observed-outcomes.ts'
import { readEverything } from '../read-everything.ts'

const observed = observeOutcomes(gitflic)
afterAll(() => observed.stop())

it('the evidence is loaded on demand and is all there is', async () => {
  expect(await gitflic.evidence?.()).toBe(evidence)
})

it('every operation has evidence, and nothing else has', async () => {
  expect(Object.keys(evidence.operations).sort()).toEqual(await registeredOperations(gitflic))
})

it('every refusal and every order belongs to an operation', () => {
  expect(looseNames(evidence)).toEqual([])
})

it.each([[], ...gitflic.quirks.map(({ name }) => [name])])(
  'failures have the status that GitFlic answers with the quirk %s',
  (...quirks) => {
    const table = failuresWith(readQuirks(new Set(quirks)))
    expect(misdeclaredFailures(evidence, table, ({ status }) => status)).toEqual([])
  },
)

const PROJECT = '/project/acme/widgets'
const RULES = '/company/acme/tag-protection'
const NOBODYS = '00000000-0000-4000-8000-000000000000'

/** What a client can do wrong beside what any request can. */
const slips: readonly (readonly [method: string, path: string, payload?: object])[] = [
  ['GET', '/project/a/b/c/d/e/f'],
  ['DELETE', `${PROJECT}/tag/v1.0.0`],
  ['OPTIONS', `${PROJECT}/tag`],
  ['GET', `${PROJECT}/tag/a%2Fb`],
  ['GET', `${PROJECT}/tag/%25`],
  ['GET', `${PROJECT}/tag/nope`],
  ['GET', '/project/acme/nope/tag'],
  ['GET', '/project/mia/bare/tag'],
  ['GET', '/project/mia/empty/branch/default'],
  ['GET', '/project/mia/empty/commits'],
  ['GET', `${PROJECT}/branch?branchName=nope`],
  ['GET', `${PROJECT}/commits?branch=nope`],
  ['GET', `${PROJECT}/commit/abc`],
  ['GET', `${PROJECT}/commit/${'a'.repeat(40)}`],
  ['GET', `${PROJECT}/release/${NOBODYS}`],
  ['GET', `${RULES}/${NOBODYS}`],
  ['GET', '/company/nope'],
  ['GET', '/user/nope'],
  ['POST', `${PROJECT}/tag/create`, { tagName: 'v1.0.0', branchName: 'main' }],
  ['POST', `${PROJECT}/tag/create`, { tagName: 'v1.0.0/x', branchName: 'main' }],
  ['POST', `${PROJECT}/tag/create`, { tagName: 'a..b', branchName: 'main' }],
  ['POST', `${PROJECT}/tag/create`, { tagName: 'a', branchName: 'nope' }],
  ['POST', `${PROJECT}/tag/create`, { tagName: 'a', commitId: 'abc' }],
  ['POST', `${PROJECT}/tag/create`, { tagName: 'a', commitId: 'a'.repeat(40) }],
  ['POST', '/project/mia/empty/tag/create', { tagName: 'a', branchName: 'main' }],
  ['POST', `${PROJECT}/branch`, { newBranch: 'main', originBranch: 'main' }],
  ['POST', `${PROJECT}/branch`, { newBranch: 'main/x', originBranch: 'main' }],
  ['POST', `${PROJECT}/branch`, { newBranch: 'x', originBranch: 'nope' }],
  ['POST', `${PROJECT}/release`, { title: 'a', tagName: 'v1.0.0' }],
  ['POST', `${PROJECT}/release`, { title: 'a', tagName: 'nope' }],
  ['POST', '/project', { title: 'Made', alias: 'made', ownerAlias: 'acme' }],
  ['POST', '/project', { title: 'Made', alias: 'made', ownerAlias: 'nope' }],
  ['POST', `${RULES}/create`, { tagTemplate: 'rel-*', allowToCreate: 'ADMINS' }],
  ['PATCH', `${RULES}/edit`, { uuid: NOBODYS, allowToCreate: 'ADMINS' }],
  ['POST', `${PROJECT}/setting/webhook/${NOBODYS}/delete`],
  ['POST', `${PROJECT}/setting/webhook/${NOBODYS}`, { url: 'http://127.0.0.1:1/' }],
]

const JSON_TYPE = { 'content-type': 'application/json' }
const TOKENS = ['x', 'mia-read', 'dee-token', 'ada-token']
const QUIRKS = [[], ['tagGet400', 'duplicateStatus409'], ['duplicateStatus400', 'lightweightWhenNoMessage']]

it.each(QUIRKS)('with the quirks %s %s it ends in nothing that has no evidence', async (...names) => {
  const app = await buildApp({
    fixture,
    quirks: names.map((name) => `gitflic.${name}`),
    clock: '2024-06-01T12:00:00Z',
    journalSize: 0,
    bodyLimit: 100_000,
  })
  const call = vendorCaller(app)
  await stir(call)
  const memo = {
    rule: { uuid: NOBODYS },
    brief: { uuid: NOBODYS },
    flic: { id: NOBODYS },
    short: { id: NOBODYS },
  }
  for (const { operation, method, path, payload } of writes) {
    if (!operation.startsWith('gitflic.')) continue
    const url = typeof path === 'string' ? path : path(memo)
    const body = typeof payload === 'function' ? payload(memo) : (payload ?? {})
    for (const token of TOKENS)
      await call(method, url, { payload: body, headers: { authorization: `token ${token}` } })
    await callerOf(app)(method, url, { payload: body })
    await call(method, url, { payload: '{', headers: JSON_TYPE })
    await call(method, url, { payload: {} })
    await call(method, url, { payload: 'a=b', headers: { 'content-type': 'text/plain' } })
    await call(method, url, { payload: JSON.stringify({ x: 'x'.repeat(200_000) }), headers: JSON_TYPE })
    await call(method, url, { payload: body })
  }
  for (const [method, path, payload] of slips) {
    await call(method, path, payload && { payload })
    await callerOf(app)(method, path, payload && { payload })
  }
  await app.close()
  expect(observed.outcomes.length).toBeGreaterThan(80)
  expect(undeclared(evidence, observed.outcomes)).toEqual([])
})

it('reading everything as everybody ends in nothing that has no evidence', async () => {
  await readEverything()
  expect(undeclared(evidence, observed.outcomes)).toEqual([])
})

it('every refusal has been seen but that of requests which no injected one can be like', () => {
  const seen = new Set(observed.outcomes.map(({ rule }) => rule))
  const unseen = Object.keys(evidence.refusals).filter((name) => !seen.has(name))
  expect(unseen).toEqual(['request-malformed'])
})
