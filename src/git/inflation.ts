/**
 * Inflating many small pieces. `inflateSync` makes an engine, a stream and some event listeners for every call, which for a tag
 * object costs several times the work itself. So one engine is kept and asked again and again.
 *
 * Node has no public call for that: what is used is what its own `inflateSync` stands on. It is tried out before it is
 * trusted, and where it does not behave as expected `inflateSync` does the work.
 */
import { constants, createInflate, deflateSync, inflateSync, type Zlib } from 'node:zlib'
import { compactBuffer, copyBytes } from './object-slab.ts'

export interface Inflated {
  readonly data: Buffer
  /** Where the deflated bytes end. */
  readonly end: number
}

interface Engine {
  reset(): void
  readonly _handle: {
    onerror: () => void
    writeSync(
      flush: number,
      from: Buffer,
      at: number,
      size: number,
      to: Buffer,
      toAt: number,
      room: number,
    ): void
  }
  /** How much room and how much input the last call left over. */
  readonly _writeState: Uint32Array
}

const LARGEST_SMALL = 64 * 1024
/** One byte more than is expected, so that too long a result shows. */
const room = Buffer.allocUnsafeSlow(LARGEST_SMALL + 1)

let engine: Engine | null | undefined
let failed = false

/**
 * The data deflated at this place, in memory of exactly its size. Null when it is damaged, ends too early or does not come to
 * `size` bytes; never allocates much more than that.
 */
export function inflateExactly(source: Buffer, at: number, size: number): Inflated | null {
  const inflated = inflateForNow(source, at, size)
  if (inflated === null || inflated.data.buffer !== room.buffer) return inflated
  return { data: copyBytes(inflated.data, 0, size), end: inflated.end }
}

/** As inflateExactly, but the data lasts only until something else is inflated: memory of its own costs half of the work. */
export function inflateForNow(source: Buffer, at: number, size: number): Inflated | null {
  if (size > LARGEST_SMALL) return inflateOnce(source, at, size)
  if (engine === undefined) engine = openTriedEngine()
  return engine === null ? inflateOnce(source, at, size) : inflateWith(engine, source, at, size)
}

function inflateWith(used: Engine, source: Buffer, at: number, size: number): Inflated | null {
  failed = false
  used.reset()
  used._handle.writeSync(constants.Z_FINISH, source, at, source.length - at, room, 0, size + 1)
  const [roomLeft, inputLeft = 0] = used._writeState
  if (failed || roomLeft !== 1) return null
  return { data: room.subarray(0, size), end: source.length - inputLeft }
}

function inflateOnce(source: Buffer, at: number, size: number): Inflated | null {
  const chunkSize = Math.min(size + 64, LARGEST_SMALL)
  try {
    // With `info`, which the typings do not know, the answer also holds the engine.
    const options = { info: true, chunkSize, maxOutputLength: Math.max(size, 1) }
    const answer = inflateSync(source.subarray(at), options) as unknown as { buffer: Buffer; engine: Zlib }
    if (answer.buffer.length !== size) return null
    return { data: compactBuffer(answer.buffer), end: at + answer.engine.bytesWritten }
  } catch {
    return null
  }
}

function openTriedEngine(): Engine | null {
  const expected = Buffer.from('a text that is deflated, and a text that is inflated')
  const deflated = deflateSync(expected)
  const damaged = Buffer.from(deflated)
  damaged.writeUInt8(damaged.readUInt8(10) ^ 0xff, 10)
  try {
    const candidate = createInflate() as unknown as Engine
    candidate._handle.onerror = () => {
      failed = true
    }
    const refuses = inflateWith(candidate, damaged, 0, expected.length) === null
    const inflated = inflateWith(candidate, Buffer.concat([deflated, deflated]), 0, expected.length)
    const right = inflated?.data.equals(expected) === true && inflated.end === deflated.length
    return refuses && right ? candidate : null
  } catch {
    return null
  }
}
