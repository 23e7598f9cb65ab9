import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { NOW, project, world } from './world.ts'

const LIST = '/api/v4/projects/1/repository/tags'

const tags = [
  { name: 'v1.0.0', target: 'c1' },
  {
    name: 'v1.2.0',
    target: 'c2',
    message: 'Second\n\nMore.\n\n',
    tagger: 'mia',
    date: '2024-01-05T00:00:00+05:30',
  },
  { name: 'v1.10.0', target: 'c2', message: 'Third\n', tagger: 'mia', date: '2024-01-05T00:00:00Z' },
  { name: 'V1', target: 'c2' },
  { name: 'a', target: 'c2' },
  { name: 'nested', target: 'v1.10.0', message: 'Of a tag\n', tagger: 'dee', date: '2023-01-01T00:00:00Z' },
  { name: 'tree', target: 'c1^{tree}' },
]

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags,
        tagRules: [{ pattern: 'v1.1*' }],
        releases: [{ tag: 'v1.0.0', description: 'Notes' }],
      }),
      project('acme/empty', 2, { commits: [] }),
      project('acme/search', 3, { tags: ['v0.5', 'v0.5.1', 'v0.6'].map((name) => ({ name, target: 'c1' })) }),
      project('acme/hundred', 4, {
        tags: Array.from({ length: 100 }, (_, i) => ({
          name: `t${String(i).padStart(3, '0')}`,
          target: 'c1',
        })),
      }),
      project('acme/many', 5, {
        tags: Array.from({ length: 150 }, (_, i) => ({
          name: `t${String(i).padStart(3, '0')}`,
          target: 'c1',
        })),
      }),
      { path: 'acme/bare', id: 6, members: { dee: 'developer' }, repository: false },
      project('acme/deep/nested', 7, { tags: [{ name: 'only', target: 'c1' }] }),
      project('acme/open', 8, {
        visibility: 'public',
        features: { releases: 'private' },
        tags: [{ name: 'v1', target: 'c1' }],
      }),
      project('acme/cases', 9, { tags: ['RC', 'rc', 'rc2'].map((name) => ({ name, target: 'c1' })) }),
    ),
  })
  call = callerOf(app, { 'private-token': 'dee-token', host: 'gitlab.test:4747' })
})
afterAll(() => app.close())

async function names(url: string): Promise<string[]> {
  const { status, body } = await call('GET', url)
  expect(status).toBe(200)
  return (body as { name: string }[]).map((tag) => tag.name)
}

async function paging(url: string) {
  const { headers } = await call('GET', url)
  const pick = (name: string) => headers[name]
  return {
    page: pick('x-page'),
    perPage: pick('x-per-page'),
    total: pick('x-total'),
    pages: pick('x-total-pages'),
    next: pick('x-next-page'),
    prev: pick('x-prev-page'),
  }
}

