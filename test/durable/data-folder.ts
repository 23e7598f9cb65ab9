import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { buildApp, type Options } from '../../src/index.ts'
import { type Call, callerOf } from '../caller.ts'
import { git, temporaryFolder } from '../git-binary.ts'
import { fixture, vendorCaller } from '../http/state-world.ts'

export const NOW = '2024-06-01T12:00:00Z'

export interface OpenWorld {
  readonly app: FastifyInstance
  readonly data: string
  /** As Mia, to the vendors. */
  readonly call: Call
  readonly plain: Call
  readonly admin: Call
  /** The whole world as one document. */
  state(): Promise<string>
}

/** Folders and servers of one test file. */
export class DataFolders {
  readonly #temporary = temporaryFolder()
  readonly #apps = new Set<FastifyInstance>()
  #last = 0

  /** The path of a folder that is not there yet. */
  next(): string {
    this.#last += 1
    return join(this.#temporary.path, `data-${this.#last}`)
  }

  async open(data: string, options: Partial<Options> = {}): Promise<OpenWorld> {
    const app = await buildApp({ fixture, clock: NOW, data, ...options })
    this.#apps.add(app)
    const admin = callerOf(app, { host: 'localhost', 'content-type': 'application/json' })
    return {
      app,
      data,
      call: vendorCaller(app),
      plain: callerOf(app, { host: 'forge.example.test' }),
      admin,
      state: async () => (await admin('GET', '/__admin/state')).text,
    }
  }

  /** The folder as a process leaves it that is killed at this moment. */
  crash({ data }: OpenWorld): string {
    const copy = this.next()
    cpSync(data, copy, { recursive: true, verbatimSymlinks: true })
    rmSync(join(copy, 'lock'), { force: true })
    return copy
  }

  async close(): Promise<void> {
    for (const app of this.#apps) await app.close()
    this.#temporary.remove()
  }
}

/** The folders of all repositories in a data folder. */
export function repositoriesIn(data: string): string[] {
  const below = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) =>
      name.endsWith('.git') ? [join(folder, name)] : below(join(folder, name)),
    )
  return below(join(data, 'current/repositories'))
}

/** Throws when git finds anything wrong with one of the repositories, and answers what it says otherwise. */
export function checkRepositories(data: string): string {
  return repositoriesIn(data)
    .map((folder) => git(folder, ['fsck', '--strict', '--full', '--no-dangling']))
    .join('')
}

/** Ids by names, as git lists them. */
export function refsIn(repository: string): Record<string, string> {
  const lines = git(repository, ['for-each-ref', '--format=%(refname) %(objectname)']).split('\n')
  return Object.fromEntries(lines.filter((line) => line !== '').map((line) => line.split(' ')))
}
