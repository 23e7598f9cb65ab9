import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { gitAsync, temporaryFolder } from '../git-binary.ts'
import { NOW, project, world } from '../vendors/bitbucket/world.ts'

/** The real git at Bitbucket's clone URLs, beside the API of the same project. */

const scratch = temporaryFolder()
let forge: FakeForge

beforeAll(async () => {
  const tags = [{ name: 'v1', target: 'c1' }]
  forge = await startFakeForge({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, { tags }),
      project('acme/old', 2, { tags, profiles: { bitbucket: '4.5.2' } }),
      project('J.Smith/dots', 3, { members: {}, tags }),
      project('acme/open', 4, { visibility: 'public', tags }),
      project('acme/kept', 5, { archived: true, tags }),
    ),
  })
})
afterAll(async () => {
  await forge.close()
  scratch.remove()
})

const remote = (path: string, user: string, secret: string): string =>
  `${forge.url.replace('//', `//${encodeURIComponent(user)}:${secret}@`)}/scm/${path}`

/** What git said when it failed, or null when it did not. */
async function complaint(args: readonly string[], folder = scratch.path): Promise<string | null> {
  try {
    await gitAsync(folder, args)
    return null
  } catch (error) {
    return (error as { stderr: string }).stderr
  }
}

async function api(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
  const reply = await fetch(`${forge.url}/rest/${path}`, {
    method,
    headers: { authorization: 'Bearer dee-token', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await reply.text()
  return { status: reply.status, body: text.startsWith('{') ? JSON.parse(text) : text }
}

async function cloneOf(slug: string): Promise<string> {
  const folder = join(scratch.path, slug)
  await gitAsync(scratch.path, [
    'clone',
    '--quiet',
    remote(`acme/${slug}.git`, 'dee', 'dee-password'),
    folder,
  ])
  return folder
}

describe('git at /scm', () => {
  it.each([
    ['acme/widgets.git', 'dee', 'dee-password'],
    ['ACME/Widgets.git', 'rex', 'rex-password'],
    ['acme/widgets', 'rex', 'rex-password'],
    ['acme/widgets.git', 'x-token-auth', 'dee-token'],
    ['acme/widgets.git', 'dee', 'dee-reads'],
    ['~j.smith/dots.git', 'J.Smith', 'J.Smith-password'],
    ['~J.SMITH/dots.git', 'root', 'root-token'],
    ['acme/open.git', 'sam', 'sam-password'],
  ])('shows %s to %s', async (path, user, secret) => {
    const refs = await gitAsync(scratch.path, ['ls-remote', '--tags', remote(path, user, secret)])
    expect(refs).toMatch(/^[0-9a-f]{40}\trefs\/tags\/v1\n$/)
  })

  it.each([
    ['acme/widgets.git', 'dee', 'wrong', 'Authentication failed'],
    ['acme/widgets.git', 'dee', 'dee-job', 'Authentication failed'],
    [
      'acme/widgets.git',
      'sam',
      'sam-password',
      'The requested repository does not exist, or you do not have',
    ],
    ['acme/nope.git', 'dee', 'dee-password', 'The requested repository does not exist, or you do not have'],
    ['nope/widgets.git', 'dee', 'dee-password', 'Repository not found'],
  ])('does not show %s to %s with %s', async (path, user, secret, words) => {
    expect(await complaint(['ls-remote', remote(path, user, secret)])).toContain(words)
  })

  it('shows a public repository to anybody', async () => {
    expect(await complaint(['ls-remote', `${forge.url}/scm/acme/open.git`])).toBeNull()
    const private_ = await fetch(`${forge.url}/scm/acme/widgets.git/info/refs?service=git-upload-pack`)
    expect([private_.status, private_.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="Atlassian Bitbucket"',
    ])
  })

  it('takes pushes of those who may write', async () => {
    const folder = await cloneOf('widgets')
    await gitAsync(folder, ['tag', '-a', 'pushed', '-m', 'Pushed', 'HEAD'])
    const push = (user: string, secret: string, ...refs: string[]) =>
      complaint(['push', '--quiet', remote('acme/widgets.git', user, secret), ...refs], folder)
    expect(await push('rex', 'rex-password', 'pushed')).toContain('403')
    expect(await push('dee', 'dee-reads', 'pushed')).toContain('403')
    expect(await push('dee', 'dee-writes', 'pushed')).toBeNull()
    const hash = (await gitAsync(folder, ['rev-parse', 'pushed'])).trim()
    const head = (await gitAsync(folder, ['rev-parse', 'HEAD'])).trim()
    expect(await api('GET', 'api/1.0/projects/ACME/repos/widgets/tags/pushed')).toEqual({
      status: 200,
      body: {
        id: 'refs/tags/pushed',
        displayId: 'pushed',
        type: 'TAG',
        latestCommit: head,
        latestChangeset: head,
        hash,
      },
    })
    expect(await push('dee', 'dee-password', '--delete', 'pushed')).toBeNull()
    expect(await push('dee', 'dee-password', '--delete', 'main')).toContain(
      'deletion of the current branch prohibited',
    )
    expect(await push('dee', 'dee-password', 'HEAD:refs/heads/main', ':refs/heads/feature/x')).toBeNull()
    const archived = remote('acme/kept.git', 'dee', 'dee-password')
    expect(await complaint(['push', '--quiet', archived, 'HEAD:refs/heads/new'], folder)).toContain('403')
  })

  it('fetches a tag that the API made', async () => {
    const made = await api('POST', 'git/1.0/projects/ACME/repos/widgets/tags', {
      name: 'release/2.0',
      startPoint: 'main',
      message: 'Two',
      type: 'ANNOTATED',
    })
    const folder = join(scratch.path, 'bare.git')
    const from = remote('acme/widgets.git', 'rex', 'rex-password')
    await gitAsync(scratch.path, ['clone', '--quiet', '--bare', from, folder])
    const { hash } = made.body as { hash: string }
    expect(await gitAsync(folder, ['cat-file', '-p', 'release/2.0'])).toBe(
      `object ${(await gitAsync(folder, ['rev-parse', 'main'])).trim()}\ntype commit\ntag release/2.0\n` +
        `tagger Dee D <dee@example.test> ${Date.parse(NOW) / 1000} +0000\n\nTwo\n`,
    )
    expect((await gitAsync(folder, ['rev-parse', 'release/2.0'])).trim()).toBe(hash)
    await gitAsync(folder, ['fsck', '--strict'])
  })
})

describe('the phantom tag of 4.5.2', () => {
  const NAME = 'TEST_LATEST_SUCCESSFUL'
  const tagsOf = async (path: string): Promise<string[]> => {
    const { body } = await api('GET', path)
    return (body as { values: { displayId: string }[] }).values.map((tag) => tag.displayId)
  }

  it.each([
    ['old', true],
    ['widgets', false],
  ])('haunts %s: %s; a push and its deletion make an end of it', async (slug, isHaunted) => {
    const repository = `projects/ACME/repos/${slug}`
    const folder = join(scratch.path, `${slug}-story`)
    const from = remote(`acme/${slug}.git`, 'dee', 'dee-password')
    await gitAsync(scratch.path, ['clone', '--quiet', from, folder])
    const commit = (await gitAsync(folder, ['rev-parse', 'HEAD'])).trim()
    const shown = () => tagsOf(`tags/1.0/${repository}/tags?commitId=${commit}`)
    const inGit = async () => (await gitAsync(folder, ['ls-remote', '--tags', from])).includes(NAME)

    const payload = { name: NAME, startPoint: commit.slice(0, 6), message: 'Test tag', type: 'LIGHTWEIGHT' }
    expect((await api('POST', `git/1.0/${repository}/tags`, payload)).status).toBe(201)
    expect((await api('POST', `git/1.0/${repository}/tags`, payload)).status).toBe(409)
    expect([await inGit(), (await shown()).includes(NAME)]).toEqual([true, true])

    expect((await api('DELETE', `git/1.0/${repository}/tags/${NAME}`)).status).toBe(204)
    expect(await tagsOf(`api/1.0/${repository}/tags`)).not.toContain(NAME)
    expect([await inGit(), (await shown()).includes(NAME)]).toEqual([false, isHaunted])

    await gitAsync(folder, ['tag', '-a', NAME, '-m', 'Again', commit])
    await gitAsync(folder, ['push', '--quiet', '--tags', 'origin'])
    expect([await inGit(), (await shown()).includes(NAME)]).toEqual([true, true])
    await gitAsync(folder, ['push', '--quiet', 'origin', '--delete', NAME])
    expect([await inGit(), (await shown()).includes(NAME)]).toEqual([false, false])
  })
})
