import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { gitAsync, temporaryFolder } from '../git-binary.ts'
import { project, world } from '../vendors/codearts/world.ts'

/** The real git at the clone URLs that the API prints, and the rules of the API at work there. */

const scratch = temporaryFolder()
const clone = join(scratch.path, 'widgets')
let forge: FakeForge

beforeAll(async () => {
  forge = await startFakeForge({
    prefixes: { codearts: '/cloud' },
    fixture: world(project('acme/widgets', 1, { tags: [{ name: 'v1', target: 'c1' }] })),
  })
  await gitAsync(scratch.path, ['clone', '--quiet', remote('dee'), clone])
})
afterAll(async () => {
  await forge.close()
  scratch.remove()
})
beforeEach(() => forge.reset())

/** At CodeArts' own clone URL, or at the one that GitLab answers. */
function remote(name: string, prefix = '/cloud'): string {
  return `${forge.url.replace('//', `//any:${name}-token@`)}${prefix}/acme/widgets.git`
}

async function complaint(args: readonly string[]): Promise<string | null> {
  try {
    await gitAsync(clone, args)
    return null
  } catch (error) {
    return (error as { stderr: string }).stderr
  }
}

const push = (name: string, refspec: string, prefix?: string) =>
  complaint(['push', '--quiet', remote(name, prefix), refspec])

async function api(name: string, method: string, path: string, body?: object) {
  const reply = await fetch(`${forge.url}/cloud/v4/repositories/1${path}`, {
    method,
    headers: { 'x-auth-token': `${name}-token`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await reply.text()
  return { status: reply.status, body: text === '' ? null : JSON.parse(text) }
}

const protect = (names: string[], users: number[]) =>
  api('mia', 'POST', '/protected-tags', { names, actions: [{ action: 'create', user_ids: users }] })

describe('git at the clone URL of the API', () => {
  it('is where the API says it is', async () => {
    const { body } = await api('dee', 'GET', '')
    expect(body.http_url_to_repo).toBe(`${forge.url}/cloud/acme/widgets.git`)
  })

  it('asks strangers for a password, and refuses a wrong one', async () => {
    const reply = await fetch(`${forge.url}/cloud/acme/widgets.git/info/refs?service=git-upload-pack`)
    expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="CodeArts Repo"',
    ])
    expect(await complaint(['ls-remote', remote('wrong')])).toContain('Authentication failed')
    expect(await complaint(['ls-remote', remote('sam')])).toContain('403')
  })

  it('shows tags of the API, and the API those that are pushed', async () => {
    await api('dee', 'POST', '/repository/tags', { tag_name: 'made', ref: 'main', message: 'Made' })
    expect(await gitAsync(clone, ['ls-remote', remote('dee')])).toContain('refs/tags/made^{}')
    expect(await push('dee', 'HEAD:refs/tags/odd!(name)')).toBeNull()
    expect((await api('dee', 'GET', '/repository/tag?tag_name=odd!(name)')).status).toBe(200)
    expect((await api('dee', 'GET', '/repository/tags?creator=3&search=odd')).body).toMatchObject([
      { name: 'odd!(name)' },
    ])
    expect((await api('mia', 'DELETE', '/repository/tag?tag_name=odd!(name)')).status).toBe(204)
    expect(await gitAsync(clone, ['ls-remote', remote('dee')])).not.toContain('odd!')
  })

  it('lets a tag of a branch be pushed, which v2 then points out', async () => {
    expect(await push('dee', 'HEAD:refs/tags/main')).toBeNull()
    const reply = await fetch(`${forge.url}/cloud/v2/repositories/1/tags`, {
      headers: { 'x-auth-token': 'dee-token' },
    })
    const { result } = (await reply.json()) as { result: { tags: object[] } }
    expect(result.tags).toContainEqual({ name: 'main', is_double_name: true })
  })

  it('has developers create tags, not delete or move them', async () => {
    expect(await push('dee', ':refs/tags/v1')).toContain('no permission to delete tags')
    expect(await push('dee', '+HEAD:refs/tags/v1')).toContain('no permission to delete tags')
    expect(await push('mia', ':refs/tags/v1')).toBeNull()
  })

  it('keeps protected tags to those whom the rule names', async () => {
    await protect(['v*'], [3])
    expect(await push('mia', 'HEAD:refs/tags/v2')).toContain('protected tag')
    expect(await push('mia', ':refs/tags/v1')).toContain('protected tag')
    expect(await push('dee', 'HEAD:refs/tags/v2')).toBeNull()
  })

  it('keeps the default branch', async () => {
    expect(await push('mia', ':refs/heads/main')).toContain('the default branch cannot be deleted')
    expect(await push('dee', ':refs/heads/feature/x')).toBeNull()
  })
})

describe("git at another vendor's clone URL", () => {
  it('heeds the allow-list of a rule as well', async () => {
    await protect(['v*'], [3])
    expect(await push('mia', 'HEAD:refs/tags/v2', '')).toContain('You are not allowed to create this tag')
    expect(await push('dee', 'HEAD:refs/tags/v2', '')).toBeNull()
  })
})
