import type { Sandbox, SandboxWatcher } from '../sandbox.ts'
import type { Worlds } from '../worlds.ts'
import { KeptWorld } from './kept-world.ts'
import { Ledger } from './ledger.ts'
import { DataFolderError, NotWrittenError } from './problem.ts'
import { WriteQueue } from './write-queue.ts'

export interface KeeperOptions {
  readonly path: string
  /** Tells the fixture that the server begins with from others. */
  readonly fixture: string
  /** Is told why something could not be written. */
  report(error: Error): void
}

/** What a request knows of itself. */
export interface Errand {
  /** What `failures` was when it began. */
  readonly since: number
  /** Whether it may have changed something that is no ref. */
  readonly isWrite: boolean
}

/**
 * Keeps the main world of a server on the disk. Memory is changed first and at once; no answer leaves before what it may have
 * seen or done is on the disk. Whatever comes up during one write shares the next.
 */
export class Keeper implements SandboxWatcher {
  /** Whether the folder held a world that began with another fixture. */
  readonly isForeign: boolean
  readonly #options: KeeperOptions
  readonly #worlds: Worlds
  readonly #kept: KeptWorld
  /** Of the forge that is in use. */
  #ledger: Ledger
  /** Of the forge that the disk has; another one between a reset and the write of the new world. */
  #durable: Ledger
  #isReplaced = false
  #isRestoring = false
  #isClosed = false
  readonly #queue = new WriteQueue(() => this.#write())
  #failures = 0
  #failure: NotWrittenError | null = null

  private constructor(worlds: Worlds, kept: KeptWorld, options: KeeperOptions, isForeign: boolean) {
    this.isForeign = isForeign
    this.#worlds = worlds
    this.#kept = kept
    this.#options = options
    this.#ledger = this.#follow()
    this.#durable = this.#ledger
  }

  /** Takes the world of a folder in, or puts the one that there is into an empty folder. Throws DataFolderError. */
  static async open(worlds: Worlds, options: KeeperOptions): Promise<Keeper> {
    const kept = await KeptWorld.open(options.path)
    try {
      const known = await kept.load()
      if (known) worlds.main.restore(known.origin)
      const isForeign = known !== null && known.fixture !== options.fixture
      const keeper = new Keeper(worlds, kept, options, isForeign)
      if (!known) await keeper.#saveWhole()
      worlds.watch(keeper)
      return keeper
    } catch (error) {
      await kept.close()
      throw DataFolderError.of(kept.path, error)
    }
  }

  get path(): string {
    return this.#kept.path
  }

  /** How often something could not be written; it is undone then. */
  get failures(): number {
    return this.#failures
  }

  /** Null when all that is to be seen is on the disk. Otherwise done when it is; throws NotWrittenError when it is undone. */
  settle({ since, isWrite }: Errand): Promise<void> | null {
    if (since < this.#failures && this.#failure) return Promise.reject(this.#failure)
    const isBehind = this.#isReplaced || this.#ledger.hasMoved || (isWrite && this.#ledger.isChanged)
    return isBehind ? this.#schedule() : this.#queue.pending
  }

  restarted(sandbox: Sandbox): void {
    if (sandbox !== this.#worlds.main || this.#isRestoring) return
    this.#isReplaced = true
    void this.#schedule()
  }

  ended(): void {}

  /** Writes what is left to write, and lets go of the folder. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    try {
      await this.settle({ since: this.#failures, isWrite: true })
      this.#isClosed = true
      if (this.#kept.store.hasLog) await this.#kept.store.compact()
    } catch (error) {
      this.#options.report(error as Error)
    }
    this.#isClosed = true
    this.#ledger.close()
    this.#durable.close()
    await this.#kept.close()
  }

  #schedule(): Promise<void> {
    if (this.#isClosed) return Promise.reject(new NotWrittenError(this.path, 'the server is closing'))
    return this.#queue.schedule()
  }

  async #write(): Promise<void> {
    try {
      await (this.#isReplaced ? this.#replace() : this.#saveChanges())
    } catch (error) {
      throw this.#fail(error)
    }
  }

  async #saveChanges(): Promise<void> {
    const ledger = this.#ledger
    const { store } = this.#kept
    const batch = await ledger.capture(store.nextSequence)
    if (batch === null) return
    try {
      await store.commit(batch)
    } catch (error) {
      ledger.lost()
      if (ledger === this.#ledger && !this.#isReplaced) this.#worlds.main.clock.follow(ledger.savedClock)
      await store.rewriteRefs(batch.writes).catch(() => {})
      throw error
    }
    ledger.landed()
    // What was to be saved is safe without it.
    if (store.isLogLong) await store.compact().catch(this.#options.report)
  }

  /** Writes a world that has taken the place of the one before. */
  async #replace(): Promise<void> {
    this.#isReplaced = false
    const ledger = this.#follow()
    this.#ledger = ledger
    try {
      await this.#saveWhole()
    } catch (error) {
      ledger.close()
      this.#goBack()
      throw error
    }
    this.#durable.close()
    this.#durable = ledger
  }

  /** Brings the world back that the disk has. */
  #goBack(): void {
    const { main } = this.#worlds
    const before = this.#durable
    before.lost()
    before.close()
    this.#isReplaced = false
    this.#isRestoring = true
    main.restore({ forge: before.forge, clock: before.savedClock })
    this.#isRestoring = false
    this.#ledger = this.#follow(before)
    this.#durable = this.#ledger
  }

  /** Notes a failure for all whose changes are undone by it. */
  #fail(error: unknown): NotWrittenError {
    const failure = new NotWrittenError(this.path, error)
    this.#failures += 1
    this.#failure = failure
    this.#options.report(failure)
    // What they have done is undone, too; unless it was in a world that has been replaced, which is yet to be written.
    if (!this.#isReplaced) this.#queue.rejectNext(failure)
    return failure
  }

  #follow(before?: Ledger): Ledger {
    const { main } = this.#worlds
    return new Ledger(main.forge, main.clock, () => this.#startSoon(), before)
  }

  /** A change is written even if nobody waits for it: its client may have gone. */
  #startSoon(): void {
    if (!this.#queue.isIdle) return
    setImmediate(() => {
      if (this.#ledger.hasMoved && !this.#isClosed) void this.#schedule()
    })
  }

  /** The world as it is at this moment. */
  #saveWhole(): Promise<void> {
    return this.#kept.replace(this.#worlds.main.capture(), this.#options.fixture)
  }
}
