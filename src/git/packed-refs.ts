import type { Oid } from './model.ts'
import { isOid } from './object-id.ts'

const LINE_FEED = 0x0a
const OID_DIGITS = 40

/**
 * Reads a `packed-refs` file: `id name` lines in any order. Comments (`#`) and the peeled ids of tags (`^`) are passed over,
 * as objects say it themselves. Names and ids are cut from the bytes, so that none keeps the text of the file alive.
 */
export function* parsePackedRefs(data: Buffer): Generator<readonly [name: string, oid: Oid]> {
  let at = 0
  while (at < data.length) {
    const feed = data.indexOf(LINE_FEED, at)
    const end = feed < 0 ? data.length : feed
    const oid = data.toString('latin1', at, Math.min(at + OID_DIGITS, end))
    if (isOid(oid)) yield [data.toString('utf8', at + OID_DIGITS + 1, end).trimEnd(), oid]
    at = end + 1
  }
}
