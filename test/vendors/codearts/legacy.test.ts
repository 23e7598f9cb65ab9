import type { FastifyInstance } from 'fastify'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { C1, C2, F1, NOW, project, world } from './world.ts'

const TAGS = '/v2/repositories/1/tags'
const RULES = '/v2/repositories/1/protected-tags'

let app: FastifyInstance
const as = (token: string): Call => callerOf(app, { 'x-auth-token': token })
const mia: Call = (...given) => as('mia-token')(...given)
const dee: Call = (...given) => as('dee-token')(...given)

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        branches: { both: 'c1' },
        tags: [
          { name: 'v1', target: 'c1' },
          { name: 'both', target: 'c2' },
          { name: 'release/1', target: 'f1' },
          { name: 'sealed', target: 'c1' },
        ],
        tagRules: [{ pattern: 'sealed', create: 'nobody' }],
      }),
      project('acme/empty', 2, { commits: [] }),
      project('acme/open', 3, { visibility: 'public' }),
    ),
  })
  return () => app.close()
})
beforeEach(() => app.worlds.reset())

const refused = (status: number, code: string, message: string) => [
  status,
  { error: { code, message }, status: 'failed' },
]
const UNAUTHORIZED = refused(401, 'CH.080401', 'You do not have the permission to access the resource.')
const DENIED = refused(403, 'CH.080403', 'Access denied.')
const NOT_FOUND = refused(404, 'CH.000404', 'Resource unavailable.')
const BAD = refused(400, 'CH.010001', 'Invalid parameter value format.')
const success = (result: unknown) => [200, { result, status: 'success' }]
const C2_COMMIT = {
  id: C2,
  short_id: 'ac8b6b78',
  created_at: '2024-01-02T13:30:00.000Z',
  title: 'Add parts',
  parent_ids: [C1],
  message: 'Add parts\n\nBody.\n',
  author_name: 'Dee D',
  committer_name: 'Dee D',
  committed_date: '2024-01-02T13:30:00.000Z',
}

describe('the tags of v2', () => {
  it('are all listed, newest commit first, in an envelope', async () => {
    const list = {
      total: 4,
      tags: [
        { name: 'release/1', is_double_name: false },
        { name: 'both', is_double_name: true },
        { name: 'sealed', is_double_name: false },
        { name: 'v1', is_double_name: false },
      ],
    }
    expect(await answer(dee('GET', TAGS))).toEqual(success(list))
    expect(await answer(dee('GET', `${TAGS}?page=2&per_page=1&limit=x`))).toEqual(success(list))
    expect(await answer(dee('GET', '/v2/repositories/2/tags'))).toEqual(success({ total: 0, tags: [] }))
  })

  it('are created with 200, and shown without a target', async () => {
    const payload = { tag_name: 'v2', ref: 'main', message: 'Two' }
    const { status, text } = await dee('POST', TAGS, { payload })
    expect([status, text]).toEqual([
      200,
      JSON.stringify({ result: { name: 'v2', message: 'Two', commit: C2_COMMIT }, status: 'success' }),
    ])
    expect(await answer(dee('POST', TAGS, { payload: { tag_name: 'v3', ref: 'main' } }))).toEqual(
      success({ name: 'v3', message: '', commit: C2_COMMIT }),
    )
    expect((await dee('GET', '/v4/repositories/1/repository/tag?tag_name=v2')).status).toBe(200)
  })

  it('are deleted by a path that names them', async () => {
    expect(await answer(mia('DELETE', `${TAGS}/release%2F1`))).toEqual(success('release/1'))
    expect(await answer(mia('DELETE', `${TAGS}/release%2F1`))).toEqual(NOT_FOUND)
    expect(await answer(mia('DELETE', `${TAGS}/sealed`))).toEqual(DENIED)
    expect(await answer(dee('DELETE', `${TAGS}/v1`))).toEqual(DENIED)
  })

  it.each([
    { tag_name: 'v1', ref: 'main' },
    { tag_name: 'main', ref: 'main' },
    { tag_name: 'v2', ref: 'nope' },
    { tag_name: 'a b', ref: 'main' },
    { tag_name: 'a(b', ref: 'main' },
    { tag_name: 'x'.repeat(201), ref: 'main' },
    { tag_name: 'v1/x', ref: 'main' },
    { ref: 'main' },
    { tag_name: 'v2' },
    { tag_name: 'v2', ref: 7 },
    '{',
    '[]',
  ])('are refused with 400: %j', async (payload) => {
    const headers = { 'content-type': 'application/json' }
    expect(await answer(dee('POST', TAGS, { payload, headers }))).toEqual(BAD)
  })
})

