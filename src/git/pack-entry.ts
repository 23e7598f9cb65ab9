/**
 * One entry of a pack: a header (kind and size, then what a delta is based on), then the deflated data.
 * https://git-scm.com/docs/gitformat-pack
 */
import { type Inflated, inflateExactly } from './inflation.ts'
import type { ObjectType, Oid } from './model.ts'
import { PackDamage } from './pack-damage.ts'

const KINDS = [null, 'commit', 'tree', 'blob', 'tag', null, 'ofs-delta', 'ref-delta'] as const
const OID_BYTES = 20
/** No entry may claim more (1 GiB): the claim is only believed once the data is there, but it must fit a Buffer. */
const LARGEST_OBJECT = 2 ** 30

export type PackEntryHeader = {
  /** Bytes of the data once inflated: the object's, or the delta's. */
  readonly size: number
  /** Where the deflated data begins. */
  readonly dataAt: number
} & (
  | { readonly kind: ObjectType }
  | { readonly kind: 'ofs-delta' /** Where the base's entry begins. */; readonly baseAt: number }
  | { readonly kind: 'ref-delta'; readonly base: Oid }
)

/**
 * Reads the header of the entry at `at`. `origin` says where in the pack the buffer begins, when it holds a stretch of it only;
 * places of bases are counted from the beginning of the pack. Throws PackDamage.
 */
export function readPackEntryHeader(pack: Buffer, at: number, origin = 0): PackEntryHeader {
  let next = at
  let byte = byteAt(pack, next)
  next += 1
  const kind = KINDS[(byte >> 4) & 7] ?? null
  let size = byte & 15
  for (let unit = 16; byte > 127; unit *= 128) {
    byte = byteAt(pack, next)
    next += 1
    size += (byte & 127) * unit
    if (size > LARGEST_OBJECT) throw new PackDamage('an entry is too large')
  }
  if (kind === null) throw new PackDamage('an entry has no known kind')
  if (kind === 'ofs-delta') return { kind, size, ...readBaseOffset(pack, origin + at, next) }
  if (kind !== 'ref-delta') return { kind, size, dataAt: next }
  const dataAt = next + OID_BYTES
  if (dataAt > pack.length) throw new PackDamage('the pack ends within an entry')
  return { kind, size, base: pack.toString('hex', next, dataAt), dataAt }
}

/** Writes the header of an entry that is not a delta. */
export function encodePackEntryHeader(type: ObjectType, size: number): Buffer {
  return encodeKindAndSize(type, size)
}

/** Writes the header of a delta that names its base by id. `size` is that of the inflated delta. */
export function encodeDeltaHeader({ base, size }: { readonly base: Oid; readonly size: number }): Buffer {
  return Buffer.concat([encodeKindAndSize('ref-delta', size), Buffer.from(base, 'hex')])
}

function encodeKindAndSize(kind: ObjectType | 'ref-delta', size: number): Buffer {
  const bytes: number[] = []
  let byte = (KINDS.indexOf(kind) << 4) | (size & 15)
  let rest = Math.floor(size / 16)
  while (rest > 0) {
    bytes.push(byte | 128)
    byte = rest & 127
    rest = Math.floor(rest / 128)
  }
  return Buffer.from([...bytes, byte])
}

/** Inflates data that must come to exactly `size` bytes, allocating little more than that. Throws PackDamage. */
export function inflatePackData(pack: Buffer, dataAt: number, size: number): Inflated {
  const inflated = inflateExactly(pack, dataAt, size)
  if (inflated === null) throw new PackDamage('an entry cannot be inflated to the size it claims')
  return inflated
}

/**
 * The distance to the base, from an entry that begins at `at` in the pack: big-endian groups of seven bits, where each further
 * byte also adds one (so no number has two spellings).
 */
function readBaseOffset(pack: Buffer, at: number, start: number): { baseAt: number; dataAt: number } {
  let next = start
  let byte = byteAt(pack, next)
  next += 1
  let distance = byte & 127
  while (byte > 127) {
    byte = byteAt(pack, next)
    next += 1
    distance = (distance + 1) * 128 + (byte & 127)
    if (distance > at) throw new PackDamage('a delta is based on something before the pack')
  }
  if (distance === 0 || distance > at) throw new PackDamage('a delta is based on something outside the pack')
  return { baseAt: at - distance, dataAt: next }
}

function byteAt(pack: Buffer, at: number): number {
  const byte = pack[at]
  if (byte === undefined) throw new PackDamage('the pack ends within an entry')
  return byte
}
