import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { bearer, NOT_PERMITTED, NOW, project, thrown, world } from './world.ts'

const REPOS = '/rest/api/1.0/projects/ACME/repos'
const LIST = `${REPOS}/widgets/tags`

const C1 = '5d9cb1c1f8dd61a3a35425b6b61fab056ff001a4'
const C2 = '90dce6913954828fef22197a77e98430627d0d55'

const tags = [
  { name: 'v1.0.0', target: 'c1' },
  { name: 'v1.2.0', target: 'c2', message: 'Second\n', tagger: 'mia', date: '2024-01-05T00:00:00+05:30' },
  { name: 'v1.10.0', target: 'c2', message: 'Third\n', tagger: 'mia', date: '2024-01-05T00:00:00Z' },
  { name: 'V1', target: 'c2' },
  { name: 'a', target: 'c2' },
  { name: 'nested', target: 'v1.10.0', message: 'Of a tag\n', tagger: 'dee', date: '2023-01-01T00:00:00Z' },
  { name: 'tree', target: 'c1^{tree}' },
  {
    name: 'blob',
    target: 'c1:README.md',
    message: 'Of a blob\n',
    tagger: 'dee',
    date: '2022-01-01T00:00:00Z',
  },
]

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, { tags }),
      project('acme/empty', 2, { commits: [] }),
      project('acme/many', 3, {
        tags: Array.from({ length: 1100 }, (_, i) => ({
          name: `t${String(i).padStart(4, '0')}`,
          target: 'c1',
        })),
      }),
      project('acme/open', 4, { visibility: 'public', tags: [{ name: 'v1', target: 'c1' }] }),
      project('acme/search', 5, {
        tags: ['a+b', 'a%b', 'a&b=c', 'Größe', 'release/1.0', '100%25', 'x;y'].map((name) => ({
          name,
          target: 'c1',
        })),
      }),
      project('acme/old', 6, { profiles: { bitbucket: '4.5.2' }, tags: [{ name: 'v1', target: 'c1' }] }),
    ),
  })
  call = callerOf(app, bearer('dee-token'))
})
afterAll(() => app.close())

async function names(url: string): Promise<string[]> {
  const { status, body } = await call('GET', url)
  expect(status).toBe(200)
  return (body as { values: { displayId: string }[] }).values.map((tag) => tag.displayId)
}

async function page(url: string) {
  const { body } = await call('GET', url)
  const { values, ...rest } = body as { values: unknown[] }
  return { ...rest, shown: values.length }
}

