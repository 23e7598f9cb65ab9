import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { ask, pick } from './neighbours.ts'

/** The demo world's acme/widgets; its ids are git's own. */
const START = '15d15eadaf22c96f6039ff3820e5c7e1a8db1665'
const PARTS = 'a0a084103c8158980b5cdc44b061383abc90a207'
const FEATURE = 'cf9e43d3ce3b87bc3165a16d35b7700e541569b4'
const DOCS = '6c39ac98e7a32f6155c62b830bc9dda8a98fdf0e'
const MERGED = '99e9767c728290d4ad56ed1d862f6e884c2a76d7'
const REPOSITORY = '/projects/1/repository'
const COMMITS = `${REPOSITORY}/commits`

let app: FastifyInstance
beforeAll(async () => {
  app = await buildApp()
})
afterAll(() => app.close())

const TRAILER = 'Dee Developer <dee@example.test>'
const COMMIT = {
  id: PARTS,
  short_id: 'a0a08410',
  created_at: '2024-01-02T10:00:00.000+02:00',
  parent_ids: [START],
  title: 'Add parts',
  message: `Add parts\n\nSigned-off-by: ${TRAILER}\n`,
  author_name: 'Dee Developer',
  author_email: 'dee@example.test',
  authored_date: '2024-01-02T10:00:00.000+02:00',
  committer_name: 'Dee Developer',
  committer_email: 'dee@example.test',
  committed_date: '2024-01-02T10:00:00.000+02:00',
  trailers: { 'Signed-off-by': TRAILER },
  extended_trailers: { 'Signed-off-by': [TRAILER] },
  web_url: `http://localhost/acme/widgets/-/commit/${PARTS}`,
}
const LISTED = { ...COMMIT, trailers: {}, extended_trailers: {} }
const STATS = { additions: 1, deletions: 0, total: 1 }
const DETAIL = { ...COMMIT, stats: STATS, status: null, project_id: 1, last_pipeline: null }

describe('GET …/commits/:sha', () => {
  it('answers all keys in order, with stats', async () => {
    const { status, body } = await ask(app, `GET ${COMMITS}/${PARTS}`, 'rex-token')
    expect({ status, body }).toEqual({ status: 200, body: DETAIL })
    expect(Object.keys(body as object)).toEqual([
      ...Object.keys(COMMIT),
      'stats',
      'status',
      'project_id',
      'last_pipeline',
    ])
  })

  it('leaves the stats out on request', async () => {
    const { stats: _, ...rest } = DETAIL
    expect((await ask(app, `GET ${COMMITS}/${PARTS}?stats=false`, 'rex-token')).body).toEqual(rest)
  })

  it.each([
    ['a0a08410', PARTS],
    ['main', MERGED],
    ['HEAD', MERGED],
    ['feature%2Fx', FEATURE],
    ['v1.0.0', PARTS],
    ['stable', MERGED],
    ['release%2F2024-01', MERGED],
    ['main~1', DOCS],
    ['refs%2Fheads%2Fmain', MERGED],
    ['%D0%B2%D1%8B%D0%BF%D1%83%D1%81%D0%BA-1', PARTS],
  ])('resolves %s', async (sha, id) => {
    expect((await ask(app, `GET ${COMMITS}/${sha}`, 'rex-token')).body).toMatchObject({ id })
  })

  it.each([
    ['nope', 'rex-token', 404, { message: '404 Commit Not Found' }],
    ['f'.repeat(40), 'rex-token', 404, { message: '404 Commit Not Found' }],
    ['licence-tree', 'rex-token', 404, { message: '404 Commit Not Found' }],
    ['main%3AREADME.md', 'rex-token', 404, { message: '404 Commit Not Found' }],
    ['--all', 'rex-token', 404, { message: '404 Commit Not Found' }],
    ['main', 'gus-token', 403, { message: '403 Forbidden' }],
    ['main', 'sam-token', 404, { message: '404 Project Not Found' }],
    ['main?stats=x', 'rex-token', 400, { error: 'stats is invalid' }],
  ])('%s for %s answers %i', async (sha, token, status, body) => {
    const answer = await ask(app, `GET ${COMMITS}/${sha}`, token)
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })
})

