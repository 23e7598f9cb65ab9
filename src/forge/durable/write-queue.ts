/** One write to the disk, for all who wait for it. */
interface Turn {
  readonly done: Promise<void>
  resolve(): void
  reject(error: Error): void
}

/** Writes one after the other. Whoever comes during one shares the next with all others who do. */
export class WriteQueue {
  readonly #write: () => Promise<void>
  #running: Turn | null = null
  #next: Turn | null = null

  /** `write` is to write all that there is at the moment when it is called. */
  constructor(write: () => Promise<void>) {
    this.#write = write
  }

  get isIdle(): boolean {
    return this.#running === null && this.#next === null
  }

  /** Done when all that is known of by now is written; null when there is nothing to wait for. */
  get pending(): Promise<void> | null {
    return (this.#next ?? this.#running)?.done ?? null
  }

  /** Has all written that there is; throws what `write` throws. */
  schedule(): Promise<void> {
    const turn = this.#next ?? newTurn()
    this.#next = turn
    if (this.#running === null) void this.#work()
    return turn.done
  }

  /** Turns those away who wait for the next write. */
  rejectNext(error: Error): void {
    this.#next?.reject(error)
    this.#next = null
  }

  async #work(): Promise<void> {
    for (let turn = this.#next; turn; turn = this.#next) {
      this.#next = null
      this.#running = turn
      await this.#write().then(turn.resolve, turn.reject)
    }
    this.#running = null
  }
}

function newTurn(): Turn {
  let settle: Pick<Turn, 'resolve' | 'reject'> | null = null
  const done = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject }
  })
  // It may be that nobody waits.
  done.catch(() => {})
  return { done, ...settle! }
}
