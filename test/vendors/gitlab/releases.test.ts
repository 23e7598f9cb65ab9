import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { NOW, project, world } from './world.ts'

const RELEASES = '/api/v4/projects/1/releases'
const TAGS = '/api/v4/projects/1/repository/tags'
const FORBIDDEN = [403, { message: '403 Forbidden' }]
const NOT_FOUND = [404, { message: '404 Not Found' }]
const PROTECTED = [403, { message: 'You are not allowed to create this tag as it is protected.' }]
const C1 = '5d9cb1c1f8dd61a3a35425b6b61fab056ff001a4'

let app: FastifyInstance
let dee: Call
const as = (token: string) => callerOf(app, { 'private-token': token })

async function open(profile?: string): Promise<void> {
  app = await buildApp({
    clock: NOW,
    ...(profile !== undefined && { profiles: { gitlab: profile } }),
    fixture: world(
      project('acme/widgets', 1, {
        tags: [
          { name: 'v1', target: 'c1' },
          { name: 'v2', target: 'c1' },
          { name: 'v3', target: 'c1' },
          { name: 'a/b', target: 'c1' },
          { name: 'locked', target: 'c1' },
          { name: 'locked-too', target: 'c1' },
        ],
        tagRules: [{ pattern: 'locked*' }],
        releases: [
          {
            tag: 'v1',
            name: 'First',
            description: 'Notes & <more>\n\nSecond',
            author: 'mia',
            createdAt: '2024-02-01T10:00:00Z',
            releasedAt: '2024-04-01T10:00:00Z',
          },
          { tag: 'v2', author: 'mia', createdAt: '2024-03-01T10:00:00Z' },
          { tag: 'locked', author: 'mia', createdAt: '2024-01-01T10:00:00Z' },
        ],
      }),
      project('acme/open', 2, {
        visibility: 'public',
        tags: [{ name: 'v1', target: 'c1' }],
        releases: [{ tag: 'v1', author: 'mia' }],
      }),
      project('acme/members', 3, {
        visibility: 'public',
        features: { releases: 'private' },
        tags: [{ name: 'v1', target: 'c1' }],
        releases: [{ tag: 'v1' }],
      }),
      project('acme/attic', 4, {
        archived: true,
        tags: [{ name: 'v1', target: 'c1' }],
        releases: [{ tag: 'v1' }],
      }),
      project('acme/empty', 5, { commits: [] }),
    ),
  })
  dee = as('dee-token')
}

beforeEach(() => open())
afterEach(() => app.close())

const commit = {
  id: C1,
  short_id: C1.slice(0, 8),
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
  web_url: `http://localhost/acme/widgets/-/commit/${C1}`,
}

const author = (id: number, username: string, name: string) => ({
  id,
  username,
  name,
  state: 'active',
  avatar_url: null,
  web_url: `http://localhost/${username}`,
})

const site = 'http://localhost/acme/widgets/-'

const sources = (tag: string, file = tag) =>
  ['zip', 'tar.gz', 'tar.bz2', 'tar'].map((format) => ({
    format,
    url: `${site}/archive/${tag}/widgets-${file}.${format}`,
  }))

const links = (tag: string) => ({
  closed_issues_url: `${site}/issues?release_tag=${tag}&scope=all&state=closed`,
  closed_merge_requests_url: `${site}/merge_requests?release_tag=${tag}&scope=all&state=closed`,
  edit_url: `${site}/releases/${tag}/edit`,
  merged_merge_requests_url: `${site}/merge_requests?release_tag=${tag}&scope=all&state=merged`,
  opened_issues_url: `${site}/issues?release_tag=${tag}&scope=all&state=opened`,
  opened_merge_requests_url: `${site}/merge_requests?release_tag=${tag}&scope=all&state=opened`,
  self: `${site}/releases/${tag}`,
})

/** The release that `dee` makes for `tag` now. */
const fresh = (tag: string, more: object = {}) => ({
  name: tag,
  tag_name: tag,
  description: null,
  created_at: '2024-06-01T12:00:00.000Z',
  released_at: '2024-06-01T12:00:00.000Z',
  upcoming_release: false,
  author: author(3, 'dee', 'Dee D'),
  commit,
  commit_path: `/acme/widgets/-/commit/${C1}`,
  tag_path: `/acme/widgets/-/tags/${tag}`,
  assets: { count: 4, sources: sources(tag), links: [] },
  evidences: [],
  _links: links(tag),
  ...more,
})

