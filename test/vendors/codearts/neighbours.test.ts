import type { FastifyInstance } from 'fastify'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { C1, C2, F1, FORBIDDEN, invalid, MISSING, NO_REPOSITORY, NOW, project, world } from './world.ts'

const R = '/v4/repositories/1/repository'

let app: FastifyInstance
const as = (token: string): Call => callerOf(app, { 'x-auth-token': token })
const dee: Call = (...given) => as('dee-token')(...given)

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        name: 'Widgets',
        description: 'Things',
        tags: [
          { name: 'v1', target: 'c1' },
          { name: 'v2', target: 'c2', message: 'N\n', tagger: 'mia', date: '2024-01-03T00:00:00Z' },
          { name: 'x', target: 'f1' },
        ],
      }),
      project('acme/empty', 2, { commits: [] }),
      project('acme/open', 3, { visibility: 'public' }),
      project('acme/attic', 4, { archived: true }),
    ),
  })
  return () => app.close()
})
beforeEach(() => app.worlds.reset())

describe('refs', () => {
  it.each([
    ['', ['feature/x', 'main'], '2'],
    ['?type=tag', ['v1', 'v2', 'x'], '3'],
    ['?type=branch&search=MA', ['main'], '1'],
    ['?type=tag&offset=1&limit=1', ['v2'], '3'],
    ['?type=tag&search=zzz', [], '0'],
  ])('%s are names in their order', async (query, names, total) => {
    const { status, body, headers } = await dee('GET', `${R}/refs${query}`)
    expect([status, body, headers['x-total']]).toEqual([200, names, total])
  })

  it('are branches or tags', async () => {
    expect(await answer(dee('GET', `${R}/refs?type=head`))).toEqual(
      invalid('type', 'The type must be one of branch, tag.'),
    )
    expect(await answer(dee('GET', `${R}/refs?limit=101`))).toEqual(
      invalid('limit', 'The limit must be between 1 and 100.'),
    )
  })

  it.each([
    [`commits/${C1}/refs`, ['feature/x', 'main', 'v1', 'v2', 'x']],
    [`commits/${C2}/refs`, ['main', 'v2']],
    [`commits/${C1}/refs?offset=1&limit=2`, ['main', 'v1']],
  ])('%s: those that contain a commit, branches first', async (path, names) => {
    expect(await answer(dee('GET', `${R}/${path}`))).toEqual([200, names])
  })

  it('of a commit that is not there are missing', async () => {
    expect(await answer(dee('GET', `${R}/commits/${'0'.repeat(40)}/refs`))).toEqual(MISSING)
  })
})

