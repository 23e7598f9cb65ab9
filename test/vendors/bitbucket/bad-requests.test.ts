import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { evidence } from '../../../src/vendors/bitbucket/evidence/index.ts'
import { bitbucket } from '../../../src/vendors/bitbucket/index.ts'
import { callerOf, type Reply } from '../../caller.ts'
import { observeOutcomes, undeclared } from '../observed-outcomes.ts'
import { bearer, NOW, project, world } from './world.ts'

const RUNS = 3000
const TYPES = ['LIGHTWEIGHT', 'ANNOTATED']

const observed = observeOutcomes(bitbucket)
let app: FastifyInstance

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, { tags: [{ name: 'v1', target: 'c1' }] }),
      project('acme/old', 2, { tags: [{ name: 'v1', target: 'c1' }], profiles: { bitbucket: '4.5.2' } }),
      project('acme/ten', 3, { profiles: { bitbucket: 'dc10' }, visibility: 'public' }),
      project('acme/empty', 4, { commits: [] }),
      project('dee/dots', 5, { members: {} }),
    ),
  })
})
afterAll(() => {
  observed.stop()
  return app.close()
})

// No dot segments: the injector resolves them before the server sees them.
const segment = fc.oneof(
  fc.constantFrom(
    '1.0',
    'api',
    'ACME',
    'widgets',
    'tags',
    'v1',
    'refs/tags/v1',
    'commits',
    'webhooks',
    '%2F',
    '%5c',
    '%',
    '%zz',
    '%00',
    '%C3',
    '%20',
    '',
    '+',
    '~',
    '~dee',
    ';x=1',
    'x'.repeat(3000),
    '%F0%9F%98%80',
    '*',
    '-',
    '(',
    ':key',
    '__proto__',
    'constructor',
  ),
  fc.string({ maxLength: 12 }).map((text) => encodeURIComponent(text.toWellFormed())),
)
const repository = fc
  .tuple(
    fc.constantFrom('api', 'git', 'branch-utils', 'tags'),
    fc.constantFrom('1.0', 'latest', '1', '2'),
    fc.constantFrom(
      'projects/ACME',
      'projects/acme',
      'projects/~dee',
      'users/dee',
      'users/~dee',
      'projects/NOPE',
    ),
    fc.constantFrom('widgets', 'OLD', 'ten', 'empty', 'dots', 'nope'),
  )
  .map(([name, version, owner, slug]) => `/rest/${name}/${version}/${owner}/repos/${slug}`)
const resource = fc.constantFrom(
  'tags',
  'tags',
  'branches',
  'branches/default',
  'default-branch',
  'commits',
  'webhooks',
  '',
)
const path = fc.oneof(
  fc
    .tuple(repository, resource, fc.array(segment, { maxLength: 2 }))
    .map(([root, name, rest]) => [root, name, ...rest].join('/')),
  fc.array(segment, { maxLength: 6 }).map((rest) => `/rest/${rest.join('/')}`),
)
const name = fc.constantFrom(
  ...['name', 'startPoint', 'message', 'type', 'force', 'id', 'url', 'events', 'configuration', 'dryRun'],
  ...['start', 'limit', 'orderBy', 'filterText', 'until', 'since', 'path', 'merges', 'ignoreMissing'],
  ...['withCounts', 'commitId', 'details', 'base', 'boostMatches', '__proto__', 'constructor', 'a[b]', ''],
)
const scalar = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    '',
    'main',
    'v1',
    'v2',
    'refs/heads/main',
    'feature/x',
    '0',
    '-1',
    '99999999999999999999',
    '1.5',
  ),
  fc.constantFrom(
    'true',
    'false',
    'ALPHABETICAL',
    '%',
    '\u0000',
    '\ud800',
    'HEAD~99999',
    'main^{tree}',
    '@{-1}',
  ),
  fc.constantFrom(':/x', 'main:', '-x', 'http://x.test', ...TYPES),
)
const query = fc.oneof(
  fc
    .array(fc.tuple(name, scalar), { maxLength: 5 })
    .map((pairs) =>
      pairs.map(([key, value]) => `${key}=${encodeURIComponent(value.toWellFormed())}`).join('&'),
    ),
  fc.constantFrom(
    '%',
    '&&&',
    '=',
    'start=%ff',
    'limit[=1',
    '?',
    'a=1;b=2',
    'filterText=%zz',
    'limit=1&limit=2',
  ),
)
const value = fc.oneof(
  scalar,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(scalar, { maxLength: 2 }),
  fc.dictionary(name, scalar, { maxKeys: 2 }),
)
const payload = fc.oneof(
  fc.dictionary(name, value, { maxKeys: 6 }).map((body) => JSON.stringify(body)),
  fc
    .record({ name: scalar, startPoint: scalar, message: value, type: value, force: value, url: value })
    .map((body) => JSON.stringify(body)),
  fc.string(),
  fc.constantFrom('{', '[]', 'null', '5', '"x"', '', '{"__proto__":{"name":"x"}}', `${'['.repeat(5000)}`),
)
const headers = fc.record(
  {
    'content-type': fc.oneof(
      { weight: 3, arbitrary: fc.constant('application/json') },
      fc.constantFrom('application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain', '', ';'),
      fc.constantFrom('application/json;;;', 'application/json; charset=utf-16'),
    ),
    authorization: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('Bearer mia-token', 'Bearer dee-token', 'Bearer root-token') },
      fc.constantFrom(
        'Bearer',
        'Basic',
        'Basic x',
        'Basic Og==',
        'Bearer gus-token',
        'nonsense',
        '',
        'OAuth',
      ),
    ),
    accept: fc.constantFrom(
      'text/html',
      '*/*',
      'garbage',
      'application/json',
      ';q=',
      ',,,',
      'application/xml',
    ),
    host: fc.constantFrom('bb.test', 'x y', '[::', '', 'a/b'),
    'x-forwarded-proto': fc.constantFrom('https', '', 'nonsense://'),
    'x-atlassian-token': fc.constantFrom('no-check', ''),
    cookie: fc.constantFrom('BITBUCKETSESSIONID=1', '%'),
  },
  { requiredKeys: [] },
)
const method = fc.constantFrom(
  'GET',
  'POST',
  'DELETE',
  'PUT',
  'PATCH',
  'HEAD',
  'OPTIONS',
  'PROPFIND',
  'LOCK',
  'QUERY',
)