const first = fresh('v1', {
  name: 'First',
  description: 'Notes & <more>\n\nSecond',
  created_at: '2024-02-01T10:00:00.000Z',
  released_at: '2024-04-01T10:00:00.000Z',
  author: author(2, 'mia', 'Mia M'),
})

const post = (payload: object, call = dee) => answer(call('POST', RELEASES, { payload }))
const put = (tag: string, payload: object, call = dee) =>
  answer(call('PUT', `${RELEASES}/${tag}`, { payload }))
const names = async (query: string) =>
  ((await dee('GET', `${RELEASES}?${query}`)).body as { tag_name: string }[]).map(
    (release) => release.tag_name,
  )

describe('one release', () => {
  it('has the whole shape', async () => {
    expect(await answer(dee('GET', `${RELEASES}/v1`))).toEqual([200, first])
  })

  it('has its keys in the order of the entity', async () => {
    const { text } = await dee('GET', `${RELEASES}/v1?include_html_description=true`)
    expect(Object.keys(JSON.parse(text))).toEqual([
      'name',
      'tag_name',
      'description',
      'created_at',
      'released_at',
      'upcoming_release',
      'description_html',
      'author',
      'commit',
      'commit_path',
      'tag_path',
      'assets',
      'evidences',
      '_links',
    ])
  })

  it('comes with HTML when asked', async () => {
    const html =
      '<p data-sourcepos="1:1-1:14" dir="auto">Notes &amp; &lt;more&gt;</p>\n\n<p data-sourcepos="3:1-3:6" dir="auto">Second</p>'
    expect(await answer(dee('GET', `${RELEASES}/v1?include_html_description=true`))).toEqual([
      200,
      { ...first, description_html: html },
    ])
  })

  it.each(['v3', 'nope', 'V1'])('answers 404 for %s, which has none', async (tag) => {
    expect(await answer(dee('GET', `${RELEASES}/${tag}`))).toEqual(NOT_FOUND)
  })

  it.each(['13', '14'])('answers 403 for a missing one in profile %s', async (profile) => {
    await app.close()
    await open(profile)
    expect(await answer(dee('GET', `${RELEASES}/nope`))).toEqual(FORBIDDEN)
  })

  it('is shown with encoded slashes in its addresses', async () => {
    const body = {
      ...fresh('a/b', { tag_path: '/acme/widgets/-/tags/a%2Fb' }),
      assets: { count: 4, sources: sources('a/b', 'a-b'), links: [] },
      _links: links('a%2Fb'),
    }
    expect(await post({ tag_name: 'a/b' })).toEqual([201, body])
    expect(await answer(dee('GET', `${RELEASES}/a%2Fb`))).toEqual([200, body])
  })
})

describe('a list of releases', () => {
  it('has the latest release date first', async () => {
    const { status, body, headers } = await dee('GET', RELEASES)
    expect(status).toBe(200)
    expect((body as object[])[0]).toEqual(first)
    expect(await names('')).toEqual(['v1', 'v2', 'locked'])
    expect(headers).toMatchObject({ 'x-total': '3', 'x-page': '1', 'x-next-page': '' })
    const page =
      'http://localhost/api/v4/projects/1/releases?id=1&order_by=released_at&page=1&per_page=20&sort=desc'
    expect(headers.link).toBe(`<${page}>; rel="first", <${page}>; rel="last"`)
  })

  it.each([
    ['sort=asc', ['locked', 'v2', 'v1']],
    ['order_by=created_at', ['v2', 'v1', 'locked']],
    ['order_by=created_at&sort=asc', ['locked', 'v1', 'v2']],
    ['per_page=1&page=2', ['v2']],
    ['page=9', []],
  ])('can be had with %s', async (query, expected) => {
    expect(await names(query)).toEqual(expected)
  })

  it.each([
    ['order_by=name', 'order_by does not have a valid value'],
    ['sort=up&per_page=0', 'per_page has a value not allowed, sort does not have a valid value'],
    ['include_html_description=maybe', 'include_html_description is invalid'],
  ])('refuses %s', async (query, error) => {
    expect(await answer(dee('GET', `${RELEASES}?${query}`))).toEqual([400, { error }])
  })
})

