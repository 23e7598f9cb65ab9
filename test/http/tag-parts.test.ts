import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { vendors } from '../../src/vendors/index.ts'

const NOW = '2024-06-01T12:00:00Z'
const VOLATILE = ['date', 'x-request-id', 'x-runtime', 'x-gitlab-meta', 'x-arequestid']

/** Where the tags of the demo world's first project are, by vendor. */
const tags: Readonly<Record<string, string>> = {
  gitlab: '/api/v4/projects/1/repository/tags',
  bitbucket: '/rest/api/1.0/projects/ACME/repos/widgets/tags',
  gitflic: '/project/acme/widgets/tag',
  codearts: '/v4/repositories/1/repository/tags',
}

let whole: FastifyInstance
let extract: FastifyInstance
beforeAll(async () => {
  whole = await buildApp({ clock: NOW })
  extract = await buildApp({ clock: NOW })
  for (const { id } of vendors) await whole.applications.open(id)
})
afterAll(() => Promise.all([whole.close(), extract.close()]))

interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly payload?: string
}

async function answerOf(app: FastifyInstance, { method, url, headers, payload }: Asked) {
  const reply = await app.inject({
    method: method as 'GET',
    url,
    headers,
    ...(payload !== undefined && { payload }),
  })
  const steady = Object.entries(reply.headers).filter(([name]) => !VOLATILE.includes(name))
  return { status: reply.statusCode, headers: Object.fromEntries(steady), body: reply.body }
}

const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')
const suffix = fc.oneof(
  fc.constantFrom(
    '',
    '/',
    '.json',
    '/v1.0.0',
    '/v1.0.0/',
    '/v1.0.0.json',
    '/v1.0.0/release',
    '/v1.0.0/signature',
  ),
  fc.constantFrom(
    '/create',
    '/v1.0.0/a/b',
    '//',
    '/v1%2F0',
    '/%zz',
    '/%00',
    '?limit=0',
    '?per_page=1&page=2',
  ),
  fc.constantFrom(
    '?size=1',
    '?page=-1',
    '?search=%5Ev1',
    '?tagName=v1.0.0',
    '?tag_name=v1.0.0',
    '?order_by=version',
  ),
)
const credential = fc.constantFrom('ada-token', 'rex-token', 'sam-token', 'wrong', null)
const payload = fc.constantFrom(
  '{"tag_name":"n1","ref":"main"}',
  '{"name":"n2","startPoint":"main"}',
  '{"tagName":"n3","branchName":"main"}',
  '{"tag_name":"n4","ref":"nowhere"}',
  '{',
  '',
)

describe.each(Object.entries(tags))('the routes of tags alone of %s', (vendor, base) => {
  const request = fc
    .record({ method, suffix, credential, payload })
    .map(({ method, suffix, credential, payload }): Asked => {
      const token: Record<string, string> =
        credential === null
          ? {}
          : {
              gitlab: { 'private-token': credential },
              codearts: { 'x-auth-token': credential },
              gitflic: { authorization: `token ${credential}` },
              bitbucket: { authorization: `Bearer ${credential}` },
            }[vendor]!
      const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH'
      return {
        method,
        url: base + suffix,
        headers: { ...token, ...(hasBody && { 'content-type': 'application/json' }) },
        ...(hasBody && { payload }),
      }
    })

  it('answer what all routes together do, known paths and methods or not', async () => {
    const part = await extract.applications.open(`${vendor} tags`)
    const { tagRoutes } = vendors.find(({ id }) => id === vendor)!
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        fc.pre(tagRoutes?.covers(asked.url) === true)
        const answers = await Promise.all([answerOf(part, asked), answerOf(whole, asked)])
        expect(answers[0]).toEqual(answers[1])
      }),
      { numRuns: 300 },
    )
  })

  it('are all that is registered for them', async () => {
    const app = await buildApp({ clock: NOW })
    expect((await answerOf(app, { method: 'GET', url: base, headers: {} })).status).toBeLessThan(500)
    expect([`${vendor} tags`, vendor].map((part) => app.applications.isOpen(part))).toEqual([true, false])
    await app.close()
  })
})

it.each(['/__admin/coverage', '/__admin/openapi/gitlab.json', '/__admin/openapi/gitflic.json'])(
  '%s is the same whether tags were asked for before or not',
  async (url) => {
    const [fresh, used] = [await buildApp({ clock: NOW }), await buildApp({ clock: NOW })]
    for (const base of Object.values(tags)) await answerOf(used, { method: 'GET', url: base, headers: {} })
    const [before, after] = [await fresh.inject(url), await used.inject(url)]
    expect(after.json()).toEqual(before.json())
    await Promise.all([fresh.close(), used.close()])
  },
)
