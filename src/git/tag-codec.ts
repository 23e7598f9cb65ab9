import { fail } from '../failure.ts'
import type { ObjectType, Oid, TagObject } from './model.ts'
import { readLayout, readOidHeader } from './object-headers.ts'
import { isObjectType } from './object-id.ts'
import { decodeSignature, encodeSignature } from './signature.ts'

/** Where a signed tag's signature begins; git takes the last such line. */
const SIGNATURE_START = /^-----BEGIN (?:PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----/gm

/** All headers of a tag object as git writes it. */
const USUAL = /^object ([0-9a-f]{40})\ntype (commit|tree|blob|tag)\ntag ([^\n]*)\ntagger ([^\n]*)\n\n/

/**
 * Reads a tag object.
 *
 * Throws `object-corrupt` when it does not begin with the object, type and tag lines; the tagger may be missing.
 */
export function decodeTag(oid: Oid, data: Buffer): TagObject {
  const text = data.toString('utf8')
  const found = USUAL.exec(text)
  if (found === null) return decodeUnusual(oid, data)
  return {
    oid,
    object: found[1]!,
    objectType: found[2] as ObjectType,
    name: found[3]!,
    tagger: decodeSignature(found[4]!),
    ...splitSignature(text.slice(found[0].length)),
  }
}

/** As decodeTag, header by header. */
export function decodeUnusual(oid: Oid, data: Buffer): TagObject {
  const { headers, bodyAt } = readLayout(data)
  const [object, type, name] = headers
  const target = object?.key === 'object' ? readOidHeader(data, object) : null
  if (target === null) return fail('object-corrupt', { oid, reason: 'the tag names no object' })
  const objectType = type?.key === 'type' ? data.toString('latin1', type.start, type.end) : ''
  if (!isObjectType(objectType))
    return fail('object-corrupt', { oid, reason: 'the tag names no object type' })
  if (name?.key !== 'tag') return fail('object-corrupt', { oid, reason: 'the tag has no name' })
  const tagger = headers[3]?.key === 'tagger' ? headers[3] : null
  return {
    oid,
    object: target,
    objectType,
    name: data.toString('utf8', name.start, name.end),
    tagger: tagger === null ? null : decodeSignature(data.toString('utf8', tagger.start, tagger.end)),
    ...splitSignature(data.toString('utf8', bodyAt)),
  }
}

/** Writes a tag object as `git tag -a` does: message and signature verbatim. */
export function encodeTag(tag: Omit<TagObject, 'oid'>): Buffer {
  const tagger = tag.tagger === null ? '' : `tagger ${encodeSignature(tag.tagger)}\n`
  const head = `object ${tag.object}\ntype ${tag.objectType}\ntag ${tag.name}\n${tagger}`
  return Buffer.from(`${head}\n${tag.message}${tag.signature ?? ''}`)
}

function splitSignature(body: string): { message: string; signature: string | null } {
  if (!body.includes('-----BEGIN ')) return { message: body, signature: null }
  const last = [...body.matchAll(SIGNATURE_START)].at(-1)
  if (last === undefined) return { message: body, signature: null }
  return { message: body.slice(0, last.index), signature: body.slice(last.index) }
}
