import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { beforeAll, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { evidence } from '../../../src/vendors/codearts/evidence/index.ts'
import { codearts } from '../../../src/vendors/codearts/index.ts'
import { callerOf, type Reply } from '../../caller.ts'
import { observeOutcomes, undeclared } from '../observed-outcomes.ts'
import { sign } from './signing.ts'
import { NOW, project, world } from './world.ts'

const observed = observeOutcomes(codearts)
let app: FastifyInstance

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags: [
          { name: 'v1', target: 'c1' },
          { name: 'v2', target: 'c2', message: 'Two\n' },
        ],
        tagRules: [{ pattern: 'locked*' }],
        webhooks: [{ url: 'http://127.0.0.1:1/' }],
      }),
    ),
  })
  return () => {
    observed.stop()
    return app.close()
  }
})

// No dot segments: the injector resolves them before the server sees them.
const segment = fc.oneof(
  fc.constantFrom(
    '1',
    '0',
    '-1',
    '1.5',
    '2147483648',
    'v1',
    'main',
    '%2F',
    '%',
    '%zz',
    '%00',
    '%C3',
    '',
    '+',
    'x'.repeat(3000),
    '%F0%9F%98%80',
    ';x=1',
    '*',
    '__proto__',
    'constructor',
  ),
  fc.string({ maxLength: 12 }).map((text) => encodeURIComponent(text.toWellFormed())),
)
const known = fc.constantFrom(
  '/v4/repositories/1',
  '/v4/repositories/1/repository/tags',
  '/v4/repositories/1/repository/tag',
  '/v4/repositories/1/repository/refs',
  '/v4/repositories/1/repository/commits',
  '/v4/repositories/1/repository/commit-list',
  '/v4/repositories/1/repository/branches',
  '/v4/repositories/1/repository/branch',
  '/v4/repositories/1/protected-tags',
  '/v4/repositories/1/protected-tags/bulk-deletion',
  '/v4/repositories/1/protected-tag',
  '/v4/repositories/1/compare',
  '/v4/repositories/1/hooks',
  '/v4/repositories/1/hooks/1',
  '/v4/user/repositories',
  '/v3/auth/tokens',
  '/v2/repositories/1/tags',
  '/v2/repositories/1/tags/v1',
  '/v2/repositories/1/protected-tags',
  '/v2/repositories/1/branches',
  '/v2/projects/1/repository/commits/main',
  '/v1/repositories/1/branches',
  '/v1/repositories/acme/widgets/hooks',
)
const path = fc.oneof(
  { weight: 3, arbitrary: known },
  fc
    .tuple(known, fc.array(segment, { minLength: 1, maxLength: 2 }))
    .map(([base, rest]) => [base, ...rest].join('/')),
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((rest) => `/v4/repositories/${rest.join('/')}`),
  fc
    .tuple(fc.constantFrom('v1', 'v2', 'v3', 'v4'), fc.array(segment, { maxLength: 4 }))
    .map(([root, rest]) => `/${[root, ...rest].join('/')}`),
)
const name = fc.constantFrom(
  'tag_name',
  'ref',
  'message',
  'sort',
  'order_by',
  'search',
  'offset',
  'limit',
  'view',
  'creator',
  'sha',
  'since',
  'ref_name',
  'path',
  'branch',
  'branch_name',
  'from',
  'to',
  'names',
  'name',
  'actions',
  'create_access_level',
  'url',
  'hook_url',
  'hook_events',
  'auth',
  'type',
  '__proto__',
  'constructor',
  'toString',
)
const scalar = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    '',
    'main',
    'v1',
    'v2',
    'v*',
    '*'.repeat(50),
    '0',
    '-1',
    '99999999999999999999',
    '1.5',
    'asc',
    'true',
    '%',
    '\u0000',
    '\ud800',
    'HEAD~99999',
    'main^{tree}',
    '@{-1}',
    ':/x',
    '2024-13-45',
    '2024-01-01T99:99:99Z',
    'http://[',
    'toString',
  ),
)
const query = fc
  .array(fc.tuple(name, scalar), { maxLength: 5 })
  .map((pairs) => pairs.map(([key, value]) => `${key}=${encodeURIComponent(value.toWellFormed())}`).join('&'))
