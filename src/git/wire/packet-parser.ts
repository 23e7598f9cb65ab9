import { LENGTH_DIGITS, LONGEST_PACKET, type Packet } from './pkt-line.ts'
import { WireError } from './wire-error.ts'

const HEX = /^[0-9a-fA-F]{4}$/

/**
 * Takes pkt-lines out of bytes that arrive in pieces, wherever these are cut. Of what was fed it keeps only what has not been
 * read yet; a packet that is spread over pieces is put together in memory of exactly its size.
 */
export class PacketParser {
  #chunks: Buffer[] = []
  /** How much of the first chunk has been read. */
  #at = 0
  readonly #digits = Buffer.alloc(LENGTH_DIGITS)
  #digitsRead = 0
  /** The payload that is being put together. */
  #payload: Buffer | null = null
  #payloadRead = 0

  feed(chunk: Buffer): void {
    if (chunk.length > 0) this.#chunks.push(chunk)
  }

  /** The next packet, or undefined until more is fed. Throws WireError at a length that no packet has. */
  next(): Packet | undefined {
    if (this.#payload === null) {
      if (!this.#readDigits()) return undefined
      const length = parseLength(this.#digits)
      this.#digitsRead = 0
      if (typeof length === 'string') return length
      const whole = this.#takeWhole(length)
      if (whole) return whole
      this.#payload = Buffer.allocUnsafeSlow(length)
      this.#payloadRead = 0
    }
    return this.#readPayload(this.#payload)
  }

  /** Says that nothing more will come. Throws WireError when a packet has begun. */
  finish(): void {
    if (this.#digitsRead > 0 || this.#payload !== null)
      throw new WireError('the remote end hung up unexpectedly')
  }

  /** What was fed beyond the packets read so far: the bytes of a pack that follows them. Call it between packets. */
  takeRest(): Buffer[] {
    const [first, ...others] = this.#chunks
    const rest = first === undefined ? [] : [first.subarray(this.#at), ...others]
    this.#chunks = []
    this.#at = 0
    return rest
  }

  #readDigits(): boolean {
    this.#digitsRead += this.#fill(this.#digits, this.#digitsRead)
    return this.#digitsRead === LENGTH_DIGITS
  }

  #readPayload(payload: Buffer): Buffer | undefined {
    this.#payloadRead += this.#fill(payload, this.#payloadRead)
    if (this.#payloadRead < payload.length) return undefined
    this.#payload = null
    return payload
  }

  /** A payload that lies in one piece needs no copy. */
  #takeWhole(length: number): Buffer | null {
    const chunk = this.#chunks[0]
    if (chunk === undefined || chunk.length - this.#at < length) return null
    const payload = chunk.subarray(this.#at, this.#at + length)
    this.#advance(chunk, length)
    return payload
  }

  /** Copies what there is into `target` from `start` on, and answers how much that was. */
  #fill(target: Buffer, start: number): number {
    let filled = 0
    for (let chunk = this.#chunks[0]; chunk && start + filled < target.length; chunk = this.#chunks[0]) {
      const copied = chunk.copy(target, start + filled, this.#at)
      filled += copied
      this.#advance(chunk, copied)
    }
    return filled
  }

  #advance(chunk: Buffer, by: number): void {
    this.#at += by
    if (this.#at < chunk.length) return
    this.#chunks.shift()
    this.#at = 0
  }
}

/** All packets of a whole message. Throws WireError when it is malformed or ends within a packet. */
export function parsePackets(message: Buffer): Packet[] {
  const parser = new PacketParser()
  parser.feed(message)
  const packets: Packet[] = []
  for (let packet = parser.next(); packet !== undefined; packet = parser.next()) packets.push(packet)
  parser.finish()
  return packets
}

/** The size of the payload, or the packet that has none. */
function parseLength(digits: Buffer): number | Exclude<Packet, Buffer> {
  const text = digits.toString('latin1')
  if (!HEX.test(text))
    throw new WireError(`protocol error: bad line length character: ${JSON.stringify(text).slice(1, -1)}`)
  const length = Number.parseInt(text, 16)
  if (length === 0) return 'flush'
  if (length === 1) return 'delim'
  if (length === 2) return 'response-end'
  if (length < LENGTH_DIGITS || length > LONGEST_PACKET)
    throw new WireError(`protocol error: bad line length ${length}`)
  return length - LENGTH_DIGITS
}
