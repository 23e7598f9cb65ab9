import { createHash, hash } from 'node:crypto'
import type { ObjectType, Oid } from './model.ts'

/** What git writes where there is no object: the old side of a creation, the new side of a deletion. */
export const ZERO_OID: Oid = '0'.repeat(40)

const OID = /^[0-9a-f]{40}$/
const OBJECT_TYPES: ReadonlySet<string> = new Set(['commit', 'tree', 'blob', 'tag'])

export function isOid(text: string): boolean {
  return OID.test(text)
}

export function isObjectType(text: string): text is ObjectType {
  return OBJECT_TYPES.has(text)
}

/** Reused for every small object, as hashing one call at a time costs half of what a Hash object does. */
const scratch = Buffer.allocUnsafeSlow(4096)
const LONGEST_HEADER = 32

/** The id that git gives to these bytes: SHA-1 over `type length\0` and the data. */
export function hashObject(type: ObjectType, data: Buffer): Oid {
  const header = `${type} ${data.length}\0`
  if (data.length > scratch.length - LONGEST_HEADER) {
    return createHash('sha1').update(header).update(data).digest('hex')
  }
  const start = scratch.write(header, 'latin1')
  const end = start + data.copy(scratch, start)
  return hash('sha1', scratch.subarray(0, end), 'hex')
}
