import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { bearer, NOT_PERMITTED, NOW, project, thrown, world } from './world.ts'

const REPO = '/rest/api/1.0/projects/ACME/repos/widgets'
const BRANCHES = `${REPO}/branches`
const UTILS = '/rest/branch-utils/1.0/projects/ACME/repos/widgets/branches'

const C1 = '5d9cb1c1f8dd61a3a35425b6b61fab056ff001a4'
const C2 = '90dce6913954828fef22197a77e98430627d0d55'
const F1 = '18bd31f8e04702099c2b9926df07b51915efe424'

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        branches: { old: 'c1', 'x-first': 'c1', x: 'c1' },
        tags: [{ name: 'v1', target: 'c1', message: 'One\n', tagger: 'mia', date: '2024-01-05T00:00:00Z' }],
      }),
      project('acme/empty', 2, { commits: [] }),
      project('acme/ten', 3, { commits: [], profiles: { bitbucket: 'dc10' } }),
    ),
  })
  call = callerOf(app, bearer('mia-token'))
})
beforeEach(() => app.worlds.reset())
afterAll(() => app.close())

const branch = (name: string, oid: string, isDefault = false) => ({
  id: `refs/heads/${name}`,
  displayId: name,
  type: 'BRANCH',
  latestCommit: oid,
  latestChangeset: oid,
  isDefault,
})

const names = async (query: string) =>
  ((await call('GET', `${BRANCHES}?${query}`)).body as { values: { displayId: string }[] }).values.map(
    ({ displayId }) => displayId,
  )

describe('the branches', () => {
  it('are a page, most recent commit first', async () => {
    expect(await answer(call('GET', BRANCHES))).toEqual([
      200,
      {
        size: 5,
        limit: 25,
        isLastPage: true,
        values: [
          branch('feature/x', F1),
          branch('main', C2, true),
          branch('old', C1),
          branch('x', C1),
          branch('x-first', C1),
        ],
        start: 0,
      },
    ])
  })

  it.each([
    ['orderBy=alphabetical', ['feature/x', 'main', 'old', 'x', 'x-first']],
    ['filterText=X', ['feature/x', 'x', 'x-first']],
    ['filterText=x&boostMatches=true', ['x', 'x-first', 'feature/x']],
    ['filterText=x&boostMatches=true&start=1&limit=1', ['x-first']],
    ['start=1&limit=2', ['main', 'old']],
    ['start=9', []],
  ])('are chosen by %s', async (query, expected) => {
    expect(await names(query)).toEqual(expected)
  })

  it('are none in an empty repository', async () => {
    expect(await answer(call('GET', '/rest/api/1.0/projects/ACME/repos/empty/branches'))).toEqual([
      200,
      { size: 0, limit: 25, isLastPage: true, values: [], start: 0 },
    ])
  })

  it('have metadata with details=true', async () => {
    const plugin = 'com.atlassian.bitbucket.server.bitbucket-branch'
    const { body } = await call('GET', `${BRANCHES}?details=true&filterText=feature&base=old`)
    expect(body).toMatchObject({
      values: [
        {
          ...branch('feature/x', F1),
          metadata: {
            [`${plugin}:ahead-behind-metadata-provider`]: { ahead: 1, behind: 0 },
            [`${plugin}:latest-commit-metadata`]: { id: F1, message: 'Try', parents: [{ id: C1 }] },
          },
        },
      ],
    })
  })

  it('are compared with nothing that looks like an option', async () => {
    const { status, body } = await call('GET', `${BRANCHES}?details=true&base=-x`)
    expect([status, body]).toEqual([
      400,
      thrown(
        'repository.InvalidRefNameException',
        "'-x' is not a valid commit identifier. Commits may be identified by their SHA-1, or using a branch or tag name. " +
          'Note that branch and tag names starting with hyphens are not allowed because Git cannot differentiate them ' +
          'from options.',
      ),
    ])
  })
})

