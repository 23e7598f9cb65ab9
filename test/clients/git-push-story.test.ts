import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { git, gitAsync, temporaryFolder } from '../git-binary.ts'
import { parseRefs } from './push-world.ts'

/** One project with a clone URL and an API in the dialect of every vendor. */

let forge: FakeForge
const scratch = temporaryFolder()
const clone = `${scratch.path}/clone`

beforeAll(async () => {
  forge = await startFakeForge({
    clock: '2024-06-01T12:00:00Z',
    prefixes: { codearts: '/codearts' },
    fixture: {
      users: [{ username: 'mia', tokens: ['mia-token'] }],
      owners: [{ alias: 'acme' }],
      projects: [
        {
          path: 'acme/widgets',
          id: 1,
          members: { mia: 'maintainer' },
          commits: [{ label: 'c1', message: 'One\n', date: '2024-01-01T10:00:00Z', files: { a: 'a\n' } }],
        },
      ],
    },
  })
  await gitAsync(scratch.path, ['clone', '--quiet', urlOf('/acme/widgets.git'), clone])
})
afterAll(async () => {
  await forge.close()
  scratch.remove()
})

const urlOf = (path: string) => `${forge.url.replace('//', '//mia:mia-token@')}${path}`

interface Dialect {
  readonly name: string
  readonly clonePath: string
  readonly headers: Readonly<Record<string, string>>
  /** Path, body and status of a creation; null where the API cannot. */
  readonly create: readonly [path: string, body: object] | null
  readonly remove: string | null
  readonly list: string
  /** The names in the answer to `list`. */
  names(body: never): string[]
}

const dialects: readonly Dialect[] = [
  {
    name: 'Bitbucket',
    clonePath: '/scm/acme/widgets.git',
    headers: { authorization: 'Bearer mia-token' },
    create: [
      '/rest/api/1.0/projects/ACME/repos/widgets/tags',
      { name: 'story', startPoint: 'main', message: 'Story' },
    ],
    remove: '/rest/git/1.0/projects/ACME/repos/widgets/tags/story',
    list: '/rest/api/1.0/projects/ACME/repos/widgets/tags?limit=100',
    names: ({ values }: { values: { displayId: string }[] }) => values.map(({ displayId }) => displayId),
  },
  {
    name: 'GitLab',
    clonePath: '/acme/widgets.git',
    headers: { 'private-token': 'mia-token' },
    create: ['/api/v4/projects/1/repository/tags', { tag_name: 'story', ref: 'main', message: 'Story' }],
    remove: '/api/v4/projects/1/repository/tags/story',
    list: '/api/v4/projects/1/repository/tags',
    names: (tags: { name: string }[]) => tags.map(({ name }) => name),
  },
  {
    name: 'GitFlic',
    clonePath: '/project/acme/widgets.git',
    headers: { authorization: 'token mia-token' },
    create: ['/project/acme/widgets/tag/create', { tagName: 'story', branchName: 'main', message: 'Story' }],
    // Tags are deleted by git there.
    remove: null,
    list: '/project/acme/widgets/tag',
    names: ({ _embedded }: { _embedded?: { tagList: { name: string }[] } }) =>
      (_embedded?.tagList ?? []).map(({ name }) => name),
  },
  {
    name: 'CodeArts',
    clonePath: '/codearts/acme/widgets.git',
    headers: { 'x-auth-token': 'mia-token' },
    create: [
      '/codearts/v4/repositories/1/repository/tags',
      { tag_name: 'story', ref: 'main', message: 'Story' },
    ],
    remove: '/codearts/v4/repositories/1/repository/tag?tag_name=story',
    list: '/codearts/v4/repositories/1/repository/tags',
    names: (tags: { name: string }[]) => tags.map(({ name }) => name),
  },
]

async function call({ headers }: Dialect, method: string, path: string, body?: object) {
  const reply = await fetch(forge.url + path, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await reply.text()
  return { status: reply.status, body: text === '' ? null : JSON.parse(text) }
}

/** The tags in the eyes of every API, and of git at every clone URL. */
async function tagsEverywhere(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const dialect of dialects) {
    const { body } = await call(dialect, 'GET', dialect.list)
    found[dialect.name] = dialect.names(body as never).sort()
    const refs = await gitAsync(clone, ['ls-remote', '--tags', '--refs', urlOf(dialect.clonePath)])
    found[`git at ${dialect.clonePath}`] = Object.keys(parseRefs(refs)).map((ref) =>
      ref.slice('refs/tags/'.length),
    )
  }
  return found
}

function everywhere(...names: string[]): Record<string, string[]> {
  return Object.fromEntries(
    dialects.flatMap(({ name, clonePath }) => [
      [name, names],
      [`git at ${clonePath}`, names],
    ]),
  )
}

describe.each(dialects)('a tag of $name', (dialect) => {
  it('is created and deleted by the API, and git sees it come and go', async () => {
    const [path, body] = dialect.create!
    expect((await call(dialect, 'POST', path, body)).status).toBeLessThan(300)
    expect(await tagsEverywhere()).toEqual(everywhere('story'))
    if (dialect.remove === null)
      await gitAsync(clone, ['push', '--quiet', urlOf(dialect.clonePath), ':story'])
    else expect((await call(dialect, 'DELETE', dialect.remove)).status).toBeLessThan(300)
    expect(await tagsEverywhere()).toEqual(everywhere())
  })

  it('is pushed and deleted by git, and every API sees it come and go', async () => {
    const url = urlOf(dialect.clonePath)
    git(clone, ['tag', '-a', '-m', 'By git', `by-git-${dialect.name}`])
    await gitAsync(clone, ['push', '--quiet', '--tags', url])
    expect(await tagsEverywhere()).toEqual(everywhere(`by-git-${dialect.name}`))
    await gitAsync(clone, ['push', '--quiet', url, '--delete', `by-git-${dialect.name}`])
    expect(await tagsEverywhere()).toEqual(everywhere())
    git(clone, ['tag', '-d', `by-git-${dialect.name}`])
  })
})