/** Whether an answer is one that Bitbucket could have given: right shape, right type, never a fault of ours. */
function isBitbuckets(reply: Reply, isKnownFault: boolean): boolean {
  const { status, text, body } = reply
  const type = reply.headers['content-type']
  if (status === 500) return isKnownFault && text.includes('"exceptionName":null')
  if (status > 500) return false
  if (text === '') return true
  if (type === 'text/html;charset=utf-8') return status === 400 && text.startsWith('<!doctype html>')
  if (type === 'application/xml;charset=UTF-8') return text.includes(`<status-code>${status}</status-code>`)
  if (type !== 'application/json;charset=UTF-8') return false
  if (status < 400) return true
  const document = body as { errors?: { context: unknown; message: unknown; exceptionName: unknown }[] }
  if (!document.errors) return text.includes(`"status-code":${status}`)
  return document.errors.every(
    (error) => Object.keys(error).join() === 'context,message,exceptionName' && error.message !== undefined,
  )
}

/** Only an unknown constant for the type of a tag is answered with an internal error. */
function hasUnknownType(url: string, body: string): boolean {
  if (!url.startsWith('/rest/git/')) return false
  try {
    const { type } = JSON.parse(body) as { type?: unknown }
    return type !== undefined && type !== null && !TYPES.includes(type as string)
  } catch {
    return false
  }
}

it(`${RUNS} generated requests get answers in the dialect of Bitbucket, and never a failure of ours`, {
  timeout: 600_000,
}, async () => {
  const call = callerOf(app)
  await fc.assert(
    fc.asyncProperty(method, path, query, headers, payload, async (verb, url, search, head, body) => {
      const hasBody = verb !== 'GET' && verb !== 'HEAD'
      const reply = await call(verb, search === '' ? url : `${url}?${search}`, {
        headers: head as Record<string, string>,
        ...(hasBody && { payload: body }),
      })
      const isFine = isBitbuckets(reply, hasUnknownType(url, body))
      expect(isFine, `${reply.status} ${reply.headers['content-type']} ${reply.text}`).toBe(true)
    }),
    { numRuns: RUNS },
  )
})

it('their outcomes have evidence', () => {
  // OPTIONS is answered for any resource and belongs to no operation.
  const outcomes = observed.outcomes.filter(({ operation, status }) => operation !== null || status !== 200)
  expect(outcomes.length).toBeGreaterThan(50)
  expect(undeclared(evidence, outcomes)).toEqual([])
})

it('the world is still in order after them', async () => {
  const call = callerOf(app, bearer('dee-token'))
  const { status, body } = await call('GET', '/rest/api/1.0/projects/ACME/repos/widgets/tags?limit=1000')
  expect(status).toBe(200)
  for (const tag of (body as { values: { latestCommit: string }[] }).values) {
    expect(tag.latestCommit).toMatch(/^[0-9a-f]{40}$/)
  }
})
