import { createHash } from 'node:crypto'
import type { ObjectType, Oid } from './model.ts'
import { hashObject } from './object-id.ts'
import type { Pacer } from './wire/pacer.ts'

/** What is hashed in about a millisecond. */
const SLICE = 1024 * 1024

/** As hashObject, with breaks for others on the event loop where the object is large. */
export async function hashLargeObject(type: ObjectType, data: Buffer, pacer: Pacer): Promise<Oid> {
  if (data.length <= SLICE) return hashObject(type, data)
  const hash = createHash('sha1').update(`${type} ${data.length}\0`)
  for (let at = 0; at < data.length; at += SLICE) {
    hash.update(data.subarray(at, at + SLICE))
    if (pacer.isDue) await pacer.rest()
  }
  return hash.digest('hex')
}
