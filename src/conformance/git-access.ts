import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { GitAccess, GitTag } from './environment.ts'

export interface GitAddress {
  /** The clone URL, without credentials. */
  readonly url: string
  readonly username: string
  /** A password, or a token where those go in its place. */
  readonly password: string
  /** Variables for git beside those of this process. */
  readonly variables?: Readonly<Record<string, string | undefined>>
}

/** The `git` of this machine, in front of one project. Its folder goes with `close`. */
export interface ClosableGit extends GitAccess {
  close(): Promise<void>
}

/** Rejects where there is no `git`. */
export async function gitAccess(address: GitAddress): Promise<ClosableGit> {
  const folder = await mkdtemp(join(tmpdir(), 'fakeforge-git-'))
  const git = (...args: string[]) => run(folder, address, args)
  await git('init', '--quiet', '--bare')
  return {
    tags: async () => readTags(await git('ls-remote', '--tags', address.url)),
    async move(tags) {
      const refs = ['heads', 'tags'].map((kind) => `+refs/${kind}/*:refs/seen/${kind}/*`)
      await git('fetch', '--quiet', '--no-tags', address.url, ...refs)
      await push(git, address, tags)
    },
    remove: (names) => push(git, address, Object.fromEntries(names.map((name) => [name, '']))),
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

type Git = (...args: string[]) => Promise<string>

async function push(git: Git, { url }: GitAddress, tags: Readonly<Record<string, string>>): Promise<void> {
  const specs = Object.entries(tags).map(([name, target]) => `${target}:refs/tags/${name}`)
  await git('push', '--quiet', '--force', url, ...specs)
}

/** Credentials go by the environment, which other users of the machine cannot read, unlike arguments. */
async function run(
  folder: string,
  { username, password, variables }: GitAddress,
  args: readonly string[],
): Promise<string> {
  const credentials = Buffer.from(`${username}:${password}`).toString('base64')
  const env = {
    ...process.env,
    ...variables,
    LC_ALL: 'C.UTF-8',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${credentials}`,
  }
  const { stdout } = await promisify(execFile)('git', [...args], { cwd: folder, env, maxBuffer: 1 << 28 })
  return stdout
}

function readTags(listing: string): ReadonlyMap<string, GitTag> {
  const refs = new Map(
    listing
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\trefs/tags/').reverse() as [name: string, object: string]),
  )
  return new Map(
    [...refs]
      .filter(([name]) => !name.endsWith('^{}'))
      .map(([name, object]) => [name, { object, peeled: refs.get(`${name}^{}`) ?? null }]),
  )
}
