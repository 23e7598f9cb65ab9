/**
 * A pack's `.idx`: its object ids in order, and where in the pack each begins. Version 1 keeps offset and id side by side,
 * version 2 in tables of their own, with offsets of 2 GiB and more in a third, and knows a CRC-32 sum of each entry.
 * https://git-scm.com/docs/gitformat-pack#_pack_idx_files_have_the_following_format
 */
import { compareOid, headIn, headOf } from './hex-digits.ts'
import type { Oid } from './model.ts'
import { PackDamage } from './pack-damage.ts'
import { type IndexTables, layOutIndex } from './pack-index-layout.ts'
import { PackPlaces } from './pack-places.ts'

const OID_BYTES = 20
const TRAILER_BYTES = 40
const FAR = 0x80000000

export class PackIndex {
  readonly count: number
  /** The checksum of the pack that this index belongs to, in hexadecimal. */
  readonly packChecksum: string
  readonly #data: Buffer
  readonly #tables: IndexTables
  /** The heads of all ids: numbers are compared in no time. */
  readonly #heads: Int32Array
  #places: PackPlaces | null = null

  /** Throws PackDamage when the tables do not fit the file. */
  constructor(data: Buffer) {
    this.#data = data
    this.#tables = layOutIndex(data)
    this.count = this.#tables.count
    this.packChecksum = data.toString('hex', data.length - TRAILER_BYTES, data.length - OID_BYTES)
    this.#heads = readHeads(data, this.#tables)
  }

  /** The row of an object, or -1. */
  find(oid: Oid): number {
    const head = headOf(oid)
    for (let row = this.#lowerBound(head); this.#heads[row] === head; row += 1) {
      const order = compareOid(oid, this.#data, this.#oidPlace(row))
      if (order === 0) return row
      if (order < 0) return -1
    }
    return -1
  }

  has(oid: Oid): boolean {
    return this.find(oid) >= 0
  }

  oidAt(row: number): Oid {
    const at = this.#oidPlace(row)
    return this.#data.toString('hex', at, at + OID_BYTES)
  }

  oidsWithPrefix(prefix: string, limit: number): Oid[] {
    const found: Oid[] = []
    const first = this.#lowerBound(headOf(prefix.padEnd(8, '0')))
    for (let row = first; row < this.count && found.length < limit; row += 1) {
      const oid = this.oidAt(row)
      if (oid.startsWith(prefix)) found.push(oid)
      else if (oid > prefix) return found
    }
    return found
  }

  /** Where the entry of a row begins in the pack. Throws PackDamage for an offset that the index does not hold. */
  offsetAt(row: number): number {
    const { offsetsAt, offsetStride, farAt, farEnd } = this.#tables
    const offset = this.#data.readUInt32BE(offsetsAt + row * offsetStride)
    if (offset < FAR || farAt === 0) return offset
    const at = farAt + (offset - FAR) * 8
    if (at + 8 > farEnd) throw new PackDamage('the index holds an offset that it does not have')
    return Number(this.#data.readBigUInt64BE(at))
  }

  /** The CRC-32 sum of the entry's bytes in the pack; null in version 1, which has none. */
  crcAt(row: number): number | null {
    const { crcsAt } = this.#tables
    return crcsAt === null ? null : this.#data.readUInt32BE(crcsAt + row * 4)
  }

  /** The entries in the order of the pack, put in order on first use. Throws PackDamage as offsetAt does. */
  get places(): PackPlaces {
    if (this.#places) return this.#places
    const offsets = new Float64Array(this.count)
    for (let row = 0; row < this.count; row += 1) offsets[row] = this.offsetAt(row)
    this.#places = new PackPlaces(offsets)
    return this.#places
  }

  /** The first row whose id does not begin with a smaller head. */
  #lowerBound(head: number): number {
    const firstByte = (head >>> 20) & 0xff
    let low = firstByte === 0 ? 0 : this.#bucketEnd(firstByte - 1)
    let high = this.#bucketEnd(firstByte)
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#heads[middle]! < head) low = middle + 1
      else high = middle
    }
    return low
  }

  #bucketEnd(firstByte: number): number {
    return this.#data.readUInt32BE(this.#tables.fanoutAt + firstByte * 4)
  }

  #oidPlace(row: number): number {
    return this.#tables.oidsAt + row * this.#tables.oidStride
  }
}

function readHeads(data: Buffer, { count, oidsAt, oidStride }: IndexTables): Int32Array {
  const heads = new Int32Array(count)
  for (let row = 0; row < count; row += 1) heads[row] = headIn(data, oidsAt + row * oidStride)
  return heads
}
