import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { git, gitAsync, temporaryFolder } from '../git-binary.ts'
import { createOrigin, type GitOrigin, listObjects } from './git-origin.ts'

let origin: GitOrigin
let forge: FakeForge
const scratch = temporaryFolder()

beforeAll(async () => {
  // 5,000 light and 5,000 annotated tags.
  origin = createOrigin(10_000, { light: 2, annotated: 2 })
  forge = await startFakeForge({
    fixture: {
      owners: [{ alias: 'acme' }],
      projects: [{ path: 'acme/large', id: 1, visibility: 'public', git: origin.path }],
    },
  })
}, 120_000)
afterAll(async () => {
  await forge.close()
  origin.remove()
  scratch.remove()
})

describe('a repository of 10,000 commits and 10,000 tags', () => {
  it.each([0, 2])('is cloned ref by ref and object by object over protocol %i', async (protocol) => {
    const folder = join(scratch.path, `clone-${protocol}`)
    const url = `${forge.url}/acme/large.git`
    await gitAsync(scratch.path, [
      '-c',
      `protocol.version=${protocol}`,
      'clone',
      '--quiet',
      '--mirror',
      url,
      folder,
    ])
    const refs = ['for-each-ref', '--format=%(objectname) %(refname) %(*objectname)']
    expect(git(folder, refs)).toBe(git(origin.path, refs))
    expect(git(folder, ['tag', '--list']).split('\n').length).toBeGreaterThan(10_000)
    expect(listObjects(folder).join('\n')).toBe(listObjects(origin.path).join('\n'))
    expect(() => git(folder, ['fsck', '--strict'])).not.toThrow()
  })

  it('sends one new tag into an old clone', async () => {
    const folder = join(scratch.path, 'old')
    const version = ['-c', 'protocol.version=2']
    await gitAsync(scratch.path, [
      ...version,
      'clone',
      '--quiet',
      '--bare',
      '--no-tags',
      `${forge.url}/acme/large.git`,
      folder,
    ])
    const before = listObjects(folder).length
    await gitAsync(folder, [...version, 'fetch', '--quiet', '--no-tags', 'origin', 'tag', 'v5000'])
    expect(listObjects(folder).length - before).toBe(1)
  })

  it('lets other requests be answered while it is cloned with a request in chunks', async () => {
    // 10,000 wants are more than fits one buffer: git sends a probe, and then chunks.
    const chunked = ['-c', 'http.postBuffer=65536', '-c', 'protocol.version=0']
    const folder = join(scratch.path, 'busy')
    const url = `${forge.url}/acme/large.git`
    let isCloned = false
    const clone = gitAsync(scratch.path, [...chunked, 'clone', '--quiet', '--mirror', url, folder]).finally(
      () => {
        isCloned = true
      },
    )
    let answered = 0
    while (!isCloned) {
      await (await fetch(`${forge.url}/__admin/health`)).text()
      answered++
    }
    await clone
    expect(listObjects(folder).length).toBe(listObjects(origin.path).length)
    // A server that does it in one go answers a few at the most, before and after.
    expect(answered).toBeGreaterThan(20)
  })
})
