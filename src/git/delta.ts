/**
 * A delta makes an object out of another: two sizes, then instructions that copy a stretch of the base or insert new bytes.
 * https://git-scm.com/docs/gitformat-pack#_deltified_representation
 */
import { PackDamage } from './pack-damage.ts'

/** The largest stretch has a three-byte size; a size of 0 stands for this much. */
const DEFAULT_COPY = 0x10000
/** Small deltas can ask for huge results. */
const LARGEST_RESULT = 2 ** 30

interface Cursor {
  at: number
}

/**
 * The object that the delta makes of the base, in memory of exactly its size. Every instruction is checked before anything is
 * allocated.
 *
 * Throws PackDamage when the delta does not fit the base, or does not come to the size it announces (`largest` at most: 1 GiB).
 */
export function applyDelta(base: Buffer, delta: Buffer, largest = LARGEST_RESULT): Buffer {
  const cursor: Cursor = { at: 0 }
  if (readSize(delta, cursor) !== base.length) throw new PackDamage('a delta is meant for another base')
  const size = readSize(delta, cursor)
  if (size > largest) throw new PackDamage('a delta asks for too large an object')
  const start = cursor.at
  if (runDelta(base, delta, start, null) !== size)
    throw new PackDamage('a delta comes to another size than it says')
  const result = Buffer.allocUnsafeSlow(size)
  runDelta(base, delta, start, result)
  return result
}

/** Follows the instructions and answers how many bytes they make; writes them when there is somewhere to. */
function runDelta(base: Buffer, delta: Buffer, start: number, result: Buffer | null): number {
  const cursor: Cursor = { at: start }
  let written = 0
  while (cursor.at < delta.length) {
    const op = readByte(delta, cursor)
    if (op === 0) throw new PackDamage('a delta holds an unknown instruction')
    const copies = op > 127
    const source = copies ? base : delta
    const from = copies ? readCopyNumber(delta, cursor, op, 4) : cursor.at
    const length = copies ? readCopyNumber(delta, cursor, op >> 4, 3) || DEFAULT_COPY : op
    if (from + length > source.length) throw new PackDamage('a delta reaches beyond its bytes')
    if (result !== null) source.copy(result, written, from, from + length)
    if (!copies) cursor.at += length
    written += length
  }
  return written
}

/** A little-endian number of which only the bytes that are not zero are written; a bit of `present` says which. */
function readCopyNumber(delta: Buffer, cursor: Cursor, present: number, bytes: number): number {
  let value = 0
  for (let place = 0; place < bytes; place += 1) {
    if ((present >> place) & 1) value += readByte(delta, cursor) * 2 ** (8 * place)
  }
  return value
}

function readSize(delta: Buffer, cursor: Cursor): number {
  let size = 0
  let unit = 1
  for (;;) {
    const byte = readByte(delta, cursor)
    size += (byte & 127) * unit
    if (byte < 128) return size
    unit *= 128
    if (unit > 2 ** 49) throw new PackDamage('a delta states an impossible size')
  }
}

function readByte(delta: Buffer, cursor: Cursor): number {
  const byte = delta[cursor.at]
  if (byte === undefined) throw new PackDamage('a delta ends too early')
  cursor.at += 1
  return byte
}
