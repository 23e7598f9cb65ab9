import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tabulate } from '../../src/forge/table.ts'

interface Entry {
  readonly id: number
  readonly name: string
}

const entry: fc.Arbitrary<Entry> = fc.record({
  id: fc.integer({ min: 0, max: 5 }),
  name: fc.constantFrom('a', 'b', '1', 'constructor', ''),
})

it('finds what a look at each entry finds, the first of several', () => {
  const find = tabulate(({ id, name }: Entry) => [id, name])
  fc.assert(
    fc.property(fc.array(fc.array(entry), { minLength: 1, maxLength: 3 }), (lists) => {
      for (const key of [0, 1, 5, 9, 'a', '1', '5', 'constructor', '', 'toString']) {
        for (const list of lists) {
          expect(find(list, key)).toBe(list.find(({ id, name }) => id === key || name === key))
        }
      }
    }),
  )
})