describe('who asks v2', () => {
  it.each(['nope', 'dee-old', ''])('with the token %j is unauthorized', async (token) => {
    expect(await answer(as(token)('GET', TAGS))).toEqual(UNAUTHORIZED)
  })

  it('is told 401 of what is not theirs, or not there', async () => {
    expect(await answer(as('sam-token')('GET', TAGS))).toEqual(UNAUTHORIZED)
    expect(await answer(dee('GET', '/v2/repositories/99/tags'))).toEqual(UNAUTHORIZED)
    const payload = { tag_name: 'v2', ref: 'main' }
    expect(await answer(as('sam-token')('POST', '/v2/repositories/3/tags', { payload }))).toEqual(
      UNAUTHORIZED,
    )
    expect((await as('sam-token')('GET', '/v2/repositories/3/tags')).status).toBe(200)
  })

  it('is denied as a member without the right', async () => {
    const payload = { tag_name: 'v2', ref: 'main' }
    expect(await answer(as('rex-token')('POST', TAGS, { payload }))).toEqual(DENIED)
    const sealed = { tag_name: 'sealed', ref: 'main' }
    expect(await answer(mia('POST', TAGS, { payload: sealed }))).toEqual(DENIED)
  })

  it('checks in the order of v4', async () => {
    expect(await answer(as('')('GET', '/v2/repositories/abc/tags'))).toEqual(UNAUTHORIZED)
    expect(await answer(dee('GET', '/v2/repositories/abc/tags'))).toEqual(BAD)
    expect(await answer(dee('GET', '/v2/repositories/0/tags'))).toEqual(BAD)
    expect(await answer(dee('POST', '/v2/repositories/99/tags', { payload: {} }))).toEqual(BAD)
  })

  it('hears no Chinese', async () => {
    const headers = { 'x-language': 'zh-cn' }
    expect(await answer(as('nope')('GET', TAGS, { headers }))).toEqual(UNAUTHORIZED)
  })
})

describe('protected tags of v2', () => {
  it.each([
    [0, 'No one', 0],
    [30, 'Developers + Committer + Maintainers', 3],
    [40, 'Maintainers', 1],
  ])('have the level %i', async (level, description, roles) => {
    const payload = { name: 'test*', create_access_level: level }
    expect(await answer(mia('POST', RULES, { payload }))).toEqual(
      success({
        name: 'test*',
        create_access_levels: { access_level: level, access_level_description: description },
      }),
    )
    const { body } = await mia('GET', '/v4/repositories/1/protected-tag?tag_name=test*')
    const { actions } = body as { actions: { roles: unknown[] }[] }
    expect(actions[0]?.roles).toHaveLength(roles)
  })

  it('bite', async () => {
    await mia('POST', RULES, { payload: { name: 'test*', create_access_level: 40 } })
    const payload = { tag_name: 'test1', ref: 'main' }
    expect(await answer(dee('POST', TAGS, { payload }))).toEqual(DENIED)
    expect((await mia('POST', TAGS, { payload })).status).toBe(200)
  })

  it('are deleted by name; the answer is the id of the repository', async () => {
    expect(await answer(mia('DELETE', `${RULES}/sealed`))).toEqual(success('1'))
    expect(await answer(mia('DELETE', `${RULES}/sealed`))).toEqual(NOT_FOUND)
    await mia('POST', RULES, { payload: { name: 'a/*', create_access_level: 0 } })
    expect(await answer(mia('DELETE', `${RULES}/a%2F*`))).toEqual(success('1'))
  })

  it.each([
    { name: 'sealed', create_access_level: 40 },
    { name: 'x', create_access_level: 20 },
    { name: 'x', create_access_level: '40' },
    { name: 'x' },
    { name: '', create_access_level: 40 },
    { name: 'a b', create_access_level: 40 },
    { name: 'x'.repeat(501), create_access_level: 40 },
    { create_access_level: 40 },
  ])('are refused with 400: %j', async (payload) => {
    expect(await answer(mia('POST', RULES, { payload }))).toEqual(BAD)
  })

  it('take a name of 500 characters', async () => {
    const payload = { name: 'x'.repeat(500), create_access_level: 40 }
    expect((await mia('POST', RULES, { payload })).status).toBe(200)
  })

  it('are for managers', async () => {
    const payload = { name: 'x', create_access_level: 40 }
    expect(await answer(dee('POST', RULES, { payload }))).toEqual(DENIED)
    expect(await answer(dee('DELETE', `${RULES}/sealed`))).toEqual(DENIED)
  })
})