describe('the tags of a repository', () => {
  it('come as a page of whole refs, most recent first, names deciding ties', async () => {
    const list = await call('GET', LIST)
    const light = (name: string, oid: string) => ({
      id: `refs/tags/${name}`,
      displayId: name,
      type: 'TAG',
      latestCommit: oid,
      latestChangeset: oid,
      hash: null,
    })
    const { values } = list.body as { values: { displayId: string; hash: string | null }[] }
    const hashOf = (name: string) => values.find((tag) => tag.displayId === name)?.hash as string
    expect(hashOf('v1.10.0')).toMatch(/^[0-9a-f]{40}$/)
    expect(hashOf('nested')).not.toBe(hashOf('v1.10.0'))
    const annotated = (name: string, oid: string) => ({ ...light(name, oid), hash: hashOf(name) })
    expect([list.status, list.body]).toEqual([
      200,
      {
        size: 8,
        limit: 25,
        isLastPage: true,
        values: [
          annotated('v1.10.0', C2),
          annotated('v1.2.0', C2),
          light('V1', C2),
          light('a', C2),
          light('v1.0.0', C1),
          annotated('nested', C2),
          annotated('blob', '097bbeec9d6fd565e250f92553b246a1e29c0c61'),
          light('tree', '92a0c88406d3f20b490cb7b53de4f863086dccb3'),
        ],
        start: 0,
      },
    ])
  })

  it('are written in the order of keys that servers have', async () => {
    const { text } = await call('GET', `${REPOS}/open/tags?limit=1`)
    expect(text).toBe(
      `{"size":1,"limit":1,"isLastPage":true,"values":[{"id":"refs/tags/v1","displayId":"v1","type":"TAG",` +
        `"latestCommit":"${C1}","latestChangeset":"${C1}","hash":null}],"start":0}`,
    )
  })

  it.each([
    ['orderBy=ALPHABETICAL', ['V1', 'a', 'blob', 'nested', 'tree', 'v1.0.0', 'v1.10.0', 'v1.2.0']],
    ['orderBy=alphabetical&limit=2', ['V1', 'a']],
    ['orderBy=modification&limit=2', ['v1.10.0', 'v1.2.0']],
    ['orderBy=MODIFICATION&limit=2', ['v1.10.0', 'v1.2.0']],
    ['orderBy=&limit=2', ['v1.10.0', 'v1.2.0']],
    ['orderBy=name&limit=2', ['v1.10.0', 'v1.2.0']],
    ['orderBy=ALPHABETICAL&orderBy=MODIFICATION&limit=2', ['V1', 'a']],
  ])('are ordered by %s', async (query, expected) => {
    expect(await names(`${LIST}?${query}`)).toEqual(expected)
  })

  it.each([
    ['widgets', 'v1', ['v1.10.0', 'v1.2.0', 'V1', 'v1.0.0']],
    ['widgets', 'V1.', ['v1.10.0', 'v1.2.0', 'v1.0.0']],
    ['widgets', 'refs/tags', []],
    ['widgets', '*', []],
    ['widgets', '  ', ['v1.10.0', 'v1.2.0', 'V1', 'a', 'v1.0.0', 'nested', 'blob', 'tree']],
    ['search', 'release/', ['release/1.0']],
    ['search', 'a+', ['a+b']],
    ['search', 'a%b', ['a%b']],
    ['search', '&b=', ['a&b=c']],
    ['search', 'gRÖSSE', []],
    ['search', 'grö', ['Größe']],
    ['search', '%25', ['100%25']],
    ['search', ';', ['x;y']],
  ])('are those of %s whose name contains %s', async (slug, text, expected) => {
    expect(await names(`${REPOS}/${slug}/tags?filterText=${encodeURIComponent(text)}`)).toEqual(expected)
  })

  it('count only what is filtered in the paging', async () => {
    expect(await page(`${LIST}?filterText=v1&limit=3`)).toEqual({
      size: 3,
      limit: 3,
      isLastPage: false,
      start: 0,
      nextPageStart: 3,
      shown: 3,
    })
  })

  it.each([
    ['', { size: 8, limit: 25, isLastPage: true, start: 0, shown: 8 }],
    ['limit=3', { size: 3, limit: 3, isLastPage: false, start: 0, nextPageStart: 3, shown: 3 }],
    ['limit=3&start=3', { size: 3, limit: 3, isLastPage: false, start: 3, nextPageStart: 6, shown: 3 }],
    ['limit=3&start=5', { size: 3, limit: 3, isLastPage: true, start: 5, shown: 3 }],
    ['limit=8', { size: 8, limit: 8, isLastPage: true, start: 0, shown: 8 }],
    ['limit=7', { size: 7, limit: 7, isLastPage: false, start: 0, nextPageStart: 7, shown: 7 }],
    ['start=8', { size: 0, limit: 25, isLastPage: true, start: 8, shown: 0 }],
    ['start=1000', { size: 0, limit: 25, isLastPage: true, start: 1000, shown: 0 }],
    ['start=-5', { size: 8, limit: 25, isLastPage: true, start: 0, shown: 8 }],
    ['start=abc&limit=xyz', { size: 8, limit: 25, isLastPage: true, start: 0, shown: 8 }],
    ['start=&limit=', { size: 8, limit: 25, isLastPage: true, start: 0, shown: 8 }],
    ['limit=0', { size: 8, limit: 25, isLastPage: true, start: 0, shown: 8 }],
    ['limit=-1', { size: 8, limit: 25, isLastPage: true, start: 0, shown: 8 }],
    ['limit=1000', { size: 8, limit: 1000, isLastPage: true, start: 0, shown: 8 }],
    ['limit=32767', { size: 8, limit: 1000, isLastPage: true, start: 0, shown: 8 }],
    ['limit=99999999999', { size: 8, limit: 25, isLastPage: true, start: 0, shown: 8 }],
  ])('are paged by %s', async (query, expected) => {
    expect(await page(`${LIST}?${query}`)).toEqual(expected)
  })

  it('are at most a thousand on a page', async () => {
    expect(await page(`${REPOS}/many/tags?limit=32767`)).toEqual({
      size: 1000,
      limit: 1000,
      isLastPage: false,
      start: 0,
      nextPageStart: 1000,
      shown: 1000,
    })
  })

  it('are all found by following nextPageStart', async () => {
    const found: string[] = []
    let start: number | undefined = 0
    while (start !== undefined) {
      const { body } = await call('GET', `${REPOS}/many/tags?limit=170&orderBy=ALPHABETICAL&start=${start}`)
      const one = body as { values: { displayId: string }[]; nextPageStart?: number; isLastPage: boolean }
      expect(one.isLastPage).toBe(one.nextPageStart === undefined)
      found.push(...one.values.map((tag) => tag.displayId))
      start = one.nextPageStart
    }
    expect(found).toEqual(Array.from({ length: 1100 }, (_, i) => `t${String(i).padStart(4, '0')}`))
  })

  it('are none in an empty repository', async () => {
    expect(await answer(call('GET', `${REPOS}/empty/tags`))).toEqual([
      200,
      { size: 0, limit: 25, isLastPage: true, values: [], start: 0 },
    ])
  })

  it('are for readers, and for anybody when the repository is public', async () => {
    const as = (token: string | null, slug: string) =>
      answer(callerOf(app, token ? bearer(token) : {})('GET', `${REPOS}/${slug}/tags?limit=1`))
    expect((await as('rex-token', 'widgets'))[0]).toBe(200)
    expect((await as('root-token', 'widgets'))[0]).toBe(200)
    expect(await as('gus-token', 'widgets')).toEqual([401, NOT_PERMITTED])
    expect(await as('sam-token', 'widgets')).toEqual([401, NOT_PERMITTED])
    expect(await as(null, 'widgets')).toEqual([401, NOT_PERMITTED])
    expect((await as(null, 'open'))[0]).toBe(200)
    expect((await as('gus-token', 'open'))[0]).toBe(200)
  })

  it('are missed with their repository', async () => {
    expect(await answer(call('GET', `${REPOS}/nope/tags`))).toEqual([
      404,
      thrown('repository.NoSuchRepositoryException', 'Repository ACME/nope does not exist.'),
    ])
  })

  it('carry "filter": null in 4.5.2 where that is switched on', async () => {
    const quirky = await buildApp({
      quirks: ['bitbucket.pageFilter'],
      fixture: world(
        project('acme/old', 1, { profiles: { bitbucket: '4.5.2' }, tags: [{ name: 'a', target: 'c1' }] }),
        project('acme/new', 2, { tags: [{ name: 'a', target: 'c1' }] }),
      ),
    })
    const keys = async (slug: string) => {
      const { body } = await callerOf(quirky, bearer('dee-token'))('GET', `${REPOS}/${slug}/tags`)
      return Object.keys(body as object)
    }
    expect(await keys('old')).toEqual(['size', 'limit', 'isLastPage', 'values', 'start', 'filter'])
    expect(await keys('new')).toEqual(['size', 'limit', 'isLastPage', 'values', 'start'])
    await quirky.close()
    const { body } = await call('GET', `${REPOS}/old/tags`)
    expect(Object.keys(body as object)).toEqual(['size', 'limit', 'isLastPage', 'values', 'start'])
  })
})
