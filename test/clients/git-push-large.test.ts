import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, gitAsync } from '../git-binary.ts'
import { createOrigin, type GitOrigin, listObjects } from './git-origin.ts'
import { type PushWorld, startPushWorld } from './push-world.ts'
import { sendPack } from './send-pack.ts'

let origin: GitOrigin
let world: PushWorld

beforeAll(async () => {
  // 5,000 light and 5,000 annotated tags.
  origin = createOrigin(10_000, { light: 2, annotated: 2 })
  world = await startPushWorld()
}, 120_000)
afterAll(async () => {
  await world.close()
  origin.remove()
})

describe('a repository of 10,000 commits and 10,000 tags', () => {
  it('is pushed, and cloned again ref by ref and object by object', async () => {
    const url = world.url('acme/large')
    await sendPack(origin.path, `${world.forge.url}/acme/large.git`, 'dee-token', ['--mirror'])
    const copy = join(world.folder, 'copy.git')
    await gitAsync(world.folder, ['clone', '--quiet', '--mirror', url, copy])
    const refs = ['for-each-ref', '--format=%(objectname) %(refname) %(*objectname)']
    expect(git(copy, refs)).toBe(git(origin.path, refs))
    expect(git(copy, ['tag', '--list']).split('\n').length).toBeGreaterThan(10_000)
    expect(listObjects(copy).join('\n')).toBe(listObjects(origin.path).join('\n'))
    git(copy, ['fsck', '--strict'])
    const page = await world.api('GET', '/projects/4/repository/tags?per_page=1&order_by=name&sort=asc')
    expect(page.body).toMatchObject([{ name: 'blob' }])
  })
})
