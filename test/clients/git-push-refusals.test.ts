import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, gitAsync } from '../git-binary.ts'
import { cloneOf, commitFile, failureOf, type PushWorld, startPushWorld } from './push-world.ts'

let world: PushWorld

beforeAll(async () => {
  world = await startPushWorld()
})
afterAll(() => world.close())

const push = (clone: string, ...args: string[]) => gitAsync(clone, ['push', '--quiet', ...args])
const refsOf = (path: string) => world.remoteRefs(path)

describe('a push is refused', () => {
  it('for a protected tag in the words of GitLab, with all that came with it', async () => {
    const clone = await cloneOf(world, 'acme/widgets', 'protected')
    git(clone, ['tag', 'locked-1'])
    git(clone, ['tag', 'free-1'])
    const refusal = await failureOf(clone, ['push', 'origin', 'locked-1', 'free-1'])
    expect(refusal.slice(0, -1)).toEqual([
      'remote: GitLab: You are not allowed to create this tag as it is protected.',
      expect.stringMatching(/^To /),
      ' ! [remote rejected] locked-1 -> locked-1 (pre-receive hook declined)',
      ' ! [remote rejected] free-1 -> free-1 (pre-receive hook declined)',
    ])
    expect(await refsOf('acme/widgets')).not.toHaveProperty('refs/tags/free-1')
    const maintainer = world.url('acme/widgets', 'mia-token')
    await push(clone, maintainer, 'locked-1')
    git(clone, ['tag', '-f', 'locked-1', 'HEAD~1'])
    expect((await failureOf(clone, ['push', '--force', maintainer, 'locked-1']))[0]).toBe(
      'remote: GitLab: Protected tags cannot be updated.',
    )
    expect((await failureOf(clone, ['push', maintainer, ':locked-1']))[0]).toBe(
      'remote: GitLab: You can only delete protected tags using the web interface.',
    )
    expect((await failureOf(clone, ['push', 'origin', ':locked-1']))[0]).toBe(
      'remote: GitLab: You are not allowed to delete protected tags from this project. Only a project maintainer or owner can delete a protected tag.',
    )
  })

  it('for the default branch when it would go away', async () => {
    const clone = await cloneOf(world, 'acme/widgets', 'default')
    const refusal = await failureOf(clone, ['push', 'origin', ':main'])
    expect(refusal[0]).toBe('remote: GitLab: The default branch of a project cannot be deleted.')
    expect(refusal[2]).toBe(' ! [remote rejected] main (pre-receive hook declined)')
  })

  it.each([
    ['acme/widgets', 'rex-token', 'You are not allowed to push code to this project.'],
    ['acme/archived', 'mia-token', "You can't push code to an archived project."],
  ])('to %s with %s', async (path, token, text) => {
    const clone = await cloneOf(world, 'acme/widgets', `refused-${token}`)
    const refusal = await failureOf(clone, ['push', world.url(path, token), 'HEAD:refs/heads/no'])
    expect(refusal[0]).toBe(`remote: ${text}`)
    expect(refusal[1]).toMatch(/^fatal: unable to access .* The requested URL returned error: 403$/)
  })
})

describe('a push to an empty project', () => {
  const start = () => startPushWorld()

  it('makes the first branch its default', async () => {
    const other = await start()
    try {
      const clone = await cloneOf(other, 'acme/empty', 'first')
      commitFile(clone, 'a.txt', 'a\n')
      await push(clone, 'origin', 'HEAD:refs/heads/trunk', 'HEAD:refs/heads/zebra')
      expect((await other.api('GET', '/projects/2')).body).toMatchObject({
        default_branch: 'trunk',
        empty_repo: false,
      })
      const copy = await cloneOf(other, 'acme/empty', 'first-copy')
      expect(git(copy, ['symbolic-ref', 'HEAD'])).toBe('refs/heads/trunk\n')
      await push(clone, 'origin', 'HEAD:refs/heads/main')
      expect((await other.api('GET', '/projects/2')).body).toMatchObject({ default_branch: 'trunk' })
    } finally {
      await other.close()
    }
  })

  it('keeps the default that was meant to be, when that is pushed', async () => {
    const other = await start()
    try {
      const clone = await cloneOf(other, 'acme/empty', 'meant')
      commitFile(clone, 'a.txt', 'a\n')
      await push(clone, 'origin', 'HEAD:refs/heads/aaa', 'HEAD:refs/heads/main')
      expect((await other.api('GET', '/projects/2')).body).toMatchObject({ default_branch: 'main' })
    } finally {
      await other.close()
    }
  })
})