describe('creating a release', () => {
  it('of a tag that exists leaves the tag alone', async () => {
    expect(await post({ tag_name: 'v3', ref: 'feature/x', tag_message: 'no' })).toEqual([201, fresh('v3')])
    expect((await dee('GET', `${TAGS}/v3`)).body).toMatchObject({
      message: '',
      target: C1,
      release: { tag_name: 'v3', description: null },
    })
  })

  it('takes name, description and date', async () => {
    const payload = {
      tag_name: 'v3',
      name: 'Three',
      description: '# Hi',
      released_at: '2024-05-01T10:00:00+09:00',
    }
    expect(await post(payload)).toEqual([
      201,
      fresh('v3', { name: 'Three', description: '# Hi', released_at: '2024-05-01T01:00:00.000Z' }),
    ])
  })

  it('takes null for a text that is not given', async () => {
    const payload = { tag_name: 'v3', name: null, description: null, ref: null, tag_message: null }
    expect(await post(payload)).toEqual([201, fresh('v3')])
  })

  it.each([
    ['2024-06-01T12:00:01Z', '2024-06-01T12:00:01.000Z', true],
    ['2024-06-01 12:00:00', '2024-06-01T12:00:00.000Z', false],
    ['2030-01-02', '2030-01-02T00:00:00.000Z', true],
  ])('released at %s is upcoming only in the future', async (released_at, expected, upcoming_release) => {
    expect(await post({ tag_name: 'v3', released_at })).toEqual([
      201,
      fresh('v3', { released_at: expected, upcoming_release }),
    ])
  })

  it('makes a missing tag from a ref', async () => {
    expect(await post({ tag_name: 'v4', ref: C1 })).toEqual([201, fresh('v4')])
    expect((await dee('GET', `${TAGS}/v4`)).body).toMatchObject({ target: C1, message: '' })
  })

  it('makes a missing tag annotated when there is a message', async () => {
    expect(await post({ tag_name: 'v4', ref: C1, tag_message: ' Four \n' })).toEqual([201, fresh('v4')])
    const { body } = await dee('GET', `${TAGS}/v4`)
    expect(body).toMatchObject({
      message: 'Four',
      commit: { id: C1 },
      created_at: '2024-06-01T12:00:00.000Z',
    })
    expect((body as { target: string }).target).not.toBe(C1)
  })

  it.each([
    [{ tag_name: 'v4' }, 422, 'Ref is not specified'],
    [{ tag_name: '' }, 422, 'Ref is not specified'],
    [{ tag_name: 'v4', ref: '' }, 400, 'Target is empty'],
    [{ tag_name: 'v4', ref: 'nope' }, 400, 'Target nope is invalid'],
    [{ tag_name: '', ref: 'main' }, 400, 'Tag name invalid'],
    [{ tag_name: 'HEAD', ref: 'main' }, 400, 'Tag name invalid'],
    [{ tag_name: 'a b', ref: 'main' }, 400, 'Tag name invalid'],
    [{ tag_name: 'main', ref: 'main' }, 400, 'You cannot use default branch name to create a tag'],
    [{ tag_name: 'v1' }, 409, 'Release already exists'],
    [{ tag_name: 'v3', milestones: ['m1', 'm2'] }, 400, 'Milestone(s) not found: m1, m2'],
    [{ tag_name: 'v3', milestones: 'm1,m2' }, 400, 'Milestone(s) not found: m1, m2'],
    [{ tag_name: 'v1', milestones: ['m1'] }, 409, 'Release already exists'],
  ])('refuses %j with %i', async (payload, status, message) => {
    expect(await post(payload)).toEqual([status, { message }])
  })

  it.each([
    [{}, 'tag_name is missing'],
    [{ released_at: 'tomorrow' }, 'tag_name is missing, released_at is invalid'],
    [{ tag_name: 'v3', description: ['x'] }, 'description is invalid'],
    [{ tag_name: 'v3', assets: 'x' }, 'assets is invalid'],
    [{ tag_name: 'v3', assets: { links: 'x' } }, 'assets[links] is invalid'],
    [
      { tag_name: 'v3', assets: { links: [{ name: 'a', url: 'http://a' }, {}] } },
      'assets[links][1][name] is missing, assets[links][1][url] is missing',
    ],
  ])('refuses the parameters %j', async (payload, error) => {
    expect(await post(payload)).toEqual([400, { error }])
  })

  it('asks for the protected name before it looks whether the release is there', async () => {
    expect(await post({ tag_name: 'locked' })).toEqual(PROTECTED)
    expect(await post({ tag_name: 'locked-new' })).toEqual(PROTECTED)
    expect(await post({ tag_name: 'locked' }, as('mia-token'))).toEqual([
      409,
      { message: 'Release already exists' },
    ])
    expect((await post({ tag_name: 'locked-too' }, as('mia-token')))[0]).toBe(201)
  })

  it('answers in an empty project that the ref cannot be found', async () => {
    const payload = { tag_name: 'v1', ref: 'main' }
    expect(await answer(dee('POST', '/api/v4/projects/5/releases', { payload }))).toEqual([
      400,
      { message: 'Target main is invalid' },
    ])
  })

  it('takes a form with links', async () => {
    const reply = await dee('POST', RELEASES, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload:
        'tag_name=v3&assets[links][][name]=a&assets[links][][url]=http://a&assets[links][][name]=b&assets[links][][url]=http://b',
    })
    expect(reply.status).toBe(201)
    expect((reply.body as { assets: object }).assets).toEqual({
      count: 6,
      sources: sources('v3'),
      links: [
        {
          id: 2,
          name: 'b',
          url: 'http://b',
          direct_asset_url: 'http://b',
          external: true,
          link_type: 'other',
        },
        {
          id: 1,
          name: 'a',
          url: 'http://a',
          direct_asset_url: 'http://a',
          external: true,
          link_type: 'other',
        },
      ],
    })
  })

  it('tells inner links from outer ones and gives paths an address', async () => {
    const given = [
      { name: 'in', url: `${site}/jobs/1`, link_type: 'package', direct_asset_path: '/bin/x.zip' },
      { name: 'out', url: 'ftp://elsewhere/x', link_type: 'runbook', filepath: '/doc' },
    ]
    const reply = await dee('POST', RELEASES, { payload: { tag_name: 'v3', assets: { links: given } } })
    expect((reply.body as { assets: { links: object } }).assets.links).toEqual([
      {
        id: 2,
        name: 'out',
        url: 'ftp://elsewhere/x',
        direct_asset_url: `${site}/releases/v3/downloads/doc`,
        external: true,
        link_type: 'runbook',
      },
      {
        id: 1,
        name: 'in',
        url: `${site}/jobs/1`,
        direct_asset_url: `${site}/releases/v3/downloads/bin/x.zip`,
        external: false,
        link_type: 'package',
      },
    ])
  })

  it.each([
    [
      [
        { name: 'a', url: 'http://a' },
        { name: 'a', url: 'http://b' },
      ],
      'Validation failed: Links have duplicate values (a)',
    ],
    [
      [{ name: 'a', url: 'x:y' }],
      'Validation failed: Links url is blocked: Only allowed schemes are http, https, ftp',
    ],
    [[{ name: '', url: 'http://a' }], "Validation failed: Links name can't be blank"],
    [[{ name: 'a', url: 'http://a', link_type: 'odd' }], "'odd' is not a valid link_type"],
  ])('refuses the links %j after the tag is made', async (given, message) => {
    expect(await post({ tag_name: 'v4', ref: 'main', assets: { links: given } })).toEqual([400, { message }])
    expect((await dee('GET', `${TAGS}/v4`)).status).toBe(200)
    expect(await answer(dee('GET', `${RELEASES}/v4`))).toEqual(NOT_FOUND)
  })
})

