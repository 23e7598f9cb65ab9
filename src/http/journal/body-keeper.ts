import type { KeptBody } from './exchange.ts'

/** Keeps the beginning of a body: never more than `limit` bytes of it, and no copy of what is kept as it is. */
export class BodyKeeper {
  readonly #limit: number
  readonly #chunks: (string | Buffer)[] = []
  #size = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get kept(): KeptBody {
    return { chunks: this.#chunks, size: this.#size, isCut: this.#size > this.#limit }
  }

  add(chunk: unknown): void {
    if (typeof chunk === 'string') this.#addText(chunk)
    else if (chunk instanceof Uint8Array) this.#addBytes(chunk)
  }

  #addText(text: string): void {
    const size = Buffer.byteLength(text)
    const room = this.#limit - this.#size
    this.#size += size
    if (size <= room) this.#chunks.push(text)
    // A slice of the string would hold on to all of it.
    else if (room > 0) this.#chunks.push(Buffer.from(text.slice(0, room)).subarray(0, room))
  }

  #addBytes(bytes: Uint8Array): void {
    const room = this.#limit - this.#size
    this.#size += bytes.length
    // A copy: chunks of a socket or of a pack are views into something larger.
    if (room > 0) this.#chunks.push(Buffer.from(bytes.subarray(0, room)))
  }
}