describe('a tag in the list', () => {
  it('has the whole shape of a lightweight tag', async () => {
    const { body } = await call('GET', `${LIST}?search=^v1.0.0$`)
    const id = 'f94cfb9ee4ea5a98a0be8c7ea4a4a6dee0eb3f54'
    const [tag] = body as { target: string }[]
    expect(tag?.target).toMatch(/^[0-9a-f]{40}$/)
    expect(
      JSON.stringify(body)
        .replaceAll(tag?.target ?? '', id)
        .replace(`"${tag?.target.slice(0, 8)}"`, `"${id.slice(0, 8)}"`),
    ).toBe(
      JSON.stringify([
        {
          name: 'v1.0.0',
          message: '',
          target: id,
          commit: {
            id,
            short_id: id.slice(0, 8),
            created_at: '2024-01-01T10:00:00.000+02:00',
            parent_ids: [],
            title: 'Initial commit',
            message: 'Initial commit\n',
            author_name: 'Mia M',
            author_email: 'mia@example.test',
            authored_date: '2024-01-01T10:00:00.000+02:00',
            committer_name: 'Mia M',
            committer_email: 'mia@example.test',
            committed_date: '2024-01-01T10:00:00.000+02:00',
            trailers: {},
            extended_trailers: {},
            web_url: `http://gitlab.test:4747/acme/widgets/-/commit/${id}`,
          },
          release: { tag_name: 'v1.0.0', description: 'Notes' },
          protected: false,
          created_at: null,
        },
      ]),
    )
  })

  it('shows an annotated tag by its object, its stripped message and its date in UTC', async () => {
    const { body } = await call('GET', `${LIST}/v1.2.0`)
    const tag = body as { target: string; commit: { id: string } }
    expect(tag.target).not.toBe(tag.commit.id)
    expect(tag).toMatchObject({
      message: 'Second\n\nMore.',
      created_at: '2024-01-04T18:30:00.000Z',
      protected: false,
      release: null,
    })
  })

  it('keeps the offset of the commit, its trailers and its parents', async () => {
    const { body } = await call('GET', `${LIST}/a`)
    expect((body as { commit: object }).commit).toMatchObject({
      created_at: '2024-01-02T10:00:00.000-03:30',
      title: 'Add parts <&>',
      parent_ids: [expect.stringMatching(/^[0-9a-f]{40}$/)],
      trailers: { 'Signed-off-by': 'Dee <dee@x>', 'Reviewed-by': 'B' },
      extended_trailers: { 'Signed-off-by': ['Dee <dee@x>'], 'Reviewed-by': ['A', 'B'] },
    })
  })

  it('peels a tag of a tag to its commit and shows the outer object as target', async () => {
    const [nested, inner] = await Promise.all([call('GET', `${LIST}/nested`), call('GET', `${LIST}/v1.10.0`)])
    const [a, b] = [nested.body, inner.body] as { target: string; commit: { id: string }; name: string }[]
    expect(a?.name).toBe('nested')
    expect(a?.target).not.toBe(b?.target)
    expect(a?.commit).toEqual(b?.commit)
  })

  it('shows the tip of the default branch beside a tag on a tree', async () => {
    const { body } = await call('GET', `${LIST}/tree`)
    const tag = body as { target: string; commit: { title: string }; message: string }
    expect(tag).toMatchObject({ message: '', created_at: null, commit: { title: 'Add parts <&>' } })
  })

  it('is protected when any rule matches its name', async () => {
    const { body } = await call('GET', LIST)
    expect(
      (body as { name: string; protected: boolean }[]).filter((tag) => tag.protected).map((tag) => tag.name),
    ).toEqual(['v1.10.0'])
  })

  it('has no release key for a viewer who may not read releases', async () => {
    const anonymous = callerOf(app)
    const url = '/api/v4/projects/8/repository/tags'
    expect(Object.keys(((await anonymous('GET', url)).body as object[])[0] ?? {})).toEqual([
      'name',
      'message',
      'target',
      'commit',
      'protected',
      'created_at',
    ])
    expect(((await call('GET', url)).body as object[])[0]).toHaveProperty('release', null)
  })

  it('escapes &, < and > in its bytes', async () => {
    const { text } = await call('GET', `${LIST}/a`)
    expect(text).toContain('"title":"Add parts \\u003c\\u0026\\u003e"')
  })
})

describe('order', () => {
  it('is newest first by tagger or committer date, ties by name, trees last', async () => {
    expect(await names(LIST)).toEqual(['v1.10.0', 'v1.2.0', 'V1', 'a', 'v1.0.0', 'nested', 'tree'])
  })

  it('keeps ties by ascending name when ascending', async () => {
    expect(await names(`${LIST}?sort=asc`)).toEqual([
      'tree',
      'nested',
      'v1.0.0',
      'V1',
      'a',
      'v1.2.0',
      'v1.10.0',
    ])
  })

  it('by name is by bytes, and descending unless told otherwise', async () => {
    const ascending = ['V1', 'a', 'nested', 'tree', 'v1.0.0', 'v1.10.0', 'v1.2.0']
    expect(await names(`${LIST}?order_by=name&sort=asc`)).toEqual(ascending)
    expect(await names(`${LIST}?order_by=name`)).toEqual([...ascending].reverse())
  })

  it('by version compares runs of digits as numbers', async () => {
    expect(await names(`${LIST}?order_by=version&sort=asc`)).toEqual([
      'V1',
      'a',
      'nested',
      'tree',
      'v1.0.0',
      'v1.2.0',
      'v1.10.0',
    ])
    expect(await names(`${LIST}?order_by=version`)).toEqual([
      'v1.10.0',
      'v1.2.0',
      'v1.0.0',
      'tree',
      'nested',
      'a',
      'V1',
    ])
  })
})

