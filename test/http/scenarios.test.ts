import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { type Call, callerOf, type Reply } from '../caller.ts'

const fixture = {
  users: [{ username: 'mia', tokens: ['mia-token'], admin: true }],
  projects: [
    {
      path: 'mia/x',
      id: 1,
      commits: [{ label: 'c', message: 'C\n' }],
      tags: ['v1', 'v2', 'v3', 'v4'].map((name) => ({ name, target: 'c' })),
    },
    { path: 'mia/empty', id: 2, commits: [] },
  ],
}
const GITLAB = '/api/v4/projects/1/repository/tags'
const BITBUCKET = '/rest/api/1.0/projects/~MIA/repos/x/tags'
const BITBUCKET_GIT = '/rest/git/1.0/projects/~MIA/repos/x/tags'
const GITFLIC = '/project/mia/x/tag'
const CODEARTS = '/v4/repositories/1/repository/tags'

let app: FastifyInstance
let admin: Call
let call: Call
beforeEach(async () => {
  app = await buildApp({ fixture })
  admin = callerOf(app, { host: 'localhost' })
  call = async (method, url, options = {}) => {
    const authorization = url.startsWith('/project') ? 'token mia-token' : 'Bearer mia-token'
    const headers = url.startsWith('/v') ? { 'x-auth-token': 'mia-token' } : { authorization }
    return callerOf(app, headers)(method, url, options)
  }
})
afterEach(() => app.close())

async function play(name: string, options: object = {}): Promise<unknown> {
  const { status, body } = await admin('POST', `/__admin/faults/scenarios/${name}`, { payload: options })
  expect([status, body]).toEqual([201, expect.objectContaining({ scenario: name })])
  return body
}

/** The names of the tags in a list of any vendor. */
function namesOf({ body }: Reply): string[] {
  const lists = body as
    | { name: string }[]
    | { values?: { displayId: string }[]; _embedded?: { tagList: { name: string }[] } }
  if (Array.isArray(lists)) return lists.map(({ name }) => name)
  return (
    lists.values?.map(({ displayId }) => displayId) ?? lists._embedded?.tagList.map(({ name }) => name) ?? []
  )
}

it('the scenarios are listed with what a correct client does', async () => {
  const { body } = await admin('GET', '/__admin/faults/scenarios')
  const { scenarios } = body as { scenarios: Record<string, unknown>[] }
  expect(scenarios.map(({ name, vendors, times }) => [name, vendors, times])).toEqual([
    ['vanishing-tag', ['bitbucket', 'gitlab', 'gitflic', 'codearts'], 1],
    ['token-refused-on-page-2', ['bitbucket', 'gitlab', 'gitflic', 'codearts'], 'always'],
    ['delete-404-after-retry', ['bitbucket', 'gitlab', 'codearts'], 1],
    ['bitbucket-never-last-page', ['bitbucket'], 'always'],
    ['gitlab-page-formula', ['gitlab'], 'always'],
    ['gitlab-no-totals', ['gitlab'], 'always'],
  ])
  for (const { summary, correctClient, operations } of scenarios) {
    expect(String(summary).length).toBeGreaterThan(60)
    expect(String(correctClient).length).toBeGreaterThan(60)
    expect(operations).not.toEqual([])
  }
})

it('an unknown scenario is refused with those that there are', async () => {
  expect(await admin('POST', '/__admin/faults/scenarios/none')).toMatchObject({
    status: 404,
    body: { error: 'scenario-missing', message: expect.stringContaining('vanishing-tag, ') },
  })
})

describe('gitlab-page-formula', () => {
  const page = async (query: string) => {
    const reply = await call('GET', `${GITLAB}?per_page=100${query}`)
    const { 'x-total': total, 'x-total-pages': pages, 'x-next-page': next, link } = reply.headers
    const rels = String(link).match(/[?&]page=\d+[^>]*>; rel="\w+"/g) ?? []
    return {
      count: namesOf(reply).length,
      total,
      pages,
      next,
      rels: rels.map((rel) => rel.replace(/^[?&]page=(\d+).*rel="(\w+)"$/, '$2 $1')),
    }
  }

  it('has exactly 100 tags and promises a second page of them, which is empty', async () => {
    await play('gitlab-page-formula')
    expect(await page('')).toEqual({
      count: 100,
      total: '100',
      pages: '2',
      next: '2',
      rels: ['next 2', 'first 1', 'last 2'],
    })
    expect(await page('&page=2')).toEqual({
      count: 0,
      total: '100',
      pages: '1',
      next: '',
      rels: ['first 1', 'last 1'],
    })
  })

  it('answers as the imitated version 14 does by itself', async () => {
    await play('gitlab-page-formula')
    const [first, second] = [await page(''), await page('&page=2')]
    const tags = Array.from({ length: 100 }, (_, i) => ({ name: `t${i}`, target: 'c' }))
    const [x] = fixture.projects
    await app.close()
    app = await buildApp({
      fixture: { ...fixture, projects: [{ ...x, tags }] },
      profiles: { gitlab: '14' },
    })
    expect([await page(''), await page('&page=2')]).toEqual([first, second])
  })

  it('needs a project that can have exactly 100 tags', async () => {
    const post = (project: unknown) =>
      admin('POST', '/__admin/faults/scenarios/gitlab-page-formula', { payload: { project } })
    expect(await post('mia/empty')).toMatchObject({ status: 409, body: { error: 'no-tags' } })
    expect(await post('mia/none')).toMatchObject({ status: 422, body: { error: 'invalid-fault' } })
    expect((await post('mia/x')).status).toBe(201)
    await call('POST', `${GITLAB}?tag_name=one-more&ref=main`)
    expect(await post(1)).toMatchObject({ status: 409, body: { error: 'too-many-tags' } })
  })
})