describe('branches and commits of the old generations', () => {
  const tip = (id: string, title: string, date: string, message = `${title}\n`) => ({
    id,
    short_id: id.slice(0, 8),
    title,
    message,
    committer_name: id === C1 ? 'Mia M' : 'Dee D',
    committed_date: date,
  })

  it('v1 lists names', async () => {
    expect(await answer(dee('GET', '/v1/repositories/1/branches'))).toEqual(
      success({
        total: 3,
        branches: [
          { name: 'both', is_protected: false },
          { name: 'feature/x', is_protected: false },
          { name: 'main', is_protected: true },
        ],
      }),
    )
    expect(await answer(as('sam-token')('GET', '/v1/repositories/1/branches'))).toEqual(UNAUTHORIZED)
  })

  it('v2 lists pages of tips', async () => {
    const both = {
      name: 'both',
      commit: tip(C1, 'Initial commit', '2024-01-01T08:00:00.000Z'),
      diverging_commit_counts: { ahead: 0, behind: 1 },
    }
    const feature = {
      name: 'feature/x',
      commit: tip(F1, 'Try it', '2024-01-03T10:00:00.000Z'),
      diverging_commit_counts: { ahead: 1, behind: 1 },
    }
    const main = {
      name: 'main',
      commit: tip(C2, 'Add parts', '2024-01-02T13:30:00.000Z', 'Add parts\n\nBody.\n'),
      diverging_commit_counts: { ahead: 0, behind: 0 },
    }
    const url = '/v2/repositories/1/branches'
    expect(await answer(dee('GET', url))).toEqual(success({ total: 3, branches: [both, feature, main] }))
    expect(await answer(dee('GET', `${url}?page=2&per_page=2`))).toEqual(
      success({ total: 3, branches: [main] }),
    )
    expect(await answer(dee('GET', `${url}?match=FEAT`))).toEqual(success({ total: 1, branches: [feature] }))
    expect(await answer(dee('GET', `${url}?page=0`))).toEqual(BAD)
  })

  it('v2 shows a commit by id, branch or tag', async () => {
    const commit = {
      id: C2,
      short_id: 'ac8b6b78',
      title: 'Add parts',
      author_name: 'Dee D',
      author_email: 'dee@example.test',
      committer_name: 'Dee D',
      committer_email: 'dee@example.test',
      created_at: '2024-01-02T13:30:00.000Z',
      message: 'Add parts\n\nBody.\n',
      parent_ids: [C1],
      committed_date: '2024-01-02T13:30:00.000Z',
      authored_date: '2024-01-02T13:30:00.000Z',
      stats: { additions: 2, deletions: 0, total: 2 },
      last_pipeline: null,
    }
    const url = '/v2/projects/1/repository/commits'
    expect(await answer(dee('GET', `${url}/${C2}`))).toEqual(success(commit))
    expect(await answer(dee('GET', `${url}/main`))).toEqual(success(commit))
    expect((await dee('GET', `${url}/release%2F1`)).body).toMatchObject({ result: { id: F1 } })
    expect(await answer(dee('GET', `${url}/nope`))).toEqual(NOT_FOUND)
  })
})