describe('search', () => {
  it.each([
    ['^v0.5', ['v0.5', 'v0.5.1']],
    ['^V', ['v0.5', 'v0.5.1', 'v0.6']],
    ['0.5', ['v0.5', 'v0.5.1']],
    ['.5$', ['v0.5']],
    ['^v0.5$', ['v0.5']],
    ['v0.*.1', ['v0.5.1']],
    ['^*1$', ['v0.5.1']],
    ['v^0', []],
    ['*^v0.6', ['v0.6']],
    ['.5$**', ['v0.5']],
    ['5$*$', []],
    ['a*^v', []],
    ['$v', []],
    ['\\.5$', []],
    ['.[0-9]$', []],
    ['0\\.', []],
    ['', ['v0.5', 'v0.5.1', 'v0.6']],
    [' ', ['v0.5', 'v0.5.1', 'v0.6']],
  ])('%s finds %j', async (term, expected) => {
    expect(
      await names(
        `/api/v4/projects/3/repository/tags?search=${encodeURIComponent(term)}&order_by=name&sort=asc`,
      ),
    ).toEqual(expected)
  })

  it('puts a tag that equals the term first', async () => {
    expect(await names('/api/v4/projects/3/repository/tags?search=V0.5&order_by=name')).toEqual([
      'v0.5',
      'v0.5.1',
    ])
    expect(await names('/api/v4/projects/3/repository/tags?search=0.5&order_by=name')).toEqual([
      'v0.5.1',
      'v0.5',
    ])
  })

  it('moves one tag only, whatever others equal the term but for case', async () => {
    expect(await names('/api/v4/projects/9/repository/tags?search=rc&order_by=name')).toEqual([
      'rc',
      'rc2',
      'RC',
    ])
  })

  it('returns all matches on page 1 and counts all tags', async () => {
    const url = '/api/v4/projects/5/repository/tags?search=t0&per_page=10'
    expect(await names(url)).toHaveLength(100)
    expect(await paging(url)).toEqual({
      page: '1',
      perPage: '10',
      total: '150',
      pages: '15',
      next: '2',
      prev: '',
    })
  })
})

describe('the first page', () => {
  it('says how many there are', async () => {
    expect(await paging(`${LIST}?per_page=2`)).toEqual({
      page: '1',
      perPage: '2',
      total: '7',
      pages: '4',
      next: '2',
      prev: '',
    })
  })

  it('echoes a page size above 100 and returns 100 rows with no next page', async () => {
    const url = '/api/v4/projects/5/repository/tags?per_page=500'
    expect(await names(url)).toHaveLength(100)
    expect(await paging(url)).toEqual({
      page: '1',
      perPage: '500',
      total: '150',
      pages: '1',
      next: '',
      prev: '',
    })
  })

  it('has no pages when there are no tags, and its last page is 0', async () => {
    const { body, headers } = await call('GET', '/api/v4/projects/2/repository/tags')
    expect(body).toEqual([])
    expect(headers).toMatchObject({
      'x-total': '0',
      'x-total-pages': '0',
      'x-next-page': '',
      'x-prev-page': '',
    })
    expect(headers.link).toMatch(/page=0&per_page=20&sort=desc>; rel="last"$/)
  })

  it('takes a negative page size as 20 rows', async () => {
    expect(await names('/api/v4/projects/5/repository/tags?per_page=-1')).toHaveLength(20)
  })

  it('starts after a page token even without keyset', async () => {
    expect(await names(`${LIST}?order_by=name&sort=asc&page_token=v1.0.0`)).toEqual(['v1.10.0', 'v1.2.0'])
  })

  it('refuses an unknown page token', async () => {
    expect(await answer(call('GET', `${LIST}?page_token=unknown`))).toEqual([
      422,
      { message: 'Invalid page token: refs/tags/unknown' },
    ])
  })
})

