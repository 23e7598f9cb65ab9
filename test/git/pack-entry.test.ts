import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ObjectType } from '../../src/git/model.ts'
import { PackDamage } from '../../src/git/pack-damage.ts'
import { encodePackEntryHeader, inflatePackData, readPackEntryHeader } from '../../src/git/pack-entry.ts'

const oid = '0123456789abcdef0123456789abcdef01234567'

describe('the header of a pack entry', () => {
  it('comes back as it was written', () => {
    const type = fc.constantFrom<ObjectType>('commit', 'tree', 'blob', 'tag')
    fc.assert(
      fc.property(type, fc.nat(2 ** 30), (kind, size) => {
        const header = encodePackEntryHeader(kind, size)
        expect(readPackEntryHeader(header, 0)).toEqual({ kind, size, dataAt: header.length })
      }),
    )
  })

  it('has the bytes that git writes', () => {
    expect(encodePackEntryHeader('commit', 15)).toEqual(Buffer.from([0x1f]))
    expect(encodePackEntryHeader('tag', 16)).toEqual(Buffer.from([0xc0, 0x01]))
    expect(encodePackEntryHeader('blob', 5000)).toEqual(Buffer.from([0xb8, 0xb8, 0x02]))
  })

  it('names the place of the base of a delta', () => {
    // One byte holds 0-127, two bytes begin at 128.
    const near = Buffer.concat([Buffer.alloc(400), Buffer.from([0x65, 0x7f])])
    expect(readPackEntryHeader(near, 400)).toEqual({
      kind: 'ofs-delta',
      size: 5,
      baseAt: 400 - 127,
      dataAt: 402,
    })
    const far = Buffer.concat([Buffer.alloc(400), Buffer.from([0x65, 0x80, 0x00])])
    expect(readPackEntryHeader(far, 400)).toEqual({
      kind: 'ofs-delta',
      size: 5,
      baseAt: 400 - 128,
      dataAt: 403,
    })
  })

  it('names the id of the base of a delta', () => {
    const entry = Buffer.concat([Buffer.from([0x75]), Buffer.from(oid, 'hex')])
    expect(readPackEntryHeader(entry, 0)).toEqual({ kind: 'ref-delta', size: 5, base: oid, dataAt: 21 })
  })

  it.each([
    ['nothing', []],
    ['a size that is cut short', [0x9f]],
    ['an unknown kind', [0x50]],
    ['kind 0', [0x05]],
    ['a size beyond 1 GiB', [0xbf, 0xff, 0xff, 0xff, 0xff, 0x7f]],
    ['a size without end', Array.from({ length: 30 }, () => 0xff)],
    ['a base at the entry itself', [0x65, 0x00]],
    ['a base before the pack', [0x65, 0x01]],
    ['a base far before the pack', [0x65, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['a base that is cut short', [0x75, 1, 2, 3]],
  ])('is damaged by %s', (_what, bytes) => {
    expect(() => readPackEntryHeader(Buffer.from(bytes), 0)).toThrow(PackDamage)
  })
})

describe('the data of a pack entry', () => {
  it('comes back with the place where it ends, small and large, in memory of exactly its size', () => {
    const data = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(65535, 65536, 65537, 300_000))
    fc.assert(
      fc.property(data, fc.nat(9), fc.nat(3), (some, level, gap) => {
        const content = typeof some === 'number' ? Buffer.alloc(some, 'some text, ') : Buffer.from(some)
        const deflated = deflateSync(content, { level })
        const pack = Buffer.concat([Buffer.alloc(gap, 1), deflated, Buffer.alloc(20, 7)])
        const inflated = inflatePackData(pack, gap, content.length)
        expect(inflated.data.equals(content)).toBe(true)
        expect(inflated.data.buffer.byteLength).toBe(content.length)
        expect(inflated.end).toBe(gap + deflated.length)
      }),
    )
  })

  it.each([10, 100_000])(
    'is damaged when it is shorter or longer than claimed, cut or changed: %d bytes',
    (size) => {
      const content = Buffer.from(Array.from({ length: size }, (_, place) => (place * place) % 251))
      const deflated = deflateSync(content)
      const changed = Buffer.from(deflated)
      changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1)
      expect(() => inflatePackData(deflated, 0, size + 1)).toThrow(PackDamage)
      expect(() => inflatePackData(deflated, 0, size - 1)).toThrow(PackDamage)
      expect(() => inflatePackData(deflated, 0, 0)).toThrow(PackDamage)
      expect(() => inflatePackData(deflated.subarray(0, -1), 0, size)).toThrow(PackDamage)
      expect(() => inflatePackData(deflated.subarray(0, 3), 0, size)).toThrow(PackDamage)
      expect(() => inflatePackData(changed, 0, size)).toThrow(PackDamage)
      expect(() => inflatePackData(Buffer.alloc(0), 0, size)).toThrow(PackDamage)
      expect(() => inflatePackData(Buffer.from('nonsense'), 0, size)).toThrow(PackDamage)
      expect(inflatePackData(deflated, 0, size).data.equals(content)).toBe(true)
    },
  )
})
