import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gatherLines } from '../../../src/git/wire/gather.ts'
import { encodeLine, FLUSH } from '../../../src/git/wire/pkt-line.ts'

const anyLine = fc.oneof(
  fc.string({ maxLength: 700 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc.constant('x'.repeat(60_000)),
)

test('lines come out as packets of their own would, in large chunks', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 40 }), (lines) => {
      const chunks = [...gatherLines(lines)]
      const plain = Buffer.concat([...lines.map(encodeLine), FLUSH])
      expect(Buffer.concat(chunks).equals(plain)).toBe(true)
    }),
  )
  for (const line of ['refs/tags/v1', 'refs/tags/версия']) {
    expect([...gatherLines(Array(5000).fill(line))].length).toBe(2)
  }
})
