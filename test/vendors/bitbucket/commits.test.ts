import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { bearer, commits, NOT_PERMITTED, NOW, project, thrown, world } from './world.ts'

const COMMITS = '/rest/api/1.0/projects/ACME/repos/widgets/commits'
const EMPTY = '/rest/api/1.0/projects/ACME/repos/empty/commits'

const C1 = '5d9cb1c1f8dd61a3a35425b6b61fab056ff001a4'
const C2 = '90dce6913954828fef22197a77e98430627d0d55'

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        commits: [
          ...commits,
          {
            label: 'm',
            branch: 'merged',
            parents: ['c2', 'f1'],
            message: 'Merge\n',
            author: 'mia',
            date: '2024-01-04T10:00:00Z',
          },
        ],
        tags: [
          { name: 'v1', target: 'c1' },
          { name: 'v2', target: 'c2', message: 'Two\n', tagger: 'mia', date: '2024-01-05T00:00:00Z' },
          { name: 'tree', target: 'c1^{tree}' },
        ],
      }),
      project('acme/empty', 2, { commits: [] }),
      project('acme/astray', 3, {
        defaultBranch: 'gone',
        tags: [
          { name: 'HEAD', target: 'c1' },
          { name: 'v1', target: 'c1' },
        ],
      }),
    ),
  })
  call = callerOf(app, { ...bearer('rex-token'), host: 'bb.test' })
})
afterAll(() => app.close())

const user = (username: string, id: number, displayName: string) => ({
  name: username,
  emailAddress: `${username}@example.test`,
  id,
  displayName,
  active: true,
  slug: username,
  type: 'NORMAL',
  links: { self: [{ href: `http://bb.test/users/${username}` }] },
})

const first = {
  id: C1,
  displayId: C1.slice(0, 11),
  author: user('mia', 2, 'Mia M'),
  authorTimestamp: 1704096000000,
  committer: user('mia', 2, 'Mia M'),
  committerTimestamp: 1704096000000,
  message: 'Initial commit',
  parents: [],
}

const second = {
  id: C2,
  displayId: C2.slice(0, 11),
  author: { name: 'Otto Outside', emailAddress: 'otto@elsewhere.test' },
  authorTimestamp: 1704202200000,
  committer: user('dee', 3, 'Dee D'),
  committerTimestamp: 1704204000000,
  message: 'Add parts <&>\n\nBody.',
  parents: [{ id: C1, displayId: C1.slice(0, 11) }],
}

const messages = async (query: string) =>
  ((await call('GET', `${COMMITS}?${query}`)).body as { values: { message: string }[] }).values.map(
    ({ message }) => message.split('\n')[0],
  )

describe('the commits', () => {
  it('are those of the default branch, newest first', async () => {
    expect(await answer(call('GET', COMMITS))).toEqual([
      200,
      { size: 2, limit: 25, isLastPage: true, values: [second, first], start: 0 },
    ])
  })

  it.each([
    ['until=v1', ['Initial commit']],
    ['until=v2', ['Add parts <&>', 'Initial commit']],
    ['until=feature/x', ['Try', 'Initial commit']],
    ['until=refs/heads/feature/x&since=main', ['Try']],
    [`until=merged&since=${C1}`, ['Merge', 'Try', 'Add parts <&>']],
    ['until=merged&merges=exclude', ['Try', 'Add parts <&>', 'Initial commit']],
    ['until=merged&merges=ONLY', ['Merge']],
    ['until=merged&merges=nonsense&limit=1', ['Merge']],
    ['until=merged&path=x.txt', ['Try']],
    ['until=merged&start=1&limit=2', ['Try', 'Add parts <&>']],
    ['until=&since=', ['Add parts <&>', 'Initial commit']],
  ])('are chosen by %s', async (query, expected) => {
    expect(await messages(query)).toEqual(expected)
  })

  it('are paged and counted', async () => {
    const { text } = await call('GET', `${COMMITS}?limit=1&withCounts=true`)
    expect(text.replace(/"values":\[.*\],"start"/, '"values":[],"start"')).toBe(
      '{"size":1,"limit":1,"isLastPage":false,"values":[],"start":0,"authorCount":2,"totalCount":2,"nextPageStart":1}',
    )
  })

  it('of what does not exist are missed, unless that does not matter', async () => {
    const missed = [
      404,
      thrown('commit.NoSuchCommitException', "Commit 'nope' does not exist in repository 'widgets'."),
    ]
    expect(await answer(call('GET', `${COMMITS}?until=nope`))).toEqual(missed)
    expect(await answer(call('GET', `${COMMITS}?since=nope`))).toEqual(missed)
    const nothing = [200, { size: 0, limit: 1, isLastPage: true, values: [], start: 0 }]
    expect(await answer(call('GET', `${COMMITS}?until=nope&ignoreMissing=true&limit=1`))).toEqual(nothing)
    expect(await answer(call('GET', `${EMPTY}?ignoreMissing=true&limit=1`))).toEqual(nothing)
    expect(await answer(call('GET', EMPTY))).toEqual([
      404,
      thrown('repository.NoDefaultBranchException', 'Repository "ACME/empty" does not have a default branch'),
    ])
    expect((await call('GET', `${COMMITS}?until=--all`)).status).toBe(400)
  })

  it.each(['', '?since=v1'])('need a default branch, whatever tag is called HEAD: %s', async (query) => {
    const url = COMMITS.replace('widgets', 'astray')
    expect(await answer(call('GET', url + query))).toEqual([
      404,
      thrown(
        'repository.NoDefaultBranchException',
        'Repository "ACME/astray" does not have a default branch',
      ),
    ])
    const lenient = `${url}${query || '?'}&ignoreMissing=true`
    expect((await call('GET', lenient)).body).toMatchObject({ size: 0, isLastPage: true })
  })
})

describe('a commit', () => {
  it.each([C2, C2.slice(0, 7), 'main', 'refs/heads/main', 'v2', 'refs/tags/v2'])(
    'is found by %s, with its parents',
    async (id) => {
      expect(await answer(call('GET', `${COMMITS}/${id}`))).toEqual([200, { ...second, parents: [first] }])
    },
  )

  it('is found by the id of a tag object', async () => {
    const { body } = await call('GET', COMMITS.replace('commits', 'tags/v2'))
    const { hash } = body as { hash: string }
    expect(await answer(call('GET', `${COMMITS}/${hash}`))).toEqual([200, { ...second, parents: [first] }])
  })

  it('is found by a branch with a slash', async () => {
    expect((await call('GET', `${COMMITS}/feature/x`)).body).toMatchObject({ message: 'Try' })
  })

  it.each(['nope', '0'.repeat(40), 'tree', 'main/changes'])('is missed when there is no %s', async (id) => {
    expect(await answer(call('GET', `${COMMITS}/${id}`))).toEqual([
      404,
      thrown('commit.NoSuchCommitException', `Commit '${id}' does not exist in repository 'widgets'.`),
    ])
  })

  it('is not asked for by an option', async () => {
    expect(await answer(call('GET', `${COMMITS}/-x`))).toEqual([
      400,
      thrown(
        'repository.InvalidRefNameException',
        "'-x' is not a valid commit identifier. Commits may be identified by their SHA-1, or using a branch or tag name. Note that branch and tag names starting with hyphens are not allowed because Git cannot differentiate them from options.",
      ),
    ])
  })

  it('is for readers', async () => {
    for (const path of ['', `/${C1}`]) {
      expect(await answer(callerOf(app)('GET', COMMITS + path))).toEqual([401, NOT_PERMITTED])
    }
  })
})
