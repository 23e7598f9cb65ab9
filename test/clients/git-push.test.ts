import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

describe('git push', () => {
  it('--tags brings all tags, and a clone has them all', async () => {
    const clone = await cloneOf(world, 'acme/empty', 'all-tags')
    commitFile(clone, 'a.txt', 'a\n')
    for (let i = 0; i < 20; i += 1) git(clone, ['tag', ...(i % 2 ? ['-a', '-m', `Tag ${i}`] : []), `t/${i}`])
    await push(clone, 'origin', 'HEAD:refs/heads/all-tags')
    await push(clone, '--tags')
    const copy = await cloneOf(world, 'acme/empty', 'all-tags-copy')
    const list = (folder: string) =>
      git(folder, ['for-each-ref', '--format=%(objectname) %(refname)', 'refs/tags'])
    expect(list(copy)).toBe(list(clone))
    git(copy, ['fsck', '--strict'])
  })

  it('--follow-tags brings annotated tags on the way only', async () => {
    const clone = await cloneOf(world, 'acme/widgets', 'follow')
    commitFile(clone, 'follow.txt', 'f\n')
    git(clone, ['tag', 'follow-light'])
    git(clone, ['tag', '-a', '-m', 'F', 'follow-annotated'])
    git(clone, ['tag', '-a', '-m', 'F', 'follow-behind', 'HEAD~1'])
    await push(clone, '--follow-tags', 'origin', 'HEAD:refs/heads/follow')
    const refs = await refsOf('acme/widgets')
    expect(Object.keys(refs).filter((ref) => ref.startsWith('refs/tags/follow-'))).toEqual([
      'refs/tags/follow-annotated',
      'refs/tags/follow-annotated^{}',
      'refs/tags/follow-behind',
      'refs/tags/follow-behind^{}',
    ])
  })

  it('--delete removes tags from everywhere', async () => {
    const clone = await cloneOf(world, 'acme/widgets', 'delete')
    git(clone, ['tag', 'gone-1'])
    git(clone, ['tag', '-a', '-m', 'G', 'gone-2'])
    await push(clone, 'origin', 'gone-1', 'gone-2')
    expect((await world.api('GET', '/projects/1/repository/tags/gone-1')).status).toBe(200)
    await push(clone, 'origin', '--delete', 'gone-1', 'gone-2')
    expect((await world.api('GET', '/projects/1/repository/tags/gone-1')).status).toBe(404)
    expect(await refsOf('acme/widgets')).not.toHaveProperty('refs/tags/gone-2')
    expect((await failureOf(clone, ['push', 'origin', '--delete', 'gone-1']))[0]).toBe(
      "error: unable to delete 'gone-1': remote ref does not exist",
    )
  })

  it('--atomic moves nothing when one ref cannot be moved', async () => {
    const clone = await cloneOf(world, 'acme/widgets', 'atomic')
    git(clone, ['tag', 'atomic-1'])
    git(clone, ['tag', 'v1.0.0-clash'])
    const before = await refsOf('acme/widgets')
    const refspecs = ['atomic-1', 'v1.0.0-clash:refs/tags/v1.0.0/clash']
    const refusal = await failureOf(clone, ['push', '--atomic', 'origin', ...refspecs])
    expect(refusal.slice(0, -1)).toEqual([
      "remote: error: cannot lock ref 'refs/tags/v1.0.0/clash': 'refs/tags/v1.0.0' exists; cannot create 'refs/tags/v1.0.0/clash'",
      expect.stringMatching(/^To /),
      ' ! [remote rejected] atomic-1 -> atomic-1 (atomic push failure)',
      ' ! [remote rejected] v1.0.0-clash -> v1.0.0/clash (failed to update ref)',
    ])
    expect(await refsOf('acme/widgets')).toEqual(before)
    await failureOf(clone, ['push', 'origin', ...refspecs])
    expect(await refsOf('acme/widgets')).toEqual({
      ...before,
      'refs/tags/atomic-1': git(clone, ['rev-parse', 'HEAD']).trim(),
    })
  })

  it('--mirror fills an empty project with everything', async () => {
    const clone = await cloneOf(world, 'acme/widgets', 'mirror-source', ['--mirror'])
    git(clone, ['update-ref', 'refs/notes/commits', 'HEAD'])
    git(clone, ['tag', 'tree', 'HEAD^{tree}'])
    git(clone, ['tag', 'blob', 'HEAD:README.md'])
    await push(clone, '--mirror', world.url('acme/mirror'))
    const listing = git(clone, ['for-each-ref', '--format=%(objectname) %(refname)'])
    const copy = await cloneOf(world, 'acme/mirror', 'mirror-copy', ['--mirror'])
    expect(git(copy, ['for-each-ref', '--format=%(objectname) %(refname)'])).toBe(listing)
    git(copy, ['fsck', '--strict'])
    git(clone, ['update-ref', '-d', 'refs/notes/commits'])
    git(clone, ['tag', '-d', 'tree'])
    await push(clone, '--mirror', world.url('acme/mirror'))
    expect(await refsOf('acme/mirror')).not.toHaveProperty('refs/notes/commits')
  })

  it('--push-option is taken', async () => {
    const clone = await cloneOf(world, 'acme/widgets', 'options')
    git(clone, ['tag', 'with-options'])
    await push(clone, '--push-option=ci.skip', '-o', 'a=b c', 'origin', 'with-options')
    expect(await refsOf('acme/widgets')).toHaveProperty('refs/tags/with-options')
  })

  it('sends a thin pack, whose bases are here', async () => {
    const clone = await cloneOf(world, 'acme/open', 'thin', ['--config', 'pack.threads=1'])
    const text = Array.from({ length: 2000 }, (_, i) => `line ${(i * 7919) % 10_007}\n`)
    const developer = world.url('acme/open', 'root-token')
    commitFile(clone, 'big.txt', text.join(''))
    await push(clone, developer, 'HEAD:main')
    commitFile(clone, 'big.txt', [...text, 'one more\n'].join(''))
    await push(clone, '--thin', developer, 'HEAD:main')
    const copy = await cloneOf(world, 'acme/open', 'thin-copy')
    expect(git(copy, ['rev-parse', 'HEAD'])).toBe(git(clone, ['rev-parse', 'HEAD']))
    git(copy, ['fsck', '--strict'])
  })

  it('sends large bodies in chunks, after asking whether it may', async () => {
    const clone = await cloneOf(world, 'acme/widgets', 'chunked')
    writeFileSync(join(clone, 'large.bin'), randomBytes(3_000_000))
    git(clone, ['add', 'large.bin'])
    git(clone, ['commit', '--quiet', '-m', 'Large'])
    await push(clone, 'origin', 'HEAD:refs/heads/chunked')
    const copy = await cloneOf(world, 'acme/widgets', 'chunked-copy', ['--branch', 'chunked'])
    expect(readFileSync(join(copy, 'large.bin')).equals(readFileSync(join(clone, 'large.bin')))).toBe(true)
  })

  it('works from a shallow clone', async () => {
    const clone = await cloneOf(world, 'acme/widgets', 'shallow', ['--depth', '1'])
    const tip = commitFile(clone, 'shallow.txt', 's\n')
    git(clone, ['tag', '-a', '-m', 'S', 'from-shallow'])
    await push(clone, 'origin', 'HEAD:refs/heads/shallow', 'from-shallow')
    expect((await refsOf('acme/widgets'))['refs/heads/shallow']).toBe(tip)
    const copy = await cloneOf(world, 'acme/widgets', 'shallow-copy')
    git(copy, ['fsck', '--strict'])
  })

  it('from a shallow clone brings no cut history to where the rest is missing', async () => {
    const clone = await cloneOf(world, 'acme/widgets', 'shallow-elsewhere', ['--depth', '1'])
    const refusal = await failureOf(clone, ['push', world.url('acme/large'), 'HEAD:refs/heads/cut'])
    expect(refusal[1]).toBe(' ! [remote rejected] HEAD -> cut (shallow update not allowed)')
    expect(await refsOf('acme/large')).toEqual({})
  })

  it('brings 2,000 tags at once', async () => {
    const clone = await cloneOf(world, 'acme/widgets', 'many')
    const head = git(clone, ['rev-parse', 'HEAD']).trim()
    const names = Array.from({ length: 2000 }, (_, i) => `many/${i}`)
    git(clone, ['update-ref', '--stdin'], {
      input: names.map((name) => `create refs/tags/${name} ${head}\n`).join(''),
    })
    await push(clone, 'origin', 'refs/tags/many/*')
    const refs = await refsOf('acme/widgets')
    for (const name of names) expect(refs[`refs/tags/${name}`]).toBe(head)
    await push(clone, 'origin', '--delete', ...names.slice(0, 100))
    expect(Object.keys(await refsOf('acme/widgets')).filter((ref) => ref.includes('/many/'))).toHaveLength(
      1900,
    )
  })

  it('is won by one of several that race for a ref', async () => {
    const clones = await Promise.all([1, 2, 3, 4].map((i) => cloneOf(world, 'acme/widgets', `racer-${i}`)))
    const tips = clones.map((clone, i) => commitFile(clone, 'race.txt', `${i}\n`))
    const outcomes = await Promise.allSettled(
      clones.map((clone) => push(clone, 'origin', 'HEAD:refs/heads/race')),
    )
    const winners = outcomes.flatMap(({ status }, i) => (status === 'fulfilled' ? [tips[i]] : []))
    expect(winners).toEqual([(await refsOf('acme/widgets'))['refs/heads/race']])
  })
})
