import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KEEP_ALL, parseFilter } from '../../../src/git/wire/object-filter.ts'
import { WireError } from '../../../src/git/wire/wire-error.ts'

describe('parseFilter', () => {
  it.each([
    ['blob:none', { ...KEEP_ALL, blobLimit: 0 }],
    ['blob:limit=0', { ...KEEP_ALL, blobLimit: 0 }],
    ['blob:limit=12', { ...KEEP_ALL, blobLimit: 12 }],
    ['blob:limit=3k', { ...KEEP_ALL, blobLimit: 3072 }],
    ['blob:limit=2M', { ...KEEP_ALL, blobLimit: 2_097_152 }],
    ['blob:limit=1g', { ...KEEP_ALL, blobLimit: 1_073_741_824 }],
    ['tree:0', { ...KEEP_ALL, treeDepth: 0 }],
    ['combine:blob:none', { ...KEEP_ALL, blobLimit: 0 }],
    ['combine:blob%3Alimit=5+tree:3', { blobLimit: 5, treeDepth: 3 }],
  ])('reads %s', (spec, filter) => {
    expect(parseFilter(spec)).toEqual(filter)
  })

  it.each([
    '',
    'blob',
    'blob:limit=',
    'blob:limit=-1',
    'tree:x',
    'sparse:oid=main:x',
    'combine:',
    'combine:%',
    'combine:combine:tree:0',
  ])('refuses %j', (spec) => {
    expect(() => parseFilter(spec)).toThrow(WireError)
  })

  it('answers any text with a filter or a WireError', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string().map((rest) => `combine:${rest}`),
    )
    fc.assert(
      fc.property(text, (spec) => {
        try {
          expect(parseFilter(spec).blobLimit).toBeGreaterThanOrEqual(0)
        } catch (error) {
          expect(error).toBeInstanceOf(WireError)
        }
      }),
    )
  })
})