describe('any other page', () => {
  it('is sliced from the matches, with both neighbours', async () => {
    const url = `${LIST}?order_by=name&sort=asc&per_page=3&page=2`
    expect(await names(url)).toEqual(['tree', 'v1.0.0', 'v1.10.0'])
    expect(await paging(url)).toEqual({
      page: '2',
      perPage: '3',
      total: '7',
      pages: '3',
      next: '3',
      prev: '1',
    })
  })

  it('clamps the page size', async () => {
    expect(await paging('/api/v4/projects/5/repository/tags?page=2&per_page=500')).toEqual({
      page: '2',
      perPage: '100',
      total: '150',
      pages: '2',
      next: '',
      prev: '1',
    })
    expect(await paging('/api/v4/projects/5/repository/tags?page=2&per_page=-5')).toMatchObject({
      perPage: '20',
      pages: '8',
    })
  })

  it('counts the matches of a search', async () => {
    expect(await paging('/api/v4/projects/5/repository/tags?page=2&search=t0')).toEqual({
      page: '2',
      perPage: '20',
      total: '100',
      pages: '5',
      next: '3',
      prev: '1',
    })
  })

  it('is empty past the end, with no neighbours', async () => {
    const url = `${LIST}?page=9`
    expect(await names(url)).toEqual([])
    expect(await paging(url)).toEqual({
      page: '9',
      perPage: '20',
      total: '7',
      pages: '1',
      next: '',
      prev: '',
    })
  })

  it.each(['0', '-1'])('page %s is the first one', async (page) => {
    const url = `${LIST}?page=${page}&per_page=2`
    expect(await names(url)).toEqual(['v1.10.0', 'v1.2.0'])
    expect(await paging(url)).toMatchObject({ page: '1', total: '7', pages: '4', next: '2', prev: '' })
  })

  it('ignores a page token', async () => {
    expect(await names(`${LIST}?page=2&per_page=3&order_by=name&sort=asc&page_token=unknown`)).toEqual([
      'tree',
      'v1.0.0',
      'v1.10.0',
    ])
  })

  it('has at least one page', async () => {
    expect(await paging('/api/v4/projects/2/repository/tags?page=2')).toMatchObject({
      total: '0',
      pages: '1',
      next: '',
      prev: '',
    })
  })
})

