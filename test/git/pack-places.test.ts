import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PackPlaces } from '../../src/git/pack-places.ts'

/** Near ones as in most packs, and some as far as no pack reaches, where a place and a row are no safe integer together. */
const anyOffsets = fc.uniqueArray(
  fc.oneof(fc.nat(5000), fc.nat(0xffff_ffff), fc.maxSafeNat(), fc.constant(Number.MAX_SAFE_INTEGER)),
  { maxLength: 60, size: 'max' },
)

it('the rows of a pack are found by their places, and each ends where the next begins', () => {
  fc.assert(
    fc.property(anyOffsets, fc.nat(6000), (offsets, asked) => {
      const places = new PackPlaces(Float64Array.from(offsets))
      const sorted = offsets.toSorted((a, b) => a - b)
      offsets.forEach((offset, row) => {
        expect(places.rowAt(offset)).toBe(row)
        expect(places.endOf(offset)).toBe(sorted[sorted.indexOf(offset) + 1])
      })
      expect(places.rowAt(asked)).toBe(offsets.indexOf(asked))
    }),
  )
})
