import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { callerOf, type Reply } from '../../caller.ts'
import { NOW, project, world } from './world.ts'

let app: FastifyInstance

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags: [{ name: 'v1', target: 'c1' }],
        tagRules: [{ pattern: 'locked*' }],
      }),
    ),
  })
})
afterAll(() => app.close())

// No dot segments: the injector resolves them before the server sees them.
const segment = fc.oneof(
  fc.constantFrom(
    '1',
    'acme%2Fwidgets',
    'v1',
    '%2F',
    '%',
    '%zz',
    '%00',
    '%C3',
    'a b'.replace(' ', '%20'),
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
const path = fc.oneof(
  fc
    .array(segment, { maxLength: 3 })
    .map((rest) => ['/api/v4/projects/1/repository/tags', ...rest].join('/')),
  fc.array(segment, { minLength: 1, maxLength: 6 }).map((rest) => `/api/v4/projects/${rest.join('/')}`),
  fc.array(segment, { maxLength: 4 }).map((rest) => `/api/${rest.join('/')}`),
)
const name = fc.constantFrom(
  'tag_name',
  'ref',
  'message',
  'sort',
  'order_by',
  'search',
  'page',
  'per_page',
  'page_token',
  'pagination',
  'private_token',
  'sudo',
  'id',
  'x',
  '__proto__',
  'a[b]',
  'a[]',
  'tag_name[]',
  'search[a][b]',
  ']',
  '[',
)
const scalar = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    '',
    'main',
    'v1',
    'v2',
    '0',
    '-1',
    '99999999999999999999',
    '1.5',
    'name',
    'asc',
    '%',
    '\u0000',
    '\ud800',
    '^*$',
    'HEAD~99999',
    'main^{tree}',
    '@{-1}',
    ':/x',
  ),
)
const query = fc
  .array(fc.tuple(name, scalar), { maxLength: 5 })
  .map((pairs) => pairs.map(([key, value]) => `${key}=${encodeURIComponent(value.toWellFormed())}`).join('&'))
const rawQuery = fc.oneof(query, fc.constantFrom('%', '&&&', '=', 'a=%ff', 'a[=1', '?', 'a=1;b=2'))
const json = fc
  .dictionary(
    name,
    fc.oneof(
      scalar,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(scalar, { maxLength: 2 }),
      fc.dictionary(name, scalar, { maxKeys: 2 }),
    ),
    { maxKeys: 5 },
  )
  .map((value) => JSON.stringify(value))
const payload = fc.oneof(
  json,
  query,
  fc.string(),
  fc.constantFrom(
    '{',
    '[]',
    'null',
    '--XX\r\ncontent-disposition: form-data; name="tag_name"\r\n\r\nv\r\n--XX--',
    '--XX',
    '{"__proto__":{"ref":"main"}}',
  ),
)
const headers = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=XX',
      'multipart/form-data',
      'text/plain',
      '',
      ';',
      'application/json;;;',
      'application/json; charset=utf-16',
    ),
    'private-token': fc.constantFrom(
      'dee-token',
      'mia-token',
      'root-token',
      'gus-token',
      'bad',
      '',
      'dee-old',
      'dee-read',
    ),
    authorization: fc.constantFrom('Bearer dee-token', 'Bearer', 'Basic x', 'Bearer  ', 'nonsense'),
    'if-none-match': fc.constantFrom('*', 'W/"x"', ''),
    'if-unmodified-since': fc.constantFrom('yesterday', '', 'Mon, 01 Jan 1990 00:00:00 GMT'),
    sudo: fc.constantFrom('dee', '0', 'x', '%00'),
    accept: fc.constantFrom('text/html', '*/*', 'garbage'),
    origin: fc.constantFrom('null', 'http://x.test'),
  },
  { requiredKeys: [] },
)
const method = fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND', 'LOCK')

/** Whether an answer is one that GitLab could have given: right shape, right type, never its own fault. */
function isGitLabs(reply: Reply): boolean {
  if (reply.status >= 500) return false
  if (reply.status === 204 || reply.status === 304 || reply.status === 301)
    return reply.text === '' || reply.status === 301
  if (reply.status === 400 && reply.headers['content-type'] === 'text/plain')
    return reply.text === 'Bad Request' || reply.text === ''
  if (reply.status === 200 && String(reply.headers['content-type']).startsWith('text/plain'))
    return reply.text === ''
  if (reply.headers['content-type'] !== 'application/json') return false
  if (reply.status < 400 || reply.text === '') return true
  const keys = Object.keys(reply.body as object)
  return (keys[0] === 'message' && keys.length === 1) || keys[0] === 'error'
}

it('4,000 generated requests get answers in the dialect of GitLab, and never a failure of ours', {
  timeout: 240_000,
}, async () => {
  const call = callerOf(app)
  await fc.assert(
    fc.asyncProperty(method, path, rawQuery, headers, payload, async (verb, url, search, head, body) => {
      const hasBody = verb !== 'GET' && verb !== 'HEAD'
      const reply = await call(verb, search === '' ? url : `${url}?${search}`, {
        headers: head as Record<string, string>,
        ...(hasBody && { payload: body }),
      })
      expect(isGitLabs(reply), `${reply.status} ${reply.headers['content-type']} ${reply.text}`).toBe(true)
    }),
    { numRuns: 4_000 },
  )
})

it('the world is still in order after them', async () => {
  const reply = await callerOf(app, { 'private-token': 'dee-token' })(
    'GET',
    '/api/v4/projects/1/repository/tags?per_page=100',
  )
  expect(reply.status).toBe(200)
  for (const tag of reply.body as { name: string; commit: { id: string } }[])
    expect(tag.commit.id).toMatch(/^[0-9a-f]{40}$/)
})