describe('a branch', () => {
  it.each([
    [BRANCHES, 200],
    [UTILS, 201],
  ])('is created at %s with %i', async (url, status) => {
    const payload = { name: 'new', startPoint: 'feature/x', message: 'dropped' }
    expect(await answer(call('POST', url, { payload }))).toEqual([status, branch('new', F1)])
  })

  it('starts at the commit of a tag', async () => {
    const payload = { name: 'new', startPoint: 'v1' }
    expect(await answer(call('POST', UTILS, { payload }))).toEqual([201, branch('new', C1)])
  })

  it.each([
    [BRANCHES, 409, 400],
    [UTILS, 400, 409],
  ])('that is taken is told by %s with %i, one that overlaps with %i', async (url, duplicate, overlap) => {
    const create = (name: string) => answer(call('POST', url, { payload: { name, startPoint: 'main' } }))
    expect(await create('old')).toEqual([
      duplicate,
      thrown('repository.DuplicateRefException', "Branch 'old' already exists in repository 'widgets'"),
    ])
    expect(await create('old/er')).toEqual([
      overlap,
      thrown('repository.ConflictingRefNameException', "'old/er' conflicts with existing branch 'old'"),
    ])
  })

  it.each([BRANCHES, UTILS])('is refused by %s', async (url) => {
    const create = (name: string, startPoint: string) =>
      answer(call('POST', url, { payload: { name, startPoint } }))
    expect(await create('new', 'nope')).toEqual([
      400,
      thrown('commit.NoSuchCommitException', "'nope' is an invalid branch point."),
    ])
    for (const name of ['', 'a b', '-a', 'a..b']) {
      expect(await create(name, 'main')).toEqual([
        400,
        thrown('repository.InvalidRefNameException', `'${name}' is an invalid branch name.`),
      ])
    }
    expect((await create('new', '-x'))[1]).toMatchObject({
      errors: [{ exceptionName: 'com.atlassian.bitbucket.repository.InvalidRefNameException' }],
    })
    expect(await answer(call('POST', url, { payload: {} }))).toEqual([
      400,
      {
        errors: [
          { context: 'name', message: 'name must not be null', exceptionName: null },
          { context: 'startPoint', message: 'startPoint must not be null', exceptionName: null },
        ],
      },
    ])
    const rex = callerOf(app, bearer('rex-token'))
    expect(await answer(rex('POST', url, { payload: { name: 'new', startPoint: 'main' } }))).toEqual([
      401,
      NOT_PERMITTED,
    ])
    const empty = url.replace('widgets', 'empty')
    expect(await answer(call('POST', empty, { payload: { name: 'a', startPoint: 'main' } }))).toEqual([
      409,
      thrown('repository.IllegalRepositoryStateException', 'Repository ACME/empty is empty.'),
    ])
  })

  it.each(['old', 'refs/heads/old'])('is deleted by its name %s', async (name) => {
    const remove = (more = {}) => answer(call('DELETE', UTILS, { payload: { name, ...more } }))
    expect(await remove({ dryRun: true })).toEqual([204, ''])
    expect(await remove({ endPoint: C2 })).toEqual([
      409,
      thrown('IntegrityException', 'refs/heads/old has been changed by somebody else.'),
    ])
    expect(await remove({ dryRun: false, endPoint: C1 })).toEqual([204, ''])
    expect(await remove()).toEqual([
      404,
      thrown('repository.NoSuchBranchException', "Branch 'old' does not exist in repository 'widgets'."),
    ])
  })

  it('that is the default one is kept', async () => {
    expect(await answer(call('DELETE', UTILS, { payload: { name: 'main' } }))).toEqual([
      400,
      thrown('validation.ArgumentValidationException', "'main' is the default branch and cannot be deleted."),
    ])
  })
})

describe('the default branch', () => {
  it('is shown in full under its old address and in short under its new one', async () => {
    expect(await answer(call('GET', `${BRANCHES}/default`))).toEqual([200, branch('main', C2, true)])
    expect(await answer(call('GET', `${REPO}/default-branch`))).toEqual([
      200,
      { id: 'refs/heads/main', displayId: 'main', type: 'BRANCH' },
    ])
  })

  it('need not exist', async () => {
    const at = (slug: string) => `/rest/api/1.0/projects/ACME/repos/${slug}`
    expect(await answer(call('GET', `${at('empty')}/branches/default`))).toEqual([
      404,
      thrown('repository.NoDefaultBranchException', 'Repository "ACME/empty" does not have a default branch'),
    ])
    expect(await answer(call('GET', `${at('ten')}/branches/default`))).toEqual([204, ''])
    expect(await answer(call('GET', `${at('empty')}/default-branch`))).toEqual([
      200,
      { id: 'refs/heads/main', displayId: 'main', type: 'BRANCH' },
    ])
  })

  it.each([`${BRANCHES}/default`, `${REPO}/default-branch`])('is set at %s', async (url) => {
    for (const id of ['refs/heads/feature/x', 'old', 'refs/heads/unborn']) {
      expect(await answer(call('PUT', url, { payload: { id } }))).toEqual([204, ''])
      const { body } = await call('GET', `${REPO}/default-branch`)
      expect(body).toMatchObject({ displayId: id.replace('refs/heads/', '') })
    }
    expect(await answer(call('PUT', url, { payload: { id: 'refs/tags/v1' } }))).toEqual([
      400,
      thrown('repository.InvalidRefNameException', "'refs/tags/v1' is an invalid branch name."),
    ])
    expect((await call('PUT', url, { payload: {} })).status).toBe(400)
    const dee = callerOf(app, bearer('dee-token'))
    expect(await answer(dee('PUT', url, { payload: { id: 'old' } }))).toEqual([401, NOT_PERMITTED])
  })
})
