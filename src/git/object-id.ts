import { createHash } from 'node:crypto'
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

/** The id that git gives to these bytes: SHA-1 over `type length\0` and the data. */
export function hashObject(type: ObjectType, data: Buffer): Oid {
  return createHash('sha1').update(`${type} ${data.length}\0`).update(data).digest('hex')
}
