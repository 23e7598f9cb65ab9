import { join } from 'node:path'
import { git, gitAsync, temporaryFolder } from '../git-binary.ts'
import type { SeenTag, User } from './faces/index.ts'
import type { Address } from './wire.ts'

/** More of them at once only wait for one another. */
const MOST_PROCESSES = 3

/** A clone that all sandboxes are pushed from, with one annotated tag object for each commit. */
export class SharedClone {
  readonly #place = temporaryFolder()
  readonly #folder = join(this.#place.path, 'widgets')
  readonly #waiting: (() => void)[] = []
  #running = 0
  /** Ids of the commits of `main`, oldest first. */
  commits: readonly string[] = []
  /** Ids of the tag objects: their message is `Pushed`. */
  annotated: readonly string[] = []

  static async of(origin: string): Promise<SharedClone> {
    const clone = new SharedClone()
    await gitAsync(clone.#place.path, [
      'clone',
      '--quiet',
      `${origin.replace('//', '//x:dee-token@')}/acme/widgets.git`,
    ])
    const inClone = (...args: string[]) => git(clone.#folder, args).trim()
    clone.commits = inClone('rev-list', '--reverse', 'main').split('\n')
    clone.annotated = clone.commits.map((commit, i) => {
      inClone('tag', '-a', '-m', 'Pushed', `pushed-${i}`, commit)
      return inClone('rev-parse', `pushed-${i}`)
    })
    return clone
  }

  /** Runs git against one world. */
  async run({ origin, base, header }: Address, user: User, args: (url: string) => string[]): Promise<string> {
    if (this.#running >= MOST_PROCESSES) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running++
    try {
      const url = `${origin.replace('//', `//x:${user}-token@`)}${base}/acme/widgets.git`
      const extra = header === null ? [] : ['-c', `http.extraHeader=X-Fakeforge-Sandbox: ${header}`]
      return await gitAsync(this.#folder, [...extra, ...args(url)])
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running--
    }
  }

  remove(): void {
    this.#place.remove()
  }
}

/** The real git, speaking to one world. */
export class GitClient {
  readonly clone: SharedClone
  readonly #address: Address

  constructor(clone: SharedClone, address: Address) {
    this.clone = clone
    this.#address = address
  }

  /** Answers whether the server took it; it takes all or nothing. */
  async push(user: User, specs: readonly string[]): Promise<boolean> {
    try {
      await this.clone.run(this.#address, user, (url) => ['push', '--quiet', url, ...specs])
      return true
    } catch (error) {
      if (String((error as { stderr?: string }).stderr).includes('pre-receive hook declined')) return false
      throw error
    }
  }

  /** What `git ls-remote --tags` lists. */
  async tags(): Promise<SeenTag[]> {
    const listing = await this.clone.run(this.#address, 'dee', (url) => ['ls-remote', '--tags', url])
    const refs = new Map(
      listing
        .trim()
        .split('\n')
        .map((line) => line.split('\trefs/tags/').reverse() as [name: string, oid: string]),
    )
    return [...refs]
      .filter(([name]) => !name.endsWith('^{}'))
      .map(([name, oid]) => {
        const peeled = refs.get(`${name}^{}`)
        return { name, oid, commit: peeled ?? oid, annotated: peeled !== undefined }
      })
  }
}
