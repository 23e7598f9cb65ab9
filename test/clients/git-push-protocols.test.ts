import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, gitAsync } from '../git-binary.ts'
import { cloneOf, commitFile, failureOf, type PushWorld, startPushWorld } from './push-world.ts'

let world: PushWorld

beforeAll(async () => {
  world = await startPushWorld()
})
afterAll(() => world.close())

describe.each([0, 1, 2])('git push over protocol %d', (version) => {
  const inVersion = ['-c', `protocol.version=${version}`]
  const push = (clone: string, ...args: string[]) => gitAsync(clone, [...inVersion, 'push', ...args])

  it('brings light, annotated and nested tags, which the API shows at once', async () => {
    const clone = await cloneOf(world, 'acme/widgets', `tags-${version}`)
    const name = (kind: string) => `${kind}-${version}`
    commitFile(clone, `tags-${version}.txt`, 'for a tag\n')
    git(clone, ['tag', name('light')])
    git(clone, ['tag', '-a', '-m', 'An annotation', name('annotated')])
    git(clone, ['tag', '-a', '-m', 'A tag of a tag', name('nested'), name('annotated')])
    await push(clone, 'origin', name('light'), name('annotated'), name('nested'))
    const refs = await world.remoteRefs('acme/widgets')
    for (const kind of ['light', 'annotated', 'nested']) {
      expect(refs[`refs/tags/${name(kind)}`]).toBe(git(clone, ['rev-parse', name(kind)]).trim())
    }
    const { status, body } = await world.api('GET', `/projects/1/repository/tags/${name('nested')}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      message: 'A tag of a tag',
      commit: { id: git(clone, ['rev-parse', 'HEAD']).trim() },
    })
  })

  it('creates, moves and deletes branches', async () => {
    const clone = await cloneOf(world, 'acme/widgets', `branches-${version}`)
    const first = commitFile(clone, 'one.txt', `one ${version}\n`)
    await push(clone, 'origin', `HEAD:refs/heads/topic/${version}`)
    const second = commitFile(clone, 'two.txt', `two ${version}\n`)
    await push(clone, 'origin', `HEAD:refs/heads/topic/${version}`)
    expect((await world.remoteRefs('acme/widgets'))[`refs/heads/topic/${version}`]).toBe(second)
    await push(clone, '--force', 'origin', `${first}:refs/heads/topic/${version}`)
    expect((await world.remoteRefs('acme/widgets'))[`refs/heads/topic/${version}`]).toBe(first)
    await push(clone, 'origin', '--delete', `topic/${version}`)
    expect(await world.remoteRefs('acme/widgets')).not.toHaveProperty(`refs/heads/topic/${version}`)
  })

  it('moves a tag only with force', async () => {
    const clone = await cloneOf(world, 'acme/widgets', `moved-${version}`)
    const tag = `moved-${version}`
    git(clone, ['tag', tag, 'HEAD~1'])
    await push(clone, 'origin', tag)
    git(clone, ['tag', '-f', tag, 'HEAD'])
    const refusal = await failureOf(clone, [...inVersion, 'push', 'origin', tag])
    expect(refusal[1]).toBe(` ! [rejected]        ${tag} -> ${tag} (already exists)`)
    await push(clone, '--force', 'origin', tag)
    expect((await world.remoteRefs('acme/widgets'))[`refs/tags/${tag}`]).toBe(
      git(clone, ['rev-parse', 'HEAD']).trim(),
    )
  })
})