describe('GET …/commits', () => {
  it('lists without trailers or stats', async () => {
    const { status, body } = await ask(app, `GET ${COMMITS}?ref_name=v1.0.0`, 'rex-token')
    expect(status).toBe(200)
    expect((body as object[])[0]).toEqual(LISTED)
  })

  it('lists with trailers and stats on request', async () => {
    const { body } = await ask(
      app,
      `GET ${COMMITS}?ref_name=v1.0.0&trailers=true&with_stats=true`,
      'rex-token',
    )
    expect((body as object[])[0]).toEqual({ ...COMMIT, stats: STATS })
  })

  it.each([
    ['', [MERGED, DOCS, FEATURE, PARTS, START]],
    ['ref_name=feature/x', [FEATURE, PARTS, START]],
    ['ref_name=', [MERGED, DOCS, FEATURE, PARTS, START]],
    ['ref_name=nope', []],
    ['all=true&ref_name=nope', [MERGED, DOCS, FEATURE, PARTS, START]],
    ['first_parent=true', [MERGED, DOCS, PARTS, START]],
    ['order=topo', [MERGED, FEATURE, DOCS, PARTS, START]],
    ['path=parts.txt', [FEATURE, PARTS]],
    ['path=parts.txt&first_parent=true', [MERGED, PARTS]],
    ['path=docs', [DOCS]],
    ['path=nope', []],
    ['author=mia@', [MERGED, DOCS]],
    ['author=Dee%20Dev', [FEATURE, PARTS]],
    ['since=2024-01-04T12:45:00Z', [MERGED, DOCS]],
    ['since=2024-01-04T12:45:01Z', [MERGED]],
    ['until=2024-01-02', [START]],
    ['until=2024-01-02T08:00:00Z', [PARTS, START]],
    ['since=2024-01-02&until=2024-01-04', [FEATURE, PARTS]],
    ['per_page=2&page=2', [FEATURE, PARTS]],
    ['per_page=2&page=4', []],
  ])('with ?%s lists %j', async (query, ids) => {
    const { status, body } = await ask(app, `GET ${COMMITS}?${query}`, 'rex-token')
    expect(status).toBe(200)
    expect(pick(body, 'id')).toEqual(ids)
  })

  it('writes headers without totals: a full page has a next one', async () => {
    const { headers } = await ask(app, `GET ${COMMITS}?per_page=2&page=2`, 'rex-token')
    const at = (page: number) =>
      `http://localhost/api/v4${COMMITS}?id=1&order=default&page=${page}&per_page=2&trailers=false`
    expect(headers).toMatchObject({
      'x-page': '2',
      'x-per-page': '2',
      'x-next-page': '3',
      'x-prev-page': '1',
      link: `<${at(1)}>; rel="prev", <${at(3)}>; rel="next", <${at(1)}>; rel="first"`,
    })
    expect(headers).not.toHaveProperty('x-total')
    expect(headers).not.toHaveProperty('x-total-pages')
  })

  it('has no next page after one that is not full', async () => {
    const { headers } = await ask(app, `GET ${COMMITS}?per_page=2&page=3`, 'rex-token')
    expect(headers).toMatchObject({ 'x-next-page': '', 'x-prev-page': '2' })
    expect(headers.link).not.toContain('rel="next"')
  })

  it.each([
    ['ref_name=-x', 400, { message: 'ref_name is invalid' }],
    [
      'since=x&until=y&all=z&order=x',
      400,
      { error: 'since is invalid, until is invalid, all is invalid, order does not have a valid value' },
    ],
  ])('refuses ?%s with %i', async (query, status, body) => {
    const answer = await ask(app, `GET ${COMMITS}?${query}`, 'rex-token')
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })

  it.each([
    ['/projects/3/repository/commits', 'rex-token', 200, []],
    [COMMITS, 'gus-token', 403, { message: '403 Forbidden' }],
    [COMMITS, null, 404, { message: '404 Project Not Found' }],
  ])('%s for %s answers %i', async (path, token, status, body) => {
    const answer = await ask(app, `GET ${path}`, token)
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })

  it('has no trailers at all in 13', async () => {
    const old = await buildApp({ profiles: { gitlab: '13' } })
    const { trailers: _, extended_trailers: __, ...rest } = COMMIT
    const { body } = await ask(old, `GET ${COMMITS}?ref_name=v1.0.0`, 'rex-token')
    expect((body as object[])[0]).toEqual(rest)
    await old.close()
  })
})

