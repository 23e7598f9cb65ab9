import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ForgeError } from '../../src/failure.ts'
import type { TreeEntry } from '../../src/git/model.ts'
import { hashObject } from '../../src/git/object-id.ts'
import { decodeTree, encodeTree } from '../../src/git/tree-codec.ts'
import { anyOid } from './any-signature.ts'
import { RealGit } from './real-git.ts'

const OID = '1'.repeat(40)

const anyEntries = fc.uniqueArray(
  fc.record({
    mode: fc.constantFrom('100644', '100755', '120000', '40000', '160000'),
    name: fc
      .oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.stringMatching(/^[a-b.\-0]{1,4}$/))
      .filter((name) => !/[\0/]/.test(name) && name !== '.' && name !== '..'),
    oid: anyOid,
  }),
  { selector: ({ name }) => name, maxLength: 12 },
)

let git: RealGit
beforeAll(() => {
  git = new RealGit()
})
afterAll(() => git.remove())

describe('a tree', () => {
  it('has no bytes when it is empty', () => {
    expect(encodeTree([])).toEqual(Buffer.alloc(0))
    expect(hashObject('tree', encodeTree([]))).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904')
    expect(decodeTree(OID, Buffer.alloc(0))).toEqual([])
  })

  it('sorts a folder as if its name ended in a slash', () => {
    const entry = (mode: string, name: string) => ({ mode, name, oid: OID })
    const entries = [
      entry('40000', 'a'),
      entry('100644', 'a.b'),
      entry('100755', 'a-b'),
      entry('120000', 'a0'),
      entry('40000', 'a1'),
      entry('160000', 'B'),
    ]
    expect(decodeTree(OID, encodeTree(entries)).map(({ name }) => name)).toEqual([
      'B',
      'a-b',
      'a.b',
      'a',
      'a0',
      'a1',
    ])
  })

  it('has the id that `git mktree` gives it, whatever the order of its entries', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const types: Record<string, string> = { 40000: 'tree', 160000: 'commit' }
        const rows = entries.map(
          ({ mode, name, oid }) => `${mode.padStart(6, '0')} ${types[mode] ?? 'blob'} ${oid}\t${name}\0`,
        )
        const oid = git.run(['mktree', '-z', '--missing'], { input: rows.join('') })
        expect(hashObject('tree', encodeTree(entries))).toBe(oid)
      }),
      { numRuns: 60 },
    )
  })

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const data = encodeTree(entries)
        const decoded = decodeTree(OID, data)
        const sorted = (list: readonly TreeEntry[]) => list.toSorted((a, b) => (a.name < b.name ? -1 : 1))
        expect(sorted(decoded)).toEqual(sorted(entries))
        expect(encodeTree(decoded)).toEqual(data)
      }),
    )
  })

  it('writes the mode of a folder without its leading zero', () => {
    expect(encodeTree([{ mode: '040000', name: 'a', oid: OID }]).toString('latin1')).toMatch(/^40000 a\0/)
  })

  it.each([
    { mode: '100644', name: '', oid: OID },
    { mode: '100644', name: 'a/b', oid: OID },
    { mode: '100644', name: 'a\0b', oid: OID },
    { mode: '100644', name: 'a', oid: '12' },
    { mode: 'blob', name: 'a', oid: OID },
  ])('cannot hold the entry %j', (entry) => {
    expect(() => encodeTree([entry])).toThrow(RangeError)
  })

  it.each(['100644 a', '100644 a\0short', 'nonsense', `rw-r--r-- a\0${'x'.repeat(20)}`])(
    'is corrupt when an entry is cut short or has no mode: %j',
    (text) => {
      expect(() => decodeTree(OID, Buffer.from(text))).toThrow(ForgeError)
    },
  )
})
