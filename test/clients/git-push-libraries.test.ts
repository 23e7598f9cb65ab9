import { execFile } from 'node:child_process'
import * as fs from 'node:fs'
import { promisify } from 'node:util'
import isomorphic from 'isomorphic-git'
import http from 'isomorphic-git/http/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git } from '../git-binary.ts'
import { cloneOf, commitFile, type PushWorld, startPushWorld } from './push-world.ts'

/** Debian's Python, for which python3-dulwich and python3-pygit2 are installed. */
const PYTHON = '/usr/bin/python3'

let world: PushWorld

beforeAll(async () => {
  world = await startPushWorld()
})
afterAll(() => world.close())

const remote = () => `${world.forge.url}/acme/widgets.git`

/** Runs a Python program; `url` and `folder` are its arguments. */
async function python(program: string, folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(PYTHON, ['-c', program, remote(), folder], {
    env: { HOME: world.folder, PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
  })
  return stdout.split('\n').filter((line) => line !== '')
}

/** A clone with a commit more than the project has, a light tag and an annotated one. */
async function prepare(name: string): Promise<{ clone: string; tip: string; tag: string }> {
  const clone = await cloneOf(world, 'acme/widgets', name)
  const tip = commitFile(clone, `${name}.txt`, `${name}\n`)
  git(clone, ['branch', `${name}-branch`])
  git(clone, ['tag', `${name}-light`])
  git(clone, ['tag', '-a', '-m', 'By a library', `${name}-annotated`])
  git(clone, ['tag', 'locked-by-library'])
  return { clone, tip, tag: git(clone, ['rev-parse', `${name}-annotated`]).trim() }
}

async function expectPushed(name: string, tip: string, tag: string): Promise<void> {
  expect(await world.remoteRefs('acme/widgets')).toMatchObject({
    [`refs/heads/${name}-branch`]: tip,
    [`refs/tags/${name}-light`]: tip,
    [`refs/tags/${name}-annotated`]: tag,
    [`refs/tags/${name}-annotated^{}`]: tip,
  })
  git(await cloneOf(world, 'acme/widgets', `${name}-copy`, ['--mirror']), ['fsck', '--strict'])
}

describe('isomorphic-git', () => {
  const onAuth = () => ({ username: 'dee', password: 'dee-token' })
  const push = (dir: string, ref: string, more = {}) =>
    isomorphic.push({ fs, http, dir, url: remote(), onAuth, ref, remoteRef: ref, ...more })

  it('pushes branches and tags, moves and deletes them', async () => {
    const { clone, tip, tag } = await prepare('isomorphic')
    for (const ref of [
      'refs/heads/isomorphic-branch',
      'refs/tags/isomorphic-light',
      'refs/tags/isomorphic-annotated',
    ]) {
      expect(await push(clone, ref)).toMatchObject({ ok: true, refs: { [ref]: { ok: true } } })
    }
    await expectPushed('isomorphic', tip, tag)
    git(clone, ['tag', '-f', 'isomorphic-light', 'HEAD~1'])
    await push(clone, 'refs/tags/isomorphic-light', { force: true })
    expect((await world.remoteRefs('acme/widgets'))['refs/tags/isomorphic-light']).not.toBe(tip)
    await push(clone, 'refs/tags/isomorphic-light', { delete: true })
    expect(await world.remoteRefs('acme/widgets')).not.toHaveProperty('refs/tags/isomorphic-light')
  })

  it('is told why a tag is refused', async () => {
    const { clone } = await prepare('isomorphic-refused')
    await expect(push(clone, 'refs/tags/locked-by-library')).rejects.toMatchObject({
      code: 'GitPushError',
      data: {
        result: {
          refs: { 'refs/tags/locked-by-library': { ok: false, error: 'pre-receive hook declined' } },
        },
      },
    })
  })
})

describe('dulwich', () => {
  it('pushes branches and tags, and deletes them', async () => {
    const { clone, tip, tag } = await prepare('dulwich')
    const program = `
import sys
from dulwich import porcelain
url, folder = sys.argv[1:]
def push(*refspecs):
    porcelain.push(folder, url, list(refspecs), outstream=porcelain.NoneStream(), errstream=porcelain.NoneStream(), username='dee', password='dee-token')
push('refs/heads/dulwich-branch', 'refs/tags/dulwich-light', 'refs/tags/dulwich-annotated')
`
    await python(program, clone)
    await expectPushed('dulwich', tip, tag)
    await python(`${program}\npush(':refs/tags/dulwich-light')\n`, clone)
    expect(await world.remoteRefs('acme/widgets')).not.toHaveProperty('refs/tags/dulwich-light')
  })
})

describe('libgit2', () => {
  const program = `
import sys, pygit2
url, folder = sys.argv[1:]
class Callbacks(pygit2.RemoteCallbacks):
    def push_update_reference(self, name, message):
        print(name, message)
repository = pygit2.Repository(folder)
remote = repository.remotes.create(f'lib{len(list(repository.remotes))}', url)
def push(*refspecs):
    remote.push(list(refspecs), callbacks=Callbacks(pygit2.UserPass('dee', 'dee-password')))
`

  it('pushes branches and tags, and deletes them', async () => {
    const { clone, tip, tag } = await prepare('libgit2')
    const refs = ['refs/heads/libgit2-branch', 'refs/tags/libgit2-light', 'refs/tags/libgit2-annotated']
    const said = await python(`${program}\npush(${refs.map((ref) => `'${ref}:${ref}'`)})\n`, clone)
    expect(said.sort()).toEqual(refs.map((ref) => `${ref} None`).sort())
    await expectPushed('libgit2', tip, tag)
    await python(`${program}\npush(':refs/tags/libgit2-light')\n`, clone)
    expect(await world.remoteRefs('acme/widgets')).not.toHaveProperty('refs/tags/libgit2-light')
  })

  it('is told why a tag is refused', async () => {
    const { clone } = await prepare('libgit2-refused')
    const ref = 'refs/tags/locked-by-library'
    expect(await python(`${program}\npush('${ref}:${ref}')\n`, clone)).toEqual([
      `${ref} pre-receive hook declined`,
    ])
  })
})