describe('GET …/commits/:sha/refs', () => {
  const branches = ['feature/x', 'main'].map((name) => ({ type: 'branch', name }))
  const tags = ['release/2024-01', 'stable', 'v1.10.0', 'v1.10.0-rc.1'].map((name) => ({ type: 'tag', name }))

  it.each([
    ['', [...branches, ...tags]],
    ['type=all', [...branches, ...tags]],
    ['type=branch', branches],
    ['type=tag', tags],
    ['per_page=2&page=2', tags.slice(0, 2)],
  ])('with ?%s lists the refs that lead there', async (query, refs) => {
    const { status, body } = await ask(app, `GET ${COMMITS}/feature%2Fx/refs?${query}`, 'rex-token')
    expect({ status, body }).toEqual({ status: 200, body: refs })
  })

  it('counts them', async () => {
    expect((await ask(app, `GET ${COMMITS}/main/refs`, 'rex-token')).headers).toMatchObject({
      'x-total': '4',
    })
  })

  it.each([
    ['nope/refs', 404, { message: '404 Commit Not Found' }],
    ['main/refs?type=x', 400, { error: 'type does not have a valid value' }],
  ])('%s answers %i', async (path, status, body) => {
    const answer = await ask(app, `GET ${COMMITS}/${path}`, 'rex-token')
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })
})

const FILE = {
  diff: '@@ -1 +1 @@\n-cog\n+big cog\n',
  collapsed: false,
  too_large: false,
  new_path: 'parts.txt',
  old_path: 'parts.txt',
  a_mode: '100644',
  b_mode: '100644',
  new_file: false,
  renamed_file: false,
  deleted_file: false,
  generated_file: false,
}

describe('GET …/commits/:sha/diff', () => {
  it('answers the files that a commit changed against its first parent', async () => {
    expect((await ask(app, `GET ${COMMITS}/${FEATURE}/diff`, 'rex-token')).body).toEqual([FILE])
    expect((await ask(app, `GET ${COMMITS}/${MERGED}/diff`, 'rex-token')).body).toEqual([FILE])
  })

  it('answers every file of a first commit as new', async () => {
    const { body } = await ask(app, `GET ${COMMITS}/v0.1.0/diff`, 'rex-token')
    const added = { ...FILE, new_file: true, a_mode: '0' }
    const [readme, script] = ['README.md', 'bin/widget'].map((path) => ({ new_path: path, old_path: path }))
    expect(body).toEqual([
      { ...added, ...readme, diff: '@@ -0,0 +1 @@\n+# Widgets\n' },
      { ...added, ...script, diff: '@@ -0,0 +1,2 @@\n+#!/bin/sh\n+echo widget\n', b_mode: '100755' },
    ])
  })

  it('answers 404 for what is no commit', async () => {
    expect(await ask(app, `GET ${COMMITS}/nope/diff`, 'rex-token')).toMatchObject({
      status: 404,
      body: { message: '404 Commit Not Found' },
    })
  })
})

describe('GET …/compare', () => {
  it('answers commits oldest first and the changes since the merge base', async () => {
    const { body } = await ask(app, `GET ${REPOSITORY}/compare?from=v0.1.0&to=feature/x`, 'rex-token')
    const { commit, commits, ...rest } = body as { commit: object; commits: object[] }
    expect(pick(commits, 'id')).toEqual([PARTS, FEATURE])
    expect(commits[0]).toEqual(LISTED)
    expect(commit).toEqual(commits[1])
    expect(rest).toEqual({
      diffs: [{ ...FILE, diff: '@@ -0,0 +1 @@\n+big cog\n', new_file: true, a_mode: '0' }],
      compare_timeout: false,
      compare_same_ref: false,
      web_url: `http://localhost/acme/widgets/-/compare/${START}...${FEATURE}`,
    })
  })

  it('compares tips with straight=true', async () => {
    const compare = `GET ${REPOSITORY}/compare?from=${DOCS}&to=feature/x`
    const paths = async (request: string) => {
      const { diffs } = (await ask(app, request, 'rex-token')).body as { diffs: object[] }
      return pick(diffs, 'new_path')
    }
    expect(await paths(compare)).toEqual(['parts.txt'])
    expect(await paths(`${compare}&straight=true`)).toEqual(['docs/parts.md', 'parts.txt'])
  })

  it('finds nothing between a ref and itself', async () => {
    const { body } = await ask(app, `GET ${REPOSITORY}/compare?from=main&to=main`, 'rex-token')
    expect(body).toEqual({
      commit: null,
      commits: [],
      diffs: [],
      compare_timeout: false,
      compare_same_ref: true,
      web_url: `http://localhost/acme/widgets/-/compare/${MERGED}...${MERGED}`,
    })
  })

  it.each([
    ['from=main&to=nope', 404, { message: '404 Ref Not Found' }],
    ['', 400, { error: 'from is missing, to is missing' }],
  ])('with ?%s answers %i', async (query, status, body) => {
    const answer = await ask(app, `GET ${REPOSITORY}/compare?${query}`, 'rex-token')
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })
})
