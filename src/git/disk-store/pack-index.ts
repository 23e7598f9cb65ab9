import { createHash } from 'node:crypto'
import { compareBytes } from '../byte-compare.ts'
import type { Oid } from '../model.ts'

/** Where an object is in a pack. */
export interface PackedPlace {
  readonly oid: Oid
  /** Of the entry, from the beginning of the pack. */
  readonly at: number
  /** CRC-32 of the entry as it is in the pack. */
  readonly sum: number
}

const MAGIC = 0xff744f63
const VERSION = 2
const HEADER_BYTES = 8
const FANOUT_BYTES = 256 * 4
const OID_BYTES = 20

/**
 * The index of a pack, version 2. No pack may be larger than 2 GiB, as places beyond that are written differently.
 * https://git-scm.com/docs/gitformat-pack#_version_2_pack_idx_files_support_packs_larger_than_4_gib_and
 */
export function encodePackIndex(places: readonly PackedPlace[], packChecksum: Buffer): Buffer {
  const sorted = places.toSorted((a, b) => compareBytes(a.oid, b.oid))
  const oidsAt = HEADER_BYTES + FANOUT_BYTES
  const sumsAt = oidsAt + sorted.length * OID_BYTES
  const offsetsAt = sumsAt + sorted.length * 4
  const index = Buffer.alloc(offsetsAt + sorted.length * 4 + 2 * OID_BYTES)
  index.writeUInt32BE(MAGIC, 0)
  index.writeUInt32BE(VERSION, 4)
  sorted.forEach(({ oid, at, sum }, row) => {
    index.write(oid, oidsAt + row * OID_BYTES, 'hex')
    index.writeUInt32BE(sum, sumsAt + row * 4)
    index.writeUInt32BE(at, offsetsAt + row * 4)
  })
  writeFanout(index, oidsAt, sorted.length)
  const end = offsetsAt + sorted.length * 4
  packChecksum.copy(index, end)
  createHash('sha1')
    .update(index.subarray(0, end + OID_BYTES))
    .digest()
    .copy(index, end + OID_BYTES)
  return index
}

/** For each first byte, how many ids begin with it or a smaller one. */
function writeFanout(index: Buffer, oidsAt: number, count: number): void {
  let row = 0
  for (let first = 0; first < 256; first += 1) {
    while (row < count && index[oidsAt + row * OID_BYTES]! <= first) row += 1
    index.writeUInt32BE(row, HEADER_BYTES + first * 4)
  }
}
