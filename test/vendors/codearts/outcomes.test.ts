import { afterAll, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { evidence } from '../../../src/vendors/codearts/evidence/index.ts'
import { codearts } from '../../../src/vendors/codearts/index.ts'
import type { OperationEvidence } from '../../../src/vendors/evidence.ts'
import { callerOf } from '../../caller.ts'
import { registeredRoutes } from '../evidence-names.ts'
import { observeOutcomes, undeclared } from '../observed-outcomes.ts'
import { oldSlips, slips } from './slips.ts'
import { NOW, project, world } from './world.ts'

const operations: Readonly<Record<string, OperationEvidence>> = evidence.operations
const observed = observeOutcomes(codearts)
afterAll(() => observed.stop())

/** Ids of repositories, and paths for v1: there, bare, archived, private and not there. */
const repositories = [
  ['1', 'acme/widgets'],
  ['2', 'acme/bare'],
  ['3', 'acme/shut'],
  ['4', 'acme/guarded'],
  ['99', 'acme/nope'],
  ['99', 'acme/old'],
] as const

const token = (value: string) => ({ 'x-auth-token': value })
const signature = 'SDK-HMAC-SHA256 Access=EXAMPLEAK0000000002, SignedHeaders=host, Signature=00'
const people: readonly Record<string, string>[] = [
  token('mia-token'),
  {},
  ...[
    'nope',
    'dee-old',
    'dee-gone',
    'bob-token',
    'dee-job',
    'mia-other',
    'dee-token',
    'gus-token',
    'sam-token',
  ].map(token),
  { authorization: signature },
  { authorization: signature.replace('2,', '9,') },
  { authorization: 'Basic x' },
]

const JSON_TYPE = { 'content-type': 'application/json' }
const bodies = [
  { payload: '' },
  { payload: '{', headers: JSON_TYPE },
  { payload: '[]', headers: JSON_TYPE },
  { payload: '{}', headers: JSON_TYPE },
  { payload: '{"tag_name":5,"branch":5,"names":5,"url":5,"hook_url":5,"auth":5}', headers: JSON_TYPE },
  { payload: 'a=b', headers: { 'content-type': 'text/plain' } },
  { payload: `"${'x'.repeat(200_000)}"`, headers: JSON_TYPE },
]

/** Bodies of which each fits some call, so that roles are looked at. */
const good = {
  tag_name: 'a',
  ref: 'nope',
  branch: 'a',
  names: ['v*'],
  actions: [{ action: 'create' }],
  url: 'http://x.test',
  hook_url: 'http://x.test',
  hook_events: ['tag_push_events'],
  name: 'v*',
  create_access_level: 40,
}

const TEXT = 'x'.repeat(2001)
/** Queries and ends of paths that no call takes. */
const misfits = [
  ...['tag_name', 'branch_name', 'sha', 'from', 'creator'].map((name) => `${name}=`),
  ...['tag_name', 'branch_name', 'sha', 'from', 'search', 'creator', 'ref_name', 'match'].map(
    (name) => `${name}=${TEXT}`,
  ),
  ...['tag_name=a+b', 'limit=0', 'limit=x', 'page=0', 'page=x', 'sort=up', 'type=x', 'view=x', 'since=x', ''],
]

it('whatever is wrong, the outcome has evidence, and what has evidence comes out', {
  timeout: 300_000,
}, async () => {
  const app = await buildApp({
    clock: NOW,
    bodyLimit: 100_000,
    journalSize: 0,
    webhookRetries: 0,
    fixture: world(
      project('acme/widgets', 1, {
        visibility: 'private',
        movedFrom: ['acme/old'],
        tags: [{ name: 'v1', target: 'c1' }],
        tagRules: [{ pattern: 'sealed', create: 'nobody' }],
        webhooks: [{ url: 'http://127.0.0.1:1/' }],
      }),
      { path: 'acme/bare', id: 2, repository: false, members: { mia: 'maintainer' } },
      project('acme/shut', 3, { archived: true }),
      project('acme/guarded', 4, { visibility: 'public', features: { repository: 'private' } }),
    ),
  })
  const routes = (await registeredRoutes(codearts)).filter(({ method }) => method !== 'HEAD')
  const call = callerOf(app)
  const mia = token('mia-token')
  for (const { method, url } of routes) {
    const fallback = url.includes(':project_id') ? '0'.repeat(32) : 'nope'
    const at = ([id, path]: readonly [string, string], value = fallback, query = '') => {
      const filled = url
        .replace(':repository_id', id)
        .replace(':group_name/:repository_name', path)
        .replace(/:(?:tag_name|sha|name|project_id)/, value)
        .replace(':hook_id', '99')
      return `${filled}?${query}tag_name=nope&branch_name=nope&sha=nope&from=nope&to=nope`
    }
    const fit = url.endsWith('/protected-tag') ? good.actions : good
    const payload = method === 'GET' ? {} : { payload: fit }
    for (const repository of repositories) {
      for (const headers of people) await call(method, at(repository), { ...payload, headers })
    }
    for (const query of misfits)
      await call(method, at(repositories[0], fallback, query && `${query}&`), { ...payload, headers: mia })
    for (const value of ['', 'a%20b', TEXT, '0'.repeat(32), 'z'.repeat(32)])
      await call(method, at(repositories[0], value), { headers: mia })
    await call(method, at(repositories[0]).replace(/\?.*/, ''), {
      ...payload,
      headers: mia,
    })
    for (const id of ['x', '0', '%zz']) await call(method, at([id, 'acme/widgets']), { headers: mia })
    for (const other of ['PATCH', 'HEAD']) await call(other, at(repositories[0]))
    await call(method, `${at(repositories[0]).replace('?', '/unknown/thing?')}`)
    if (method === 'GET') continue
    for (const { headers = {}, ...body } of bodies) {
      await call(method, at(repositories[0]), { ...body, headers: { ...headers, ...mia } })
    }
  }
  const manage = callerOf(app, mia)
  for (const [line, payload] of slips) {
    const [method = '', path = ''] = line.split(' ')
    await manage(method, `/v4/repositories/1/${path}`, payload && { payload })
    if (path === 'repository/tags') await manage(method, '/v2/repositories/1/tags', payload && { payload })
  }
  await manage('POST', '/v4/repositories/1/repository/tags', {
    payload: '{}',
    headers: { 'content-length': '9' },
  })
  for (const [line, payload] of oldSlips) {
    const [method = '', path = ''] = line.split(' ')
    await manage(method, path, payload && { payload })
  }
  await app.close()
  expect(undeclared(evidence, observed.outcomes)).toEqual([])
  const seen = new Set(observed.outcomes.map(({ operation, rule }) => `${operation} ${rule}`))
  const expected = Object.entries(operations).flatMap(([operation, { failures, refusals }]) =>
    [...failures, ...refusals].map((rule) => `${operation} ${rule}`),
  )
  expect(seen).toContain('codearts.createTag request-broken')
  expect(expected.filter((outcome) => !seen.has(outcome))).toEqual([])
})