describe('changing a release', () => {
  it('changes what is named and nothing else', async () => {
    expect(await put('v1', { description: 'New' })).toEqual([200, { ...first, description: 'New' }])
    expect(await put('v1', { released_at: '2024-05-05T00:00:00Z', name: null })).toEqual([
      200,
      { ...first, description: 'New', released_at: '2024-05-05T00:00:00.000Z', name: 'v1' },
    ])
    expect((await dee('GET', `${TAGS}/v1`)).body).toMatchObject({
      release: { tag_name: 'v1', description: 'New' },
    })
  })

  it.each([
    [{}, 'params is empty'],
    [{ sha: 'x' }, 'params is empty'],
    [{ milestones: ['m'] }, 'Milestone(s) not found: m'],
  ])('refuses %j', async (payload, message) => {
    expect(await put('v1', payload)).toEqual([400, { message }])
  })

  it('refuses a date that is none', async () => {
    expect(await put('v1', { released_at: 'soon' })).toEqual([400, { error: 'released_at is invalid' }])
  })

  it('is forbidden for a release that is not there, and for a protected one', async () => {
    expect(await put('v3', { name: 'x' })).toEqual(FORBIDDEN)
    expect(await put('locked', { name: 'x' })).toEqual(FORBIDDEN)
    expect((await put('locked', { name: 'x' }, as('mia-token')))[0]).toBe(200)
  })
})

