import type { Origin } from '../sandbox.ts'
import type { World } from '../world.ts'
import { ChangeLog } from './change-log.ts'
import { DataFolder } from './data-folder.ts'
import { DataFolderError } from './problem.ts'
import { openStore } from './recover.ts'
import { restoreWorld } from './restore.ts'
import { logPath, writeWorld } from './world-files.ts'
import { WorldStore } from './world-store.ts'

/** A data folder with the one world in it that counts, if there is one yet. */
export class KeptWorld {
  readonly #folder: DataFolder
  #store: WorldStore | null = null
  /** The world that was read from here, as long as it may still be reading. */
  #read: World | null = null

  private constructor(folder: DataFolder) {
    this.#folder = folder
  }

  /** Throws DataFolderError. */
  static async open(path: string): Promise<KeptWorld> {
    return new KeptWorld(await DataFolder.open(path))
  }

  get path(): string {
    return this.#folder.path
  }

  /** Where changes of the world go. Throws when there is no world yet. */
  get store(): WorldStore {
    if (this.#store) return this.#store
    throw new DataFolderError(this.path, 'holds no world')
  }

  /** The world, with the fingerprint of the fixture that it began with; null when there is none. Throws DataFolderError. */
  async load(): Promise<{ readonly origin: Origin; readonly fixture: string } | null> {
    const path = this.#folder.current
    if (path === null) return null
    try {
      const { document, store } = await openStore(path)
      this.#store = store
      const origin = restoreWorld(path, document)
      this.#read = origin.forge.world
      return { origin, fixture: document.fixture }
    } catch (error) {
      throw DataFolderError.of(path, error)
    }
  }

  /** Puts another world in the place of the one that there is. When it throws, that one is still there. */
  async replace(origin: Origin, fixture: string): Promise<void> {
    await this.#readOn()
    const path = this.#folder.begin()
    const document = await writeWorld(path, origin, fixture)
    const store = new WorldStore(path, document, await ChangeLog.open(logPath(path), 0))
    try {
      await this.#folder.choose(path)
    } catch (error) {
      await store.close()
      throw error
    }
    await this.#store?.close()
    this.#store = store
  }

  /** Reads what has not been asked for yet: snapshots may need it when its folder is gone. */
  async #readOn(): Promise<void> {
    const world = this.#read
    // What cannot be read is told to whoever asks for it.
    for (const spec of world?.specs ?? []) await world?.repository(spec).catch(() => null)
    this.#read = null
  }

  /** Lets go of the folder. */
  async close(): Promise<void> {
    await this.#store?.close()
    this.#folder.close()
  }
}
