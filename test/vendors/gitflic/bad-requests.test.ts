import fc from 'fast-check'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { project, serve, world } from './world.ts'

let app: FastifyInstance

beforeAll(async () => {
  ;[app] = await serve(
    world(
      project('ada/widgets', { tags: [{ name: 'v1', target: 'c1' }] }),
      project('acme/one'),
      project('tools/one'),
    ),
  )
})

afterAll(() => app.close())

const segment = fc.oneof(
  fc.constantFrom(
    ...[
      'project',
      'company',
      'team',
      'user',
      'ada',
      'acme',
      'tools',
      'widgets',
      'one',
      'tag',
      'create',
      'edit',
      'v1',
      'me',
      'my',
      'branch',
    ],
    ...[
      'default',
      'commit',
      'commits',
      'release',
      'setting',
      'webhook',
      'delete',
      'tag-protection',
      'apply-settings-to-projects',
      'branch-protection',
    ],
    ...['%2F', '%25', '%2e%2e', '%', '%zz', ';', '', '%00', '%FF', '..', '__proto__', 'constructor'],
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }).map(encodeURIComponent),
  fc.string({ maxLength: 8 }),
)

const known = fc.constantFrom(
  '/project/ada/widgets/tag',
  '/project/ada/widgets/tag/create',
  '/project/ada/widgets/tag/v1',
  '/project/ada/widgets/branch',
  '/project/ada/widgets/commits',
  '/project/ada/widgets/release',
  '/project/ada/widgets/setting/webhook',
  '/project',
  '/company/acme/tag-protection',
  '/company/acme/tag-protection/create',
  '/company/acme/tag-protection/edit',
  '/team/tools/tag-protection/create',
  '/user/me',
)

const path = fc.oneof(
  known,
  known.map((url) => `/rest-api${url}`),
  fc
    .tuple(
      fc.constantFrom('/project', '/company', '/team', '/user', '/rest-api', '/rest-api/project'),
      fc.array(segment, { maxLength: 6 }),
    )
    .map(([root, rest]) => [root, ...rest].join('/')),
)

const query = fc.oneof(
  fc.constant(''),
  fc
    .array(
      fc.tuple(
        fc.constantFrom('page', 'size', 'q', 'branchName', 'branch', 'tagName', '__proto__'),
        fc.string({ maxLength: 12 }),
      ),
    )
    .map((pairs) => `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`),
)

const fields = fc.constantFrom(
  ...[
    'tagName',
    'branchName',
    'commitId',
    'message',
    'tagTemplate',
    'allowToCreate',
    'uuid',
    'url',
    'secret',
    'events',
  ],
  ...['title', 'alias', 'ownerAlias', 'newBranch', 'originBranch', '__proto__', 'toString'],
)
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    'v1',
    'main',
    '**',
    'ADMINS',
    'NO_ONE',
    'a/../b',
    'x'.repeat(300),
    '\ud800',
    '\0',
    'http://x',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const body = fc.oneof(
  fc.dictionary(fields, value).map((record) => JSON.stringify(record)),
  fc.json(),
  fc.string(),
  fc.constantFrom('', '{', '[[[[', '{"tagName":"v1","commitId":"x",}', `${'['.repeat(5000)}`),
)

const writes = fc.constantFrom(
  '/project/ada/widgets/tag/create',
  '/project/ada/widgets/branch',
  '/project/ada/widgets/release',
  '/project/ada/widgets/setting/webhook',
  '/project',
  '/company/acme/tag-protection/create',
  '/rest-api/team/tools/tag-protection/create',
)

/** Bodies with everything that some call needs, one field replaced. */
const almost = fc.tuple(fields, value).map(([field, wrong]) => ({
  ...{ tagName: 'v2', branchName: 'main', message: 'm', newBranch: 'b', originBranch: 'main' },
  ...{ tagTemplate: 'v*', allowToCreate: 'ADMINS', title: 't', alias: 'a', url: 'http://x', secret: 's' },
  events: {},
  [field]: wrong,
}))

const types = fc.constantFrom(
  'application/json',
  'text/plain',
  '',
  'a/b/c',
  'application/x-www-form-urlencoded',
  'application/json; charset=utf-16',
)
const accept = fc.constantFrom('*/*', 'application/json', 'text/html', ';;,q=x', '')

/** Anything at all. */
const wild = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND'),
  path,
  query,
  token: fc.constantFrom('token dee-token', 'token mia-token', 'token sam-token', 'token x', 'Bearer x', ''),
  type: types,
  accept,
  body,
})

/** What gets as far as the body: the right method, a token that may, and JSON. */
const near = fc.record({
  method: fc.constant('POST'),
  path: writes,
  query: fc.constant(''),
  token: fc.constantFrom('token mia-token', 'token ada-token'),
  type: fc.constant('application/json'),
  accept,
  body: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.dictionary(fields, value, { maxKeys: 6 }).map((record) => JSON.stringify(record)),
    },
    { weight: 2, arbitrary: almost.map((record) => JSON.stringify(record)) },
    { weight: 1, arbitrary: body },
  ),
})

const request = fc.oneof(wild, near)

const STATUSES = [200, 204, 400, 403, 404, 405, 415, 422]

describe('whatever is sent', () => {
  it('is answered in GitFlic’s dialect, never with a 500', async () => {
    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, query, token, type, accept, body }) => {
        const hasBody = !['GET', 'HEAD', 'TRACE'].includes(method)
        const reply = await app.inject({
          method: method as NonNullable<InjectOptions['method']>,
          url: path + query,
          headers: { authorization: token, accept, ...(hasBody && { 'content-type': type }) },
          ...(hasBody && { payload: body }),
        })
        // A path that the client itself shortens to nothing is nobody's.
        if (!/^\/(?:rest-api|project|company|team|user)(?:[/?]|$)/.test(reply.raw.req.url ?? '')) return
        expect(STATUSES).toContain(reply.statusCode)
        expect(reply.headers).toMatchObject({
          'x-frame-options': 'DENY',
          'x-content-type-options': 'nosniff',
        })
        if (reply.body === '') {
          expect(reply.headers['content-type'] === undefined || method === 'HEAD').toBe(true)
          return
        }
        expect(reply.headers['content-type']).toMatch(/^application\/(?:hal\+)?json$/)
        const answer = reply.json() as { title?: unknown; status?: unknown }
        if (reply.statusCode === 200) return
        expect(answer.title).toMatch(/^(?:AuthenticationException|error\.[a-z.]+)$/)
        expect(answer.status).toBe(reply.statusCode)
        if (reply.statusCode === 405) expect(reply.headers.allow).toMatch(/^[A-Z]+(?:, [A-Z]+)*$/)
      }),
      { numRuns: 2500 },
    )
  })
})
