import { PackDamage } from './pack-damage.ts'

const MAGIC = 0xff744f63
const FANOUT_BYTES = 256 * 4
const OID_BYTES = 20
const TRAILER_BYTES = 40

/** Where the tables of a pack's index lie. */
export interface IndexTables {
  readonly count: number
  readonly fanoutAt: number
  readonly oidsAt: number
  readonly oidStride: number
  /** Null in version 1. */
  readonly crcsAt: number | null
  readonly offsetsAt: number
  readonly offsetStride: number
  /** Where the table of 64-bit offsets begins and ends; empty in version 1. */
  readonly farAt: number
  readonly farEnd: number
}

/** Throws PackDamage when the tables do not fit the file. */
export function layOutIndex(data: Buffer): IndexTables {
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
  return { count, fanoutAt: 0, oidsAt: FANOUT_BYTES + 4, oidStride: stride, crcsAt: null, ...offsets }
}

function layOutNewer(data: Buffer): IndexTables {
  const version = data.readUInt32BE(4)
  if (version !== 2) throw new PackDamage(`the index has the unknown version ${version}`)
  const count = data.readUInt32BE(FANOUT_BYTES + 4)
  const oidsAt = 8 + FANOUT_BYTES
  const crcsAt = oidsAt + count * OID_BYTES
  const offsetsAt = crcsAt + count * 4
  const farAt = offsetsAt + count * 4
  const farEnd = data.length - TRAILER_BYTES
  if (farEnd < farAt || (farEnd - farAt) % 8 !== 0) throw new PackDamage('the index has the wrong length')
  const oids = { oidsAt, oidStride: OID_BYTES, crcsAt }
  return { count, fanoutAt: 8, ...oids, offsetsAt, offsetStride: 4, farAt, farEnd }
}
