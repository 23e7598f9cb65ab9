import { createHash } from 'node:crypto'

const EMPTY = Buffer.alloc(0)

/**
 * A stretch of a stream of bytes: from where a reader is, as far ahead as it had to look. Everything that the reader has
 * passed goes into a SHA-1 sum and is forgotten.
 */
export class ByteWindow {
  readonly #source: AsyncIterator<Buffer>
  readonly #hash = createHash('sha1')
  #bytes: Buffer = EMPTY
  #at = 0
  /** How much of `bytes` is in the sum. */
  #summed = 0
  /** Where in the stream `bytes` begins. */
  #origin = 0

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** Bytes of the stream; those before `at` have been passed. Replaced by `need`, never mutated. */
  get bytes(): Buffer {
    return this.#bytes
  }

  /** Where the reader is in `bytes`. */
  get at(): number {
    return this.#at
  }

  /** Where in the stream `bytes` begins. */
  get origin(): number {
    return this.#origin
  }

  /** How much lies ahead without waiting. */
  get ahead(): number {
    return this.#bytes.length - this.#at
  }

  /** Waits until `count` bytes lie ahead; answers false when the stream ends before. What there is can still be read then. */
  async need(count: number): Promise<boolean> {
    if (this.ahead >= count) return true
    this.#sum()
    const pieces = [this.#bytes.subarray(this.#at)]
    let size = this.ahead
    while (size < count) {
      const { done, value } = await this.#source.next()
      if (done) break
      pieces.push(value)
      size += value.length
    }
    this.#origin += this.#at
    this.#bytes = Buffer.concat(pieces, size)
    this.#at = 0
    this.#summed = 0
    return size >= count
  }

  /** Passes bytes that lie ahead. */
  advance(count: number): void {
    this.#at += count
  }

  /** The SHA-1 sum of all that was passed. Ends the reading. */
  digest(): Buffer {
    this.#sum()
    return this.#hash.digest()
  }

  #sum(): void {
    this.#hash.update(this.#bytes.subarray(this.#summed, this.#at))
    this.#summed = this.#at
  }
}