describe('deleting a release', () => {
  it('answers 200 with the release and leaves the tag', async () => {
    expect(await answer(dee('DELETE', `${RELEASES}/v1`))).toEqual([200, first])
    expect(await answer(dee('GET', `${RELEASES}/v1`))).toEqual(NOT_FOUND)
    expect((await dee('GET', `${TAGS}/v1`)).body).toMatchObject({ name: 'v1', release: null })
  })

  it('is forbidden for a release that is not there, and for a protected one', async () => {
    expect(await answer(dee('DELETE', `${RELEASES}/v3`))).toEqual(FORBIDDEN)
    expect(await answer(dee('DELETE', `${RELEASES}/locked`))).toEqual(FORBIDDEN)
    expect((await as('mia-token')('DELETE', `${RELEASES}/locked`)).status).toBe(200)
  })

  it('comes about by deleting the tag, too', async () => {
    await dee('DELETE', `${TAGS}/v1`)
    expect(await answer(dee('GET', `${RELEASES}/v1`))).toEqual(NOT_FOUND)
  })
})

describe('who may', () => {
  it('lets guests of a private project see a list without code, and no single release', async () => {
    const [, body] = await answer(as('gus-token')('GET', RELEASES))
    expect((body as object[])[0]).toEqual({
      name: 'First',
      tag_name: 'v1',
      description: 'Notes & <more>\n\nSecond',
      created_at: '2024-02-01T10:00:00.000Z',
      released_at: '2024-04-01T10:00:00.000Z',
      upcoming_release: false,
      author: author(2, 'mia', 'Mia M'),
      assets: { count: 0, links: [] },
      _links: Object.fromEntries(Object.entries(links('v1')).filter(([key]) => key !== 'edit_url')),
    })
    expect(await answer(as('gus-token')('GET', `${RELEASES}/v1`))).toEqual(FORBIDDEN)
  })

  it.each(['gus-token', 'rex-token'])('%s may not write', async (token) => {
    expect(await post({ tag_name: 'v3' }, as(token))).toEqual(FORBIDDEN)
    expect(await put('v1', { name: 'x' }, as(token))).toEqual(FORBIDDEN)
    expect(await answer(as(token)('DELETE', `${RELEASES}/v1`))).toEqual(FORBIDDEN)
  })

  it('looks at parameters before the role', async () => {
    expect(await post({}, as('rex-token'))).toEqual([400, { error: 'tag_name is missing' }])
  })

  it('hides a private project and shows a public one to everybody', async () => {
    const hidden = [404, { message: '404 Project Not Found' }]
    expect(await answer(callerOf(app)('GET', RELEASES))).toEqual(hidden)
    expect(await post({ tag_name: 'v3' }, as('sam-token'))).toEqual(hidden)
    expect((await callerOf(app)('GET', '/api/v4/projects/2/releases/v1')).status).toBe(200)
    expect(
      await answer(callerOf(app)('POST', '/api/v4/projects/2/releases', { payload: { tag_name: 'x' } })),
    ).toEqual(FORBIDDEN)
  })

  it('keeps releases that are for members from everybody else, before parameters are looked at', async () => {
    const list = '/api/v4/projects/3/releases'
    expect(await answer(callerOf(app)('GET', `${list}?per_page=0`))).toEqual(FORBIDDEN)
    expect(await answer(as('sam-token')('GET', `${list}/v1`))).toEqual(FORBIDDEN)
    expect((await as('gus-token')('GET', list)).status).toBe(200)
  })

  it('lets an archived project be read only', async () => {
    const list = '/api/v4/projects/4/releases'
    expect((await dee('GET', list)).status).toBe(200)
    expect(await answer(dee('DELETE', `${list}/v1`))).toEqual(FORBIDDEN)
  })

  it('takes a job token for everything, in its header, in the query and as a bearer', async () => {
    const job = callerOf(app, { 'job-token': 'dee-job' })
    expect((await job('GET', RELEASES)).status).toBe(200)
    expect(await post({ tag_name: 'v3' }, job)).toEqual([201, fresh('v3')])
    expect((await put('v3', { name: 'x' }, callerOf(app, { authorization: 'Bearer dee-job' })))[0]).toBe(200)
    expect((await callerOf(app)('DELETE', `${RELEASES}/v3?job_token=dee-job`)).status).toBe(200)
    expect(await answer(callerOf(app, { 'job-token': 'nonsense' })('GET', RELEASES))).toEqual([
      401,
      { message: '401 Unauthorized' },
    ])
  })

  it('wants more than read_api for writing', async () => {
    expect((await as('dee-read')('GET', RELEASES)).status).toBe(200)
    expect((await post({ tag_name: 'v3' }, as('dee-read')))[0]).toBe(403)
  })
})

