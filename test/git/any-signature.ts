import fc from 'fast-check'
import type { Signature } from '../../src/git/model.ts'

const text = (banned: RegExp) =>
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((value) => value.replace(banned, '').trim())

/** Any signature that a line can hold without loss. */
export const anySignature: fc.Arbitrary<Signature> = fc.record({
  name: text(/[\0\n<>]/g),
  email: text(/[\0\n<>]/g),
  time: fc.integer({ min: 0, max: 2 ** 40 }),
  offset: fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 }),
})

export const anyOid = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => Buffer.from(bytes).toString('hex'))

export const anyMessage = fc.string({ unit: 'grapheme', maxLength: 200 })