it('gitlab-no-totals: the list is not counted', async () => {
  const before = await call('GET', `${GITLAB}?per_page=2`)
  await play('gitlab-no-totals')
  const { headers, text } = await call('GET', `${GITLAB}?per_page=2`)
  expect(text).toBe(before.text)
  expect(before.headers['x-total']).toBe('4')
  expect([headers['x-total'], headers['x-total-pages'], headers['x-next-page']]).toEqual([
    undefined,
    undefined,
    '2',
  ])
  expect(String(before.headers.link).match(/rel="\w+"/g)).toEqual(['rel="next"', 'rel="first"', 'rel="last"'])
  expect(String(headers.link).match(/rel="\w+"/g)).toEqual(['rel="next"', 'rel="first"'])
})

it('bitbucket-never-last-page: no page is the last one, empty ones included', async () => {
  await play('bitbucket-never-last-page')
  const page = async (start: number) => {
    const { body } = await call('GET', `${BITBUCKET}?limit=3&start=${start}`)
    const { size, isLastPage, nextPageStart } = body as Record<string, unknown>
    return [size, isLastPage, nextPageStart]
  }
  expect(await page(0)).toEqual([3, false, 3])
  expect(await page(3)).toEqual([1, false, 4])
  expect(await page(4)).toEqual([0, false, 7])
})

describe('vanishing-tag', () => {
  it.each<[string, string, string, string]>([
    ['gitlab', `${GITLAB}?per_page=2`, `${GITLAB}?per_page=2&page=2`, `${GITLAB}/`],
    ['bitbucket', `${BITBUCKET}?limit=2`, `${BITBUCKET}?limit=2&start=2`, `${BITBUCKET}/`],
    ['gitflic', `${GITFLIC}?size=2`, `${GITFLIC}?size=2&page=1`, `${GITFLIC}/`],
    [
      'codearts',
      `${CODEARTS}?limit=2`,
      `${CODEARTS}?limit=2&offset=2`,
      '/v4/repositories/1/repository/tag?tag_name=',
    ],
  ])('of %s: what was listed is gone, and the next page leaves one out', async (vendor, first, next, one) => {
    await play('vanishing-tag', { vendor })
    const before = namesOf(await call('GET', first))
    const after = namesOf(await call('GET', next))
    expect([before.length, after.length]).toEqual([2, 1])
    expect((await call('GET', one + before[0])).status).toBe(404)
    expect((await call('GET', one + before[1])).status).toBe(200)
    // Two of four were seen, one of the other two is still there, and one was never seen.
    const left = namesOf(await call('GET', first.replace(/=2$/, '=10')))
    expect(left.filter((name) => !before.includes(name) && !after.includes(name))).toHaveLength(1)
  })
})

describe('token-refused-on-page-2', () => {
  it.each<[string, string, string, number, unknown]>([
    ['gitlab', GITLAB, 'page=2', 401, { message: '401 Unauthorized' }],
    [
      'bitbucket',
      BITBUCKET,
      'start=2',
      401,
      {
        errors: [
          expect.objectContaining({
            exceptionName: 'com.atlassian.bitbucket.auth.IncorrectPasswordAuthenticationException',
          }),
        ],
      },
    ],
    ['gitflic', GITFLIC, 'page=1', 403, { title: 'AuthenticationException', status: 403 }],
    ['codearts', CODEARTS, 'offset=2', 401, expect.objectContaining({ error_code: 'CH.00000002' })],
  ])('of %s: the first page comes, no other does', async (vendor, url, later, status, body) => {
    await play('token-refused-on-page-2', { vendor })
    expect((await call('GET', url)).status).toBe(200)
    for (let i = 0; i < 2; i++) expect(await call('GET', `${url}?${later}`)).toMatchObject({ status, body })
    expect((await call('GET', url)).status).toBe(200)
  })
})

describe('delete-404-after-retry', () => {
  it.each<[string, string]>([
    ['gitlab', `${GITLAB}/v1`],
    ['bitbucket', `${BITBUCKET_GIT}/v1`],
    ['codearts', '/v4/repositories/1/repository/tag?tag_name=v1'],
  ])('of %s: 502 though it is gone, then 404', async (_vendor, url) => {
    await play('delete-404-after-retry')
    expect((await call('DELETE', url)).status).toBe(502)
    expect((await call('DELETE', url)).status).toBe(404)
    expect(namesOf(await call('GET', GITLAB))).not.toContain('v1')
    expect((await call('DELETE', url.replace('v1', 'v2'))).status).toBe(204)
  })
})

it('a scenario is a rule like others', async () => {
  const payload = { scenario: 'token-refused-on-page-2', user: 'mia', vendor: 'gitlab', times: 1 }
  expect((await admin('POST', '/__admin/faults', { payload })).status).toBe(201)
  expect((await call('GET', `${GITLAB}?page=2`)).status).toBe(401)
  expect((await call('GET', `${GITLAB}?page=2`)).status).toBe(200)
  expect((await admin('GET', '/__admin/faults')).body).toEqual({
    faults: [{ id: '1', ...payload, after: 0, times: 1, seen: 2, hits: 1, left: 0 }],
  })
})