const rawQuery = fc.oneof(
  query,
  fc.constantFrom('%', '&&&', '=', 'tag_name=%ff', 'a[=1', '?', 'a=1;b=2', 'tag_name', 'limit=%'),
)
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.constant([{ action: 'create', user_ids: [1], related_role_ids: ['3'] }]),
    fc.array(tie('any'), { maxLength: 2 }),
    fc.dictionary(name, tie('any'), { maxKeys: 3 }),
  ),
})).any
const json = fc.dictionary(name, value, { maxKeys: 5 }).map((body) => JSON.stringify(body))
const payload = fc.oneof(
  { weight: 4, arbitrary: json },
  value.map((body) => JSON.stringify(body) ?? ''),
  fc.string(),
  fc.constantFrom(
    '{',
    '[]',
    'null',
    '[{"action":"create"}]',
    '{"__proto__":{"ref":"main"}}',
    '{"tag_name":"\\ud800","ref":"main"}',
  ),
)
const signature = sign({
  method: 'GET',
  path: '/v4/repositories/1/repository/tags',
  headers: { host: 'localhost:80', 'x-sdk-date': '20240601T120000Z' },
  accessKey: 'EXAMPLEAK0000000001',
  secret: 'example-secret-key-0001',
})
const headers = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'application/json;charset=UTF-8',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'text/plain',
      '',
      ';',
      'application/json;;;',
      'application/json; charset=utf-16',
    ),
    'x-auth-token': fc.constantFrom(
      'dee-token',
      'mia-token',
      'root-token',
      'root-token',
      'gus-token',
      'bad',
      'dee-old',
      'mia-reads',
    ),
    authorization: fc.constantFrom(
      signature,
      'Bearer dee-token',
      'SDK-HMAC-SHA256',
      'SDK-HMAC-SHA256 Access=,',
      'Basic x',
      '',
    ),
    'x-sdk-date': fc.constantFrom('20240601T120000Z', 'x', '99999999T999999Z'),
    'x-language': fc.constantFrom('zh-cn', 'en-us', ''),
    host: fc.constantFrom('localhost:80', '%', '[', 'a b'),
  },
  { requiredKeys: [] },
)
const credited = headers.map((given) => ({
  'x-auth-token': 'root-token',
  ...given,
  authorization: undefined,
}))
const method = fc.constantFrom(
  'GET',
  'GET',
  'POST',
  'POST',
  'DELETE',
  'PUT',
  'PATCH',
  'HEAD',
  'OPTIONS',
  'PROPFIND',
)

/** Whether an answer is one that CodeArts, its gateway or IAM could have given: right shape, right type, never its own fault. */
function isCodeArts(url: string, { status, text, headers, body }: Reply): boolean {
  if (status >= 500 || !/^[0-9a-f]{32}$/.test(String(headers['x-request-id']))) return false
  if (status === 204) return text === '' && headers['content-type'] === undefined
  if (headers['content-type'] !== 'application/json;charset=UTF-8') return false
  if (status < 400 || text === '') return true
  const keys = Object.keys(body as object).join()
  if (keys === 'error_code,error_msg') return url.startsWith('/v4') || /APIGW/.test(text)
  return url.startsWith('/v3') ? keys === 'error' : keys === 'error,status' && !url.startsWith('/v4')
}

it('4,000 generated requests get answers in the dialect of CodeArts, and never a failure of ours', {
  timeout: 240_000,
}, async () => {
  const call = callerOf(app)
  const statuses = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(
      method,
      path,
      rawQuery,
      fc.oneof(headers, { weight: 3, arbitrary: credited }),
      payload,
      async (verb, url, search, head, body) => {
        const given = Object.entries(head).filter(([, text]) => text !== undefined)
        const hasBody = verb !== 'GET' && verb !== 'HEAD'
        const reply = await call(verb, search === '' ? url : `${url}?${search}`, {
          headers: Object.fromEntries(given) as Record<string, string>,
          ...(hasBody && { payload: body }),
        })
        statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1)
        expect(
          isCodeArts(url, reply),
          `${verb} ${url} ${reply.status} ${reply.headers['content-type']} ${reply.text}`,
        ).toBe(true)
      },
    ),
    { numRuns: 4_000 },
  )
  // The requests have to be good enough to be let in now and then.
  for (const status of [200, 400, 401, 404]) expect(statuses.get(status) ?? 0).toBeGreaterThan(50)
})

it('their outcomes have evidence', () => {
  expect(observed.outcomes.length).toBeGreaterThan(50)
  expect(undeclared(evidence, observed.outcomes)).toEqual([])
})

it('the world is still in order after them', async () => {
  const call = callerOf(app, { 'x-auth-token': 'root-token' })
  const { status, body } = await call('GET', '/v4/repositories/1/repository/tags?limit=100&view=detail')
  expect(status).toBe(200)
  for (const tag of body as { target: string }[]) expect(tag.target).toMatch(/^[0-9a-f]{40}$/)
})
