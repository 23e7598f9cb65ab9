import type { ObjectType, Oid, RawObject } from '../../git/model.ts'
import { hashObject } from '../../git/object-id.ts'

/** An object as the log has it: type, space, base64. */
export function encodeObject({ type, data }: RawObject): string {
  return `${type} ${data.toString('base64')}`
}

export function decodeObject(text: string): RawObject & { readonly oid: Oid } {
  const space = text.indexOf(' ')
  const type = text.slice(0, space) as ObjectType
  const data = Buffer.from(text.slice(space + 1), 'base64')
  return { oid: hashObject(type, data), type, data }
}
