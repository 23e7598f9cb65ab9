import { PacketParser } from './packet-parser.ts'
import type { Packet } from './pkt-line.ts'

/** Packets out of a stream of bytes, one at a time, and then whatever follows them. Never holds more than one chunk. */
export class PacketStream {
  readonly #source: AsyncIterator<Buffer>
  readonly #parser = new PacketParser()

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** The next packet when it is here already; waiting for a hundred thousand that are costs more than reading them. Throws as `read`. */
  ready(): Packet | undefined {
    return this.#parser.next()
  }

  /** The next packet, or null at the end of the stream. Throws WireError when it is malformed or the stream ends within it. */
  async read(): Promise<Packet | null> {
    for (;;) {
      const packet = this.#parser.next()
      if (packet !== undefined) return packet
      const { done, value } = await this.#source.next()
      if (done) {
        this.#parser.finish()
        return null
      }
      this.#parser.feed(value)
    }
  }

  /** The bytes after the packets that were read, as they come: the pack of a push. Reading packets ends here. */
  async *rest(): AsyncGenerator<Buffer> {
    yield* this.#parser.takeRest()
    for (let next = await this.#source.next(); !next.done; next = await this.#source.next()) yield next.value
  }
}