describe('the Link header', () => {
  const at = (query: string) => `<http://gitlab.test:4747/api/v4/projects/1/repository/tags?${query}>`

  it('names prev, next, first and last with every parameter in order', async () => {
    const { headers } = await call('GET', `${LIST}?per_page=2&page=2`)
    expect(headers.link).toBe(
      [
        `${at('id=1&order_by=updated&page=1&per_page=2&sort=desc')}; rel="prev"`,
        `${at('id=1&order_by=updated&page=3&per_page=2&sort=desc')}; rel="next"`,
        `${at('id=1&order_by=updated&page=1&per_page=2&sort=desc')}; rel="first"`,
        `${at('id=1&order_by=updated&page=4&per_page=2&sort=desc')}; rel="last"`,
      ].join(', '),
    )
  })

  it('is there even with a single page', async () => {
    const { headers } = await call('GET', LIST)
    expect(headers.link).toBe(
      `${at('id=1&order_by=updated&page=1&per_page=20&sort=desc')}; rel="first", ${at('id=1&order_by=updated&page=1&per_page=20&sort=desc')}; rel="last"`,
    )
  })

  it('form-encodes values and echoes what it does not know, tokens included', async () => {
    const { headers } = await callerOf(app, { host: 'gitlab.test:4747' })(
      'GET',
      '/api/v4/projects/acme%2Fwidgets/repository/tags?search=%5Ev1&private_token=dee-token&x=a%20b',
    )
    expect(headers.link).toBe(
      ['first', 'last']
        .map(
          (rel) =>
            `<http://gitlab.test:4747/api/v4/projects/acme%2Fwidgets/repository/tags?id=acme%2Fwidgets&order_by=updated&page=1&per_page=20&private_token=dee-token&search=%5Ev1&sort=desc&x=a+b>; rel="${rel}"`,
        )
        .join(', '),
    )
  })

  it('takes scheme and host from what a proxy forwarded', async () => {
    const { headers } = await call('GET', LIST, {
      headers: { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'git.example.test' },
    })
    expect(headers.link).toMatch(/^<https:\/\/git\.example\.test\/api\/v4\/projects\/1\//)
  })
})

describe('keyset pagination', () => {
  const page = (query: string) => call('GET', `${LIST}?pagination=keyset&order_by=name&sort=asc&${query}`)

  it('links to what follows the last name and has no X- headers', async () => {
    const { headers, body } = await page('per_page=3')
    expect((body as { name: string }[]).map((tag) => tag.name)).toEqual(['V1', 'a', 'nested'])
    expect(Object.keys(headers).filter((name) => /^x-(page|per-page|total|next|prev)/.test(name))).toEqual([])
    expect(headers.link).toBe(
      '<http://gitlab.test:4747/api/v4/projects/1/repository/tags?id=1&order_by=name&page=1&page_token=nested&pagination=keyset&per_page=3&sort=asc>; rel="next"',
    )
  })

  it('walks to the end, an exact multiple giving one empty page more', async () => {
    const seen: string[] = []
    let url: string | undefined = `${LIST}?pagination=keyset&order_by=name&per_page=7`
    let pages = 0
    while (url !== undefined) {
      const { headers, body } = await call('GET', url)
      seen.push(...(body as { name: string }[]).map((tag) => tag.name))
      url = /<http:\/\/gitlab\.test:4747([^>]+)>/.exec(String(headers.link ?? ''))?.[1]
      pages++
    }
    expect(seen).toEqual(['v1.2.0', 'v1.10.0', 'v1.0.0', 'tree', 'nested', 'a', 'V1'])
    expect(pages).toBe(2)
  })

  it('never links for a page size above 100', async () => {
    const { headers, body } = await call(
      'GET',
      '/api/v4/projects/4/repository/tags?pagination=keyset&per_page=101',
    )
    expect(body).toHaveLength(100)
    expect(headers.link).toBeUndefined()
  })

  it('ignores page, refuses an unknown token, is switched off by a search', async () => {
    expect(((await page('per_page=2&page=3')).body as { name: string }[]).map((tag) => tag.name)).toEqual([
      'V1',
      'a',
    ])
    expect(await answer(page('page_token=unknown'))).toEqual([
      422,
      { message: 'Invalid page token: refs/tags/unknown' },
    ])
    expect((await page('search=v1&per_page=1')).body).toHaveLength(4)
  })

  it('any other value of pagination is ignored', async () => {
    const { headers } = await call('GET', `${LIST}?pagination=cursor`)
    expect(headers['x-page']).toBe('1')
  })
})

describe('parameters that do not fit', () => {
  it.each([
    ['sort=up', 'sort does not have a valid value'],
    ['sort=ASC', 'sort does not have a valid value'],
    ['order_by=date', 'order_by does not have a valid value'],
    ['order_by=', 'order_by does not have a valid value'],
    ['search[]=a', 'search is invalid'],
    ['search[a]=b', 'search is invalid'],
    ['page=abc', 'page is invalid'],
    ['page=1.5', 'page is invalid'],
    ['per_page=x', 'per_page is invalid'],
    ['per_page=0', 'per_page has a value not allowed'],
    ['sort=x&per_page=0', 'sort does not have a valid value, per_page has a value not allowed'],
    [
      'per_page=a&page=b&page_token[]=1&search[]=1&order_by=x&sort=x',
      'sort does not have a valid value, order_by does not have a valid value, search is invalid, page_token is invalid, page is invalid, per_page is invalid',
    ],
  ])('%s → 400 %s', async (query, error) => {
    expect(await answer(call('GET', `${LIST}?${query}`))).toEqual([400, { error }])
  })

  it('page= and per_page= mean the defaults', async () => {
    expect(await paging(`${LIST}?page=&per_page=`)).toMatchObject({ page: '1', perPage: '20' })
  })
})

describe('the collection’s address', () => {
  it.each([
    `${LIST}.json`,
    `${LIST}/`,
    '/api/v4/projects/acme%2Fwidgets/repository/tags',
    '/api/v4/projects/ACME%2FWidgets/repository/tags',
  ])('%s is the list', async (url) => {
    expect(await names(url)).toHaveLength(7)
  })

  it('takes a path of several groups', async () => {
    expect(await names('/api/v4/projects/acme%2Fdeep%2Fnested/repository/tags')).toEqual(['only'])
  })

  it('answers 404 for a project without a repository', async () => {
    expect(await answer(call('GET', '/api/v4/projects/6/repository/tags'))).toEqual([
      404,
      { message: '404 Not Found' },
    ])
  })

  it.each(['99', 'widgets', 'acme%2Fnope', 'nobody%2Fwidgets', '0'])(
    'project %s does not exist',
    async (id) => {
      expect(await answer(call('GET', `/api/v4/projects/${id}/repository/tags`))).toEqual([
        404,
        { message: '404 Project Not Found' },
      ])
    },
  )
})
