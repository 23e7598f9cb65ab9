/**
 * A data folder: `fakeforge-world-3/` with one world, `current`, a link to it, and `lock`. Another world is written into a folder of its
 * own, and counts once the link leads there.
 */
import { existsSync, mkdirSync, readdirSync, readlinkSync } from 'node:fs'
import { rename, rm, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { syncFolder, temporaryOf } from '../../git/disk-store/durable-file.ts'
import { lockFolder } from './lock.ts'
import { DataFolderError } from './problem.ts'

const LINK = 'current'
const PREFIX = 'fakeforge-world-'
const WORLD = /^fakeforge-world-(\d{1,15})$/

export class DataFolder {
  readonly path: string
  readonly #unlock: () => void
  #current: string | null

  private constructor(path: string, unlock: () => void) {
    this.path = path
    this.#unlock = unlock
    this.#current = readCurrent(path)
  }

  /** Makes the folder if need be, locks it, and removes what was never finished. Throws DataFolderError. */
  static async open(given: string): Promise<DataFolder> {
    const path = resolve(given)
    try {
      makeFolder(path)
      const unlock = await lockFolder(path)
      try {
        const folder = new DataFolder(path, unlock)
        await folder.#removeLeftovers()
        return folder
      } catch (error) {
        unlock()
        throw error
      }
    } catch (error) {
      throw DataFolderError.of(path, error, 'cannot be used: ')
    }
  }

  /** The folder of the world that counts; null when there is none yet. */
  get current(): string | null {
    return this.#current === null ? null : join(this.path, this.#current)
  }

  /** A new empty folder for a world. */
  begin(): string {
    const numbers = readdirSync(this.path).map((name) => Number(WORLD.exec(name)?.[1] ?? 0))
    const path = join(this.path, `${PREFIX}${Math.max(0, ...numbers) + 1}`)
    mkdirSync(path)
    return path
  }

  /** Makes the world in a folder the one that counts. */
  async choose(folder: string): Promise<void> {
    const name = folder.slice(this.path.length + 1)
    const link = join(this.path, LINK)
    await syncFolder(this.path)
    await rm(temporaryOf(link), { force: true })
    await symlink(name, temporaryOf(link))
    await rename(temporaryOf(link), link)
    this.#current = name
    await syncFolder(this.path)
    await this.#removeLeftovers()
  }

  close(): void {
    this.#unlock()
  }

  async #removeLeftovers(): Promise<void> {
    const worlds = readdirSync(this.path).filter((name) => WORLD.test(name) && name !== this.#current)
    for (const name of worlds) await rm(join(this.path, name), { recursive: true, force: true })
  }
}

/** With those above it. Node's own way goes round in circles below folders like /proc, where nothing can be made. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

function readCurrent(path: string): string | null {
  try {
    const name = readlinkSync(join(path, LINK))
    if (WORLD.test(name)) return name
    throw new DataFolderError(join(path, LINK), `leads to ${name}, which is no world`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    if ((error as NodeJS.ErrnoException).code === 'EINVAL')
      throw new DataFolderError(join(path, LINK), 'is not the link that fakeforge makes there')
    throw error
  }
}