describe('a commit', () => {
  it.each(['main', 'v2', C2, C2.slice(0, 8)])('is named in the query: %s', async (sha) => {
    const { status, body } = await dee('GET', `${R}/commits?sha=${sha}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ id: C2, title: 'Add parts', parent_ids: [C1] })
    expect(Object.keys(body as object)).toHaveLength(25)
  })

  it('has its statistics and changes when asked', async () => {
    const { body } = await dee('GET', `${R}/commits?sha=main&stats=true&show_code_changes=true`)
    expect(body).toMatchObject({
      stats: { additions: 2, deletions: 0, total: 2 },
      code_changes: [{ added_line: 2, deleted_line: 0, path: 'parts.txt' }],
    })
    const first = await dee('GET', `${R}/commits?sha=${C1}&stats=false&show_code_changes=true`)
    expect(first.body).toMatchObject({
      code_changes: [{ added_line: 1, deleted_line: 0, path: 'README.md' }],
    })
    expect(first.body).not.toHaveProperty('stats')
  })

  it('may be missing, or not be named', async () => {
    expect(await answer(dee('GET', `${R}/commits?sha=nope`))).toEqual(MISSING)
    expect(await answer(dee('GET', `${R}/commits`))).toEqual(invalid('sha', 'The parameter is required.'))
    expect(await answer(dee('GET', `${R}/commits?sha=main&stats=1`))).toEqual(
      invalid('stats', 'The stats must be true or false.'),
    )
  })
})

describe('the list of commits', () => {
  const list = async (query: string) => {
    const { body } = await dee('GET', `${R}/commit-list${query}`)
    return (body as { commits: { id: string }[] }).commits.map(({ id }) => id)
  }

  it('is the default branch with its days', async () => {
    const { status, body } = await dee('GET', `${R}/commit-list`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      commits: [{ id: C2 }, { id: C1 }],
      date_title: [
        { day: '2024-01-02', commits_count: 1 },
        { day: '2024-01-01', commits_count: 1 },
      ],
    })
  })

  it.each([
    ['?ref_name=feature/x', [F1, C1]],
    ['?ref_name=v1', [C1]],
    ['?since=2024-01-02T00:00:00Z', [C2]],
    ['?until=2024-01-01T23:59:59.000%2B00:00', [C1]],
    ['?since=2024-01-02', [C2]],
    ['?path=README.md', [C1]],
    ['?message=PARTS', [C2]],
    ['?author=mia', [C1]],
    ['?offset=1&limit=1', [C1]],
    ['?order_by_date=false&follow=true', [C2, C1]],
  ])('%s keeps what fits', async (query, ids) => {
    expect(await list(query)).toEqual(ids)
  })

  it('is empty before the first commit, and missing for an unknown ref', async () => {
    expect(await answer(dee('GET', '/v4/repositories/2/repository/commit-list'))).toEqual([
      200,
      { commits: [], date_title: [] },
    ])
    expect(await answer(dee('GET', `${R}/commit-list?ref_name=nope`))).toEqual(MISSING)
    expect(await answer(dee('GET', `${R}/commit-list?since=yesterday`))).toEqual(
      invalid('since', 'The since must be a date and time.'),
    )
  })
})

describe('branches', () => {
  const row = (name: string, more: object = {}) => ({
    name,
    default: false,
    can_delete: true,
    can_read: true,
    can_download: true,
    can_push: true,
    ...more,
  })
  const main = row('main', { default: true, can_delete: false, can_push: false })

  it('are listed, newest first', async () => {
    const { status, body, headers } = await dee('GET', `${R}/branches`)
    expect([status, headers['x-total']]).toEqual([200, '2'])
    expect(body).toEqual([row('feature/x'), main])
  })

  it.each([
    ['?sort=name', ['feature/x', 'main']],
    ['?sort=updated_asc', ['main', 'feature/x']],
    ['?offset=1', ['main']],
    ['?branch_type=not_protect', ['feature/x']],
    ['?query_view=my_branches', []],
    ['?query_view=stale', ['feature/x', 'main']],
    ['?query_view=active', []],
    ['?creator=3', []],
  ])('%s', async (query, names) => {
    const { body } = await dee('GET', `${R}/branches${query}`)
    expect((body as { name: string }[]).map(({ name }) => name)).toEqual(names)
  })

  it('say more in the larger views', async () => {
    const basic = await dee('GET', `${R}/branches?view=basic&limit=1`)
    expect(basic.body).toMatchObject([{ ...row('feature/x'), commit: { id: F1 } }])
    const all = await dee('GET', `${R}/branches?view=all&limit=1`)
    expect(all.body).toMatchObject([{ commit: { id: F1 }, merged: false, protected: false }])
  })

  it('are shown one by one', async () => {
    const { status, body } = await dee('GET', `${R}/branch?branch_name=feature%2Fx`)
    expect(status).toBe(200)
    expect(body).toEqual({
      name: 'feature/x',
      commit: expect.objectContaining({ id: F1 }),
      merged: false,
      protected: false,
      developers_can_push: false,
      developers_can_merge: false,
      can_push: true,
      default: false,
    })
    expect(await answer(dee('GET', `${R}/branch?branch_name=nope`))).toEqual(MISSING)
  })

  it('are created by developers', async () => {
    const payload = { branch: 'topic', ref: 'feature/x', description: 'Try', related_ids: [] }
    const { status, body } = await dee('POST', `${R}/branches`, { payload })
    expect(status).toBe(201)
    expect(body).toEqual({
      ...row('topic'),
      commit: expect.objectContaining({ id: F1 }),
      merged: false,
      protected: false,
      created_at: '2024-06-01T12:00:00.000Z',
      creator: { id: 3, name: 'Dee D', username: 'dee', state: 'active' },
      description: 'Try',
      create_source: 'feature/x',
      create_source_exists: true,
      opened_mr_count: 0,
      diverging_commit_counts: { behind: 1, ahead: 1 },
    })
    const mine = await dee('GET', `${R}/branches?query_view=my_branches`)
    expect(mine.body).toEqual([row('topic')])
    expect(await answer(as('rex-token')('POST', `${R}/branches`, { payload }))).toEqual(FORBIDDEN)
  })

  it.each([
    [{ branch: 'main', ref: 'v1' }, 'branch', 'The branch already exists.'],
    [{ branch: 'v1', ref: 'main' }, 'branch', 'A tag with the same name already exists.'],
    [{ branch: 'main/x', ref: 'main' }, 'branch', 'The name conflicts with the existing branch main.'],
    [{ branch: 'topic', ref: 'nope' }, 'ref', 'The ref does not exist.'],
    [
      { branch: 'a b', ref: 'main' },
      'branch',
      'The branch must not contain whitespace or control characters.',
    ],
    [{ branch: 'x'.repeat(201), ref: 'main' }, 'branch', 'The branch is out of max length (200 characters).'],
    [{ ref: 'main' }, 'branch', 'The parameter is required.'],
  ])('are not created by %j', async (payload, field, reason) => {
    expect(await answer(dee('POST', `${R}/branches`, { payload }))).toEqual(invalid(field, reason))
  })

  it('are deleted with a body, unlike tags', async () => {
    const url = `${R}/branch?branch_name=feature/x`
    expect(await answer(as('rex-token')('DELETE', url))).toEqual(FORBIDDEN)
    expect(await answer(dee('DELETE', url))).toEqual([200, { status: 'success' }])
    expect(await answer(dee('DELETE', url))).toEqual(MISSING)
    expect(await answer(dee('DELETE', `${R}/branch?branch_name=main`))).toEqual(
      invalid('branch_name', 'The default branch cannot be deleted.'),
    )
  })

  it('make a tag of their name impossible', async () => {
    await dee('POST', `${R}/branches`, { payload: { branch: 'topic', ref: 'main' } })
    const payload = { tag_name: 'topic', ref: 'main' }
    expect((await dee('POST', `${R}/tags`, { payload })).status).toBe(400)
  })
})

describe('a repository', () => {
  const owner = () => app.worlds.live.owner('acme')?.uuid.replaceAll('-', '') ?? ''
  const basics = () => ({
    id: 1,
    description: 'Things',
    name: 'Widgets',
    name_with_namespace: 'Acme / Widgets',
    path: 'widgets',
    path_with_namespace: 'acme/widgets',
    created_at: '2024-01-01T00:00:00.000Z',
    updated_at: '2024-01-01T00:00:00.000Z',
    archived: false,
    ssh_url_to_repo: 'git@localhost:acme/widgets.git',
    http_url_to_repo: 'http://localhost/acme/widgets.git',
    project_id: owner(),
    project_name: 'Acme',
    develop_mode: 'normal',
    default_branch: 'main',
    avatar_url: null,
    star_count: 0,
    forks_count: 0,
    open_issues_count: 0,
    open_merge_requests_count: 0,
    last_activity_at: '2024-01-01T00:00:00.000Z',
    empty_repo: false,
    starred: false,
    visibility: 'private',
  })

  it('is a bare object that counts its refs', async () => {
    const { status, body } = await dee('GET', '/v4/repositories/1')
    expect(status).toBe(200)
    expect(body).toEqual({
      ...basics(),
      uuid: app.worlds.live.spec(1)?.uuid.replaceAll('-', ''),
      branch_count: 2,
      tag_count: 3,
      label_count: 0,
      member_count: 5,
    })
    expect((await dee('GET', '/v4/repositories/2')).body).toMatchObject({
      empty_repo: true,
      default_branch: null,
      tag_count: 0,
    })
    expect(await answer(dee('GET', '/v4/repositories/99'))).toEqual(NO_REPOSITORY)
    expect(await answer(as('sam-token')('GET', '/v4/repositories/1'))).toEqual(FORBIDDEN)
  })

  it('survives a strange Host header', async () => {
    for (const host of ['[::1]:4747', 'a b', ':::', '%'])
      expect((await dee('GET', '/v4/repositories/1', { headers: { host } })).status).toBe(200)
  })

  it('is listed in its project, for those who see it', async () => {
    const url = `/v4/projects/${owner()}/repositories`
    const { status, body, headers } = await dee('GET', `${url}?limit=1`)
    expect([status, headers['x-total']]).toEqual([200, '4'])
    expect(body).toEqual([basics()])
    expect((await as('sam-token')('GET', url)).body).toMatchObject([{ id: 3 }])
    expect((await dee('GET', `${url}?search=WIDG`)).body).toMatchObject([{ id: 1 }])
    expect(await answer(dee('GET', `/v4/projects/${'0'.repeat(32)}/repositories`))).toEqual(MISSING)
    for (const id of ['1', 'x'.repeat(32)])
      expect(await answer(dee('GET', `/v4/projects/${id}/repositories`))).toEqual(
        invalid('project_id', 'The project_id must be 32 hexadecimal digits.'),
      )
    expect(await answer(dee('GET', '/v4/projects//repositories'))).toEqual(
      invalid('project_id', 'The parameter cannot be empty.'),
    )
  })

  it('is listed among those of the user', async () => {
    const { body, headers } = await dee('GET', '/v4/user/repositories?offset=2')
    expect([headers['x-total'], body]).toMatchObject(['4', [{ id: 3 }, { id: 4 }]])
  })
})

describe('a comparison', () => {
  it('is what the second ref has over the first', async () => {
    const { status, body } = await dee('GET', '/v4/repositories/1/compare?from=v1&to=main')
    expect(status).toBe(200)
    expect(body).toEqual({
      commit: expect.objectContaining({ id: C2 }),
      commits: [expect.objectContaining({ id: C2 })],
      diffs: [
        {
          old_path: 'parts.txt',
          new_path: 'parts.txt',
          a_mode: '0',
          b_mode: '100644',
          new_file: true,
          renamed_file: false,
          deleted_file: false,
          diff: '@@ -0,0 +1,2 @@\n+cog\n+spring\n',
          binary: false,
          too_large: false,
          collapsed: false,
          added_lines: 2,
          removed_lines: 0,
        },
      ],
      compare_timeout: false,
      compare_same_ref: false,
      added_lines: 2,
      removed_lines: 0,
      commits_count: 1,
      diffs_count: 1,
    })
  })

  it('starts at the merge base unless it is to be straight', async () => {
    const count = async (more: string) =>
      (
        (await dee('GET', `/v4/repositories/1/compare?from=main&to=feature/x${more}`)).body as {
          diffs_count: number
        }
      ).diffs_count
    expect([await count(''), await count('&straight=true')]).toEqual([1, 2])
  })

  it('needs two refs that exist', async () => {
    expect(await answer(dee('GET', '/v4/repositories/1/compare?from=v1&to=nope'))).toEqual(MISSING)
    expect(await answer(dee('GET', '/v4/repositories/1/compare?from=v1'))).toEqual(
      invalid('to', 'The parameter is required.'),
    )
  })
})

it('an archived repository may be read only', async () => {
  const attic = '/v4/repositories/4'
  const payload = { branch: 'topic', ref: 'main' }
  const mia = as('mia-token')
  expect((await mia('GET', `${attic}/repository/branches`)).body).toMatchObject([
    { can_push: false, can_delete: false },
    { can_push: false },
  ])
  expect(await answer(mia('POST', `${attic}/repository/branches`, { payload }))).toEqual(FORBIDDEN)
  expect(await answer(mia('DELETE', `${attic}/repository/branch?branch_name=feature/x`))).toEqual(FORBIDDEN)
  expect(await answer(mia('POST', `${attic}/hooks`, { payload: { url: 'http://x.test' } }))).toEqual(
    FORBIDDEN,
  )
})
