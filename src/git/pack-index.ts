/**
 * A pack's `.idx`: its object ids in order, and where in the pack each begins. Version 1 keeps offset and id side by side,
 * version 2 in tables of their own, with offsets of 2 GiB and more in a third.
 * https://git-scm.com/docs/gitformat-pack#_pack_idx_files_have_the_following_format
 */
import type { Oid } from './model.ts'
import { PackDamage } from './pack-damage.ts'

const MAGIC = 0xff744f63
const FANOUT_BYTES = 256 * 4
const OID_BYTES = 20
const TRAILER_BYTES = 40
const FAR = 0x80000000

/** Where the tables of a version lie. */
interface IndexTables {
  readonly fanoutAt: number
  readonly oidsAt: number
  readonly oidStride: number
  readonly offsetsAt: number
  readonly offsetStride: number
  /** Where the table of 64-bit offsets begins and ends; empty in version 1. */
  readonly farAt: number
  readonly farEnd: number
}

/** Reused by every search, as searches do not overlap. */
const wanted = Buffer.alloc(OID_BYTES)

export class PackIndex {
  readonly count: number
  /** The checksum of the pack that this index belongs to, in hexadecimal. */
  readonly packChecksum: string
  readonly #data: Buffer
  readonly #tables: IndexTables

  /** Throws PackDamage when the tables do not fit the file. */
  constructor(data: Buffer) {
    this.#data = data
    this.#tables = layOut(data)
    this.count = data.readUInt32BE(this.#tables.fanoutAt + FANOUT_BYTES - 4)
    this.packChecksum = data.toString('hex', data.length - TRAILER_BYTES, data.length - OID_BYTES)
  }

  /** Where the object begins in the pack, or -1. Throws PackDamage for an offset that the index does not hold. */
  find(oid: Oid): number {
    const row = this.#findRow(oid)
    return row < 0 ? -1 : this.#offsetAt(row)
  }

  has(oid: Oid): boolean {
    return this.#findRow(oid) >= 0
  }

  oidAt(row: number): Oid {
    const { oidsAt, oidStride } = this.#tables
    const at = oidsAt + row * oidStride
    return this.#data.toString('hex', at, at + OID_BYTES)
  }

  oidsWithPrefix(prefix: string, limit: number): Oid[] {
    wanted.write(prefix.padEnd(40, '0'), 'hex')
    const found: Oid[] = []
    for (let row = this.#lowerBound(wanted); row < this.count && found.length < limit; row += 1) {
      const oid = this.oidAt(row)
      if (!oid.startsWith(prefix)) return found
      found.push(oid)
    }
    return found
  }

  #findRow(oid: Oid): number {
    wanted.write(oid, 'hex')
    const row = this.#lowerBound(wanted)
    return row < this.count && this.#compareRow(row, wanted) === 0 ? row : -1
  }

  /** The first row whose id is not smaller. */
  #lowerBound(target: Buffer): number {
    const first = target[0]!
    let low = first === 0 ? 0 : this.#bucketEnd(first - 1)
    let high = this.#bucketEnd(first)
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#compareRow(middle, target) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #bucketEnd(firstByte: number): number {
    return this.#data.readUInt32BE(this.#tables.fanoutAt + firstByte * 4)
  }

  #compareRow(row: number, target: Buffer): number {
    const { oidsAt, oidStride } = this.#tables
    const at = oidsAt + row * oidStride
    // Word by word: nearly every pair differs in the first, and a call into native code costs more than all five.
    for (let byte = 0; byte < OID_BYTES; byte += 4) {
      const difference = this.#data.readUInt32BE(at + byte) - target.readUInt32BE(byte)
      if (difference !== 0) return difference
    }
    return 0
  }

  #offsetAt(row: number): number {
    const { offsetsAt, offsetStride, farAt, farEnd } = this.#tables
    const offset = this.#data.readUInt32BE(offsetsAt + row * offsetStride)
    if (offset < FAR || farAt === 0) return offset
    const at = farAt + (offset - FAR) * 8
    if (at + 8 > farEnd) throw new PackDamage('the index holds an offset that it does not have')
    return Number(this.#data.readBigUInt64BE(at))
  }
}

function layOut(data: Buffer): IndexTables {
  if (data.length < FANOUT_BYTES + TRAILER_BYTES) throw new PackDamage('the index is too short')
  const tables = data.readUInt32BE(0) === MAGIC ? layOutNewer(data) : layOutOldest(data)
  let previous = 0
  for (let bucket = 0; bucket < 256; bucket += 1) {
    const end = data.readUInt32BE(tables.fanoutAt + bucket * 4)
    if (end < previous) throw new PackDamage('the index is not in order')
    previous = end
  }
  return tables
}

function layOutOldest(data: Buffer): IndexTables {
  const count = data.readUInt32BE(FANOUT_BYTES - 4)
  const stride = OID_BYTES + 4
  const end = FANOUT_BYTES + count * stride
  if (end + TRAILER_BYTES !== data.length) throw new PackDamage('the index has the wrong length')
  const offsets = { offsetsAt: FANOUT_BYTES, offsetStride: stride, farAt: 0, farEnd: 0 }
  return { fanoutAt: 0, oidsAt: FANOUT_BYTES + 4, oidStride: stride, ...offsets }
}

function layOutNewer(data: Buffer): IndexTables {
  const version = data.readUInt32BE(4)
  if (version !== 2) throw new PackDamage(`the index has the unknown version ${version}`)
  const count = data.readUInt32BE(FANOUT_BYTES + 4)
  const oidsAt = 8 + FANOUT_BYTES
  // A table of CRC-32 sums lies between the ids and the offsets.
  const offsetsAt = oidsAt + count * (OID_BYTES + 4)
  const farAt = offsetsAt + count * 4
  const farEnd = data.length - TRAILER_BYTES
  if (farEnd < farAt || (farEnd - farAt) % 8 !== 0) throw new PackDamage('the index has the wrong length')
  return { fanoutAt: 8, oidsAt, oidStride: OID_BYTES, offsetsAt, offsetStride: 4, farAt, farEnd }
}
