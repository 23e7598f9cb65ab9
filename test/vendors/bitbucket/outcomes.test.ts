import { afterAll, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { evidence } from '../../../src/vendors/bitbucket/evidence/index.ts'
import { bitbucket } from '../../../src/vendors/bitbucket/index.ts'
import type { OperationEvidence } from '../../../src/vendors/evidence.ts'
import { callerOf } from '../../caller.ts'
import { registeredRoutes } from '../evidence-names.ts'
import { observeOutcomes, undeclared } from '../observed-outcomes.ts'
import { widgets } from './pull-request-world.ts'
import { slips } from './slips.ts'
import { basic, bearer, NOW, project, world } from './world.ts'

const operations: Readonly<Record<string, OperationEvidence>> = evidence.operations
const observed = observeOutcomes(bitbucket)
afterAll(() => observed.stop())

/** Where a repository may be missing, and the one that is there. */
const addresses = [
  'projects/NOPE/repos/widgets',
  'projects/ACME/repos/nope',
  'users/nobody/repos/x',
  'projects/ACME/repos/old',
  'projects/ACME/repos/bare',
  'projects/ACME/repos/shut',
  'projects/ACME/repos/empty',
  'projects/ACME/repos/four',
  'projects/ACME/repos/widgets',
]

const people = [
  {},
  bearer('gus-token'),
  bearer('sam-token'),
  bearer('mia-token'),
  bearer('dee-reads'),
  bearer('dee-old'),
  bearer('dee-gone'),
  basic('bob', 'bob-password'),
  basic('mia', 'wrong'),
]

const JSON_TYPE = { 'content-type': 'application/json' }
const bodies = [
  { payload: '' },
  { payload: '', headers: JSON_TYPE },
  { payload: '{', headers: JSON_TYPE },
  { payload: '[]', headers: JSON_TYPE },
  { payload: '{}', headers: JSON_TYPE },
  { payload: '{}', headers: { ...JSON_TYPE, accept: 'text/html' } },
  { payload: 'a=b', headers: { 'content-type': 'text/plain' } },
  { payload: `"${'x'.repeat(200_000)}"`, headers: JSON_TYPE },
]

const mia = bearer('mia-token')

/** Every address, caller and body, in a world that nobody sees without signing in. */
async function askEverything(): Promise<void> {
  const app = await buildApp({
    clock: NOW,
    bodyLimit: 100_000,
    journalSize: 0,
    fixture: world(
      project('acme/widgets', 1, { movedFrom: ['acme/old'] }),
      { path: 'acme/bare', id: 2, repository: false, members: { mia: 'maintainer' } },
      project('acme/shut', 3, { archived: true }),
      project('acme/empty', 4, { commits: [] }),
      project('acme/four', 5, { profiles: { bitbucket: '4.5.2' } }),
    ),
  })
  const routes = (await registeredRoutes(bitbucket)).filter(
    ({ method, url }) => method !== 'HEAD' && url.startsWith('/rest/'),
  )
  const call = callerOf(app)
  for (const { method, url } of routes) {
    const at = (address: string, id = '99', key = 'NOPE') =>
      url
        .replace('projects/:key/repos/:slug', address)
        .replace(':key', key)
        .replace(':user', 'nobody')
        .replace('*', 'v1')
        .replace(':id', id)
    for (const address of addresses) {
      for (const headers of people) {
        const payload = method === 'GET' ? {} : { payload: '{}' }
        await call(method, at(address), { ...payload, headers: { ...JSON_TYPE, ...headers } })
      }
    }
    const here = addresses.at(-1) ?? ''
    await call(method, at(here, 'x'), {
      headers: { ...JSON_TYPE, ...mia },
      ...(method !== 'GET' && { payload: '{}' }),
    })
    await call(method, at(here, '99', 'ACME'), { headers: bearer('sam-token') })
    await call('PATCH', at(here))
    await call(method, `${at(here)}/%2f`)
    await call(method, `${at(here)}/unknown/thing`)
    if (method === 'GET') continue
    for (const { payload, headers = {} } of bodies) {
      await call(method, at(here), { payload, headers: { ...headers, ...mia } })
    }
  }
  await app.close()
}

async function makeEveryMistake(): Promise<void> {
  const app = await buildApp({
    clock: NOW,
    journalSize: 0,
    webhookRetries: 0,
    fixture: world(
      widgets({ visibility: 'public', webhooks: [{ url: 'http://127.0.0.1:1/' }] }),
      project('acme/empty', 2, { commits: [] }),
      project('acme/shut', 3, {
        archived: true,
        pullRequests: [{ title: 'x', source: 'feature/x', target: 'main' }],
      }),
    ),
  })
  const call = callerOf(app, mia)
  for (const [line, payload] of slips) {
    const [method = '', api = '', path = ''] = line.split(' ')
    for (const slug of ['widgets', 'empty', 'shut']) {
      const url = `/rest/${api}/1.0/projects/ACME/repos/${slug}/${path}`
      await call(method, url, payload && { payload })
      if (path.startsWith('pull-requests')) await callerOf(app)(method, url, payload && { payload })
    }
  }
  await app.close()
}

it('whatever is wrong, the outcome has evidence, and what has evidence comes out', {
  timeout: 300_000,
}, async () => {
  await askEverything()
  await makeEveryMistake()
  expect(undeclared(evidence, observed.outcomes)).toEqual([])
  const seen = new Set(
    observed.outcomes.map(({ operation, rule, status }) => `${operation} ${rule ?? status}`),
  )
  const expected = Object.entries(operations).flatMap(([operation, { failures, refusals, successes }]) =>
    [...failures, ...refusals, ...('moved' in successes ? [307] : [])].map(
      (outcome) => `${operation} ${outcome}`,
    ),
  )
  expect(expected.filter((outcome) => !seen.has(outcome))).toEqual([])
})
