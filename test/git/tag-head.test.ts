import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashObject } from '../../src/git/object-id.ts'
import { decodeTag, decodeUnusual, encodeTag } from '../../src/git/tag-codec.ts'
import { readTagHead } from '../../src/git/tag-head.ts'
import { anyMessage, anyOid, anySignature } from './any-signature.ts'

const anyTag = fc
  .record({
    object: anyOid,
    objectType: fc.constantFrom('commit', 'tree', 'blob', 'tag'),
    name: fc.oneof(fc.constant('v1.0.0'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 600 })),
    tagger: fc.option(anySignature),
    message: anyMessage,
    signature: fc.constant(null),
  })
  .map(encodeTag)

/** A byte of the head becomes another, or is left out: what old tools and damage make of a tag. */
const anySpoiled = fc
  .tuple(anyTag, fc.nat(), fc.constantFrom('', '\n', ' ', '>', '<', '-', 'x', '0', '\0'))
  .map(([data, place, put]) => {
    const at = place % Math.min(data.length, 200)
    return Buffer.concat([data.subarray(0, at), Buffer.from(put), data.subarray(at + 1)])
  })

/** What a reading comes to, failures included. */
function attempt(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    return String(error)
  }
}

describe('decodeTag', () => {
  it('reads what it would read header by header, and fails as that does, whatever the bytes', () => {
    const anyBytes = fc.tuple(fc.oneof(anyTag, anySpoiled), fc.nat(), fc.uint8Array({ maxLength: 3 }))
    fc.assert(
      fc.property(anyBytes, ([tag, place, bytes]) => {
        const at = place % tag.length
        const data = Buffer.concat([tag.subarray(0, at), bytes, tag.subarray(at)])
        const oid = hashObject('tag', data)
        expect(attempt(() => decodeTag(oid, data))).toEqual(attempt(() => decodeUnusual(oid, data)))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('readTagHead', () => {
  it('reads what decodeTag reads, and fails as it does, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.oneof(anyTag, anySpoiled), (data) => {
        const oid = hashObject('tag', data)
        const whole = attempt(() => {
          const { object, objectType, tagger } = decodeTag(oid, data)
          return { object, objectType, time: tagger?.time ?? 0 }
        })
        expect(attempt(() => readTagHead(oid, data))).toEqual(whole)
      }),
      { numRuns: 2000 },
    )
  })
})
