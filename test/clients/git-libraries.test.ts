import { execFile } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import isomorphic from 'isomorphic-git'
import http from 'isomorphic-git/http/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { git, temporaryFolder } from '../git-binary.ts'
import { createOrigin, type GitOrigin, lines, listObjects } from './git-origin.ts'

/** Debian's Python, for which python3-dulwich and python3-pygit2 are installed. */
const PYTHON = '/usr/bin/python3'

let origin: GitOrigin
let forge: FakeForge
let url: string
const scratch = temporaryFolder()

beforeAll(async () => {
  origin = createOrigin(48)
  forge = await startFakeForge({
    fixture: {
      users: [{ username: 'dee', password: 'dee-password', tokens: ['dee-token'] }],
      owners: [{ alias: 'acme' }],
      projects: [{ path: 'acme/real', id: 1, members: { dee: 'developer' }, git: origin.path }],
    },
  })
  url = `${forge.url}/acme/real.git`
})
afterAll(async () => {
  await forge.close()
  origin.remove()
  scratch.remove()
})

const onAuth = () => ({ username: 'dee', password: 'dee-token' })

/** What a Python program prints; `url` and `folder` are its arguments. */
async function python(program: string, folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(PYTHON, ['-c', program, url, folder], {
    env: { HOME: scratch.path, PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
  })
  return lines(stdout)
}

const tagNames = () => lines(git(origin.path, ['tag', '--list'])).sort()

describe('isomorphic-git', () => {
  it.each([1, 2] as const)('lists refs over protocol %i', async (protocolVersion) => {
    const found = await isomorphic.listServerRefs({
      http,
      url,
      onAuth,
      protocolVersion,
      prefix: 'refs/tags/',
      peelTags: true,
    })
    const listed = found.flatMap(({ ref, oid, peeled }) => [
      `${oid}\t${ref}`,
      ...(peeled === undefined ? [] : [`${peeled}\t${ref}^{}`]),
    ])
    expect(listed).toEqual(lines(git(origin.path, ['ls-remote', '--tags', origin.path])))
  })

  it('clones with all tags', async () => {
    const dir = join(scratch.path, 'isomorphic')
    await isomorphic.clone({ fs, http, dir, url, onAuth })
    expect((await isomorphic.listTags({ fs, dir })).sort()).toEqual(tagNames())
    expect((await isomorphic.log({ fs, dir }))[0]?.oid).toBe(git(origin.path, ['rev-parse', 'main']).trim())
    git(dir, ['fsck', '--strict', '--no-dangling'])
  })

  it('clones a depth, and fetches more', async () => {
    const dir = join(scratch.path, 'isomorphic-shallow')
    await isomorphic.clone({ fs, http, dir, url, onAuth, depth: 2, singleBranch: true, noTags: true })
    expect(await isomorphic.log({ fs, dir })).toHaveLength(2)
    await isomorphic.fetch({ fs, http, dir, url, onAuth, depth: 3, relative: true, singleBranch: true })
    expect(await isomorphic.log({ fs, dir })).toHaveLength(5)
  })

  it('is told when it may not', async () => {
    const dir = join(scratch.path, 'isomorphic-none')
    const clone = (auth?: typeof onAuth) =>
      isomorphic.clone({ fs, http, dir, url, ...(auth && { onAuth: auth }) })
    await expect(clone()).rejects.toThrow('HTTP Error: 401 Unauthorized')
    await expect(clone(() => ({ username: 'x', password: 'wrong' }))).rejects.toThrow(
      'HTTP Error: 401 Unauthorized',
    )
  })
})

describe('dulwich', () => {
  it('lists refs and clones', async () => {
    const program = `
import sys
from dulwich import client, porcelain
url, folder = sys.argv[1:]
transport, path = client.get_transport_and_path(url, username='dee', password='dee-token')
for name in sorted(transport.get_refs(path)):
    print(name.decode())
porcelain.clone(url, folder, bare=True, username='dee', password='dee-token', errstream=porcelain.NoneStream())
`
    const folder = join(scratch.path, 'dulwich.git')
    const refs = await python(program, folder)
    expect(refs.filter((ref) => ref.startsWith('refs/tags/') && !ref.endsWith('^{}'))).toEqual(
      tagNames().map((name) => `refs/tags/${name}`),
    )
    expect(git(folder, ['rev-parse', 'refs/heads/main'])).toBe(git(origin.path, ['rev-parse', 'main']))
    git(folder, ['fsck', '--strict', '--no-dangling'])
  })
})

describe('libgit2', () => {
  it('clones, and fetches what it has already', async () => {
    const program = `
import sys, pygit2
url, folder = sys.argv[1:]
callbacks = pygit2.RemoteCallbacks(pygit2.UserPass('dee', 'dee-password'))
repository = pygit2.clone_repository(url, folder, bare=True, callbacks=callbacks)
print(repository.head.target)
progress = repository.remotes['origin'].fetch(callbacks=callbacks)
print(progress.received_objects)
for name in sorted(repository.references):
    if name.startswith('refs/tags/'): print(name)
`
    const folder = join(scratch.path, 'libgit2.git')
    const [head, again, ...tags] = await python(program, folder)
    expect(head).toBe(git(origin.path, ['rev-parse', 'main']).trim())
    expect(again).toBe('0')
    expect(tags.length).toBeGreaterThan(10)
    git(folder, ['fsck', '--strict', '--no-dangling'])
    expect(listObjects(folder).length).toBeGreaterThan(100)
  })
})