describe('the latest release', () => {
  it('is a redirect that keeps suffix and query', async () => {
    const { status, headers } = await dee('GET', `${RELEASES}/permalink/latest`)
    expect([status, headers.location]).toEqual([302, '/api/v4/projects/1/releases/v1'])
    const deep = await dee('GET', `${RELEASES}/permalink/latest/assets/links?per_page=1&order_by=released_at`)
    expect(deep.headers.location).toBe('/api/v4/projects/1/releases/v1/assets/links?per_page=1')
  })

  it('is 404 where there is none, and no route before 15.4', async () => {
    expect(await answer(dee('GET', '/api/v4/projects/5/releases/permalink/latest'))).toEqual(NOT_FOUND)
    await app.close()
    await open('14')
    expect(await answer(dee('GET', `${RELEASES}/permalink/latest`))).toEqual([
      404,
      { error: '404 Not Found' },
    ])
  })
})

describe('release notes of a tag, until 13.12', () => {
  const notes = (method: string, tag: string, payload: object, call = dee) =>
    answer(call(method, `${TAGS}/${tag}/release`, { payload }))

  it('are no route later on', async () => {
    for (const method of ['POST', 'PUT'])
      expect(await notes(method, 'v3', { description: 'x' })).toEqual([404, { error: '404 Not Found' }])
  })

  it('are made once and changed at will', async () => {
    await app.close()
    await open('13')
    expect(await notes('POST', 'v3', { description: 'Three' })).toEqual([
      201,
      { tag_name: 'v3', description: 'Three' },
    ])
    expect(await notes('POST', 'v3', { description: 'x' })).toEqual([
      409,
      { message: 'Release already exists' },
    ])
    expect(await notes('PUT', 'v3', { description: 'New' })).toEqual([
      200,
      { tag_name: 'v3', description: 'New' },
    ])
    expect((await dee('GET', `${TAGS}/v3`)).body).toMatchObject({
      release: { tag_name: 'v3', description: 'New' },
    })
  })

  it('are refused in the words of their time', async () => {
    await app.close()
    await open('13')
    const payload = { description: 'x' }
    expect(await notes('POST', 'nope', payload)).toEqual([404, { message: '404 Tag Not Found' }])
    expect(await notes('POST', 'v3', {})).toEqual([400, { error: 'description is missing' }])
    expect(await notes('PUT', 'v3', payload)).toEqual(FORBIDDEN)
    expect(await notes('POST', 'locked-too', payload)).toEqual(PROTECTED)
    expect(await notes('POST', 'v3', payload, as('rex-token'))).toEqual(FORBIDDEN)
  })
})
