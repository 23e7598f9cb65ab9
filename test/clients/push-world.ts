import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FakeForge, type Options, startFakeForge } from '../../src/index.ts'
import { git, gitAsync, temporaryFolder } from '../git-binary.ts'
import { NOW, project, world } from '../vendors/gitlab/world.ts'

/** A listening server with projects to push to, and a folder for clones. */
export interface PushWorld {
  readonly forge: FakeForge
  readonly folder: string
  /** Where somebody pushes to; `path` without `.git`. */
  url(path: string, token?: string): string
  /** What GitLab's API answers. */
  api(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    token?: string,
  ): Promise<{ status: number; body: unknown }>
  /** What `git ls-remote` lists: ids by names. */
  remoteRefs(path: string): Promise<Record<string, string>>
  close(): Promise<void>
}

export async function startPushWorld(options: Partial<Options> = {}): Promise<PushWorld> {
  const widgets = { tags: [{ name: 'v1.0.0', target: 'c1' }], tagRules: [{ pattern: 'locked-*' }] }
  const empty = (path: string, id: number) => project(path, id, { commits: [], defaultBranch: 'main' })
  const forge = await startFakeForge({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, widgets),
      empty('acme/empty', 2),
      empty('acme/mirror', 3),
      empty('acme/large', 4),
      project('acme/archived', 5, { archived: true }),
      project('acme/open', 6, { visibility: 'public' }),
    ),
    ...options,
  })
  const { path: folder, remove } = temporaryFolder()
  const url = (path: string, token = 'dee-token') =>
    `${forge.url.replace('http://', `http://x:${token}@`)}/${path}.git`
  return {
    forge,
    folder,
    url,
    api: (method, path, token) => callApi(forge, method, path, token),
    remoteRefs: async (path) => parseRefs(await gitAsync(folder, ['ls-remote', url(path)])),
    close: async () => {
      await forge.close()
      remove()
    },
  }
}

/** A fresh clone of a project, its `origin` being pushed to by its developer. */
export async function cloneOf(
  { folder, url }: PushWorld,
  path: string,
  name: string,
  args: readonly string[] = [],
): Promise<string> {
  await gitAsync(folder, ['clone', '--quiet', ...args, url(path), name])
  return join(folder, name)
}

/** Commits a file, without talking to any server. */
export function commitFile(clone: string, file: string, content: string): string {
  mkdirSync(join(clone, file, '..'), { recursive: true })
  writeFileSync(join(clone, file), content)
  git(clone, ['add', file])
  git(clone, ['commit', '--quiet', '-m', `Add ${file}`])
  return git(clone, ['rev-parse', 'HEAD']).trim()
}

/** What a git command that fails says, each line without trailing blanks. */
export async function failureOf(folder: string, args: readonly string[]): Promise<string[]> {
  const failed = await gitAsync(folder, args).then(
    () => null,
    (error: { stderr: string }) => error.stderr,
  )
  if (failed === null) throw new Error(`git ${args.join(' ')} did not fail`)
  return failed
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
}

async function callApi(
  forge: FakeForge,
  method: string,
  path: string,
  token = 'dee-token',
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${forge.url}/api/v4${path}`, { method, headers: { 'private-token': token } })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}

export function parseRefs(listing: string): Record<string, string> {
  const rows = listing
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
  return Object.fromEntries(rows.map(([oid = '', ref = '']) => [ref, oid]))
}
