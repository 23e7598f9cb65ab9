/** What comes in when it likes and is taken out in order, until it is closed. */
export class Mailbox<T> {
  #waiting: T[] = []
  #isClosed = false
  #wake: () => void = () => {}

  put(item: T): void {
    if (this.#isClosed) return
    this.#waiting.push(item)
    this.#wake()
  }

  /** Nothing comes in any more; what has come is still to be taken out. */
  close(): void {
    this.#isClosed = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    while (true) {
      const items = this.#waiting
      this.#waiting = []
      yield* items
      if (this.#waiting.length > 0) continue
      if (this.#isClosed) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
