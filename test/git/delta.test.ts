import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDelta } from '../../src/git/delta.ts'
import { PackDamage } from '../../src/git/pack-damage.ts'

const base = Buffer.from('the quick brown fox')

/** A delta with the sizes as given and the instructions as they are. */
function delta(baseSize: number, size: number, ...instructions: number[]): Buffer {
  return Buffer.from([...varint(baseSize), ...varint(size), ...instructions])
}

function varint(value: number): number[] {
  if (value < 128) return [value]
  return [(value % 128) | 128, ...varint(Math.floor(value / 128))]
}

describe('a delta', () => {
  it('copies stretches of the base and inserts new bytes', () => {
    const made = applyDelta(base, delta(19, 9, 0x91, 4, 5, 1, 0x21, 0x91, 16, 3))
    expect(made.toString()).toBe('quick!fox')
  })

  it('copies 64 KiB when the size is left out', () => {
    const large = Buffer.alloc(0x10000 + 5, 'abc')
    expect(applyDelta(large, delta(large.length, 0x10000, 0x81, 5))).toEqual(large.subarray(5))
  })

  it('copies from far into the base with a size of three bytes', () => {
    const large = Buffer.alloc(300_000, 'abcdefg')
    const made = applyDelta(large, delta(300_000, 0x10203, 0xf7, 0x01, 0x02, 0x03, 0x03, 0x02, 0x01))
    expect(made).toEqual(large.subarray(0x30201, 0x30201 + 0x10203))
  })

  it('makes an empty object of nothing', () => {
    expect(applyDelta(Buffer.alloc(0), delta(0, 0))).toEqual(Buffer.alloc(0))
  })

  it('makes what its instructions say, in memory of exactly that size', () => {
    const instruction = fc.oneof(
      fc.record({ from: fc.nat(18), length: fc.integer({ min: 1, max: 19 }) }),
      fc.uint8Array({ minLength: 1, maxLength: 127 }),
    )
    fc.assert(
      fc.property(fc.array(instruction, { maxLength: 20 }), (instructions) => {
        const codes: number[] = []
        const parts = instructions.map((step) => {
          if (step instanceof Uint8Array) {
            codes.push(step.length, ...step)
            return Buffer.from(step)
          }
          const length = Math.min(step.length, base.length - step.from)
          codes.push(0x91, step.from, length)
          return base.subarray(step.from, step.from + length)
        })
        const expected = Buffer.concat(parts)
        const made = applyDelta(base, delta(base.length, expected.length, ...codes))
        expect(made).toEqual(expected)
        expect(made.buffer.byteLength).toBe(expected.length)
      }),
    )
  })

  it.each([
    ['another base', delta(18, 1, 1, 0x41)],
    ['an instruction 0', delta(19, 1, 0)],
    ['a copy from beyond the base', delta(19, 4, 0x91, 16, 4)],
    ['an insertion that is cut short', delta(19, 5, 5, 0x41)],
    ['a copy that is cut short', delta(19, 5, 0x91, 1)],
    ['a result that is too small', delta(19, 2, 1, 0x41)],
    ['a result that is too large', delta(19, 1, 2, 0x41, 0x41)],
    ['a size without end', Buffer.alloc(20, 0xff)],
    ['no bytes at all', Buffer.alloc(0)],
    ['a huge result', delta(19, 2 ** 40, 1, 0x41)],
    ['a large result and nothing to make it of', delta(19, 2 ** 29, 1, 0x41)],
  ])('is damaged by %s', (_what, data) => {
    expect(() => applyDelta(base, data)).toThrow(PackDamage)
  })

  it('never does anything worse than being damaged, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const data = Buffer.concat([Buffer.from([19]), bytes])
        try {
          expect(applyDelta(base, data).length).toBeLessThan(2 ** 30)
        } catch (error) {
          expect(error).toBeInstanceOf(PackDamage)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
