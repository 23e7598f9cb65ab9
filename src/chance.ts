import { randomFillSync } from 'node:crypto'

/** Bytes of chance that are asked for at once. */
const BULK = 4096

/**
 * Random words of one length. Both to ask for chance and to put text together are dear for a single word, so both are done
 * for hundreds at once. `write` puts bytes into characters.
 */
export class RandomWords {
  readonly #length: number
  readonly #write: (bytes: Buffer) => string
  #store = ''
  #used = 0

  constructor(length: number, write: (bytes: Buffer) => string) {
    this.#length = length
    this.#write = write
  }

  /** The next one. */
  next(): string {
    if (this.#used + this.#length > this.#store.length) {
      this.#store = this.#write(randomFillSync(Buffer.allocUnsafe(BULK)))
      this.#used = 0
    }
    this.#used += this.#length
    return this.#store.slice(this.#used - this.#length, this.#used)
  }
}

export const hexDigits = (bytes: Buffer): string => bytes.toString('hex')
