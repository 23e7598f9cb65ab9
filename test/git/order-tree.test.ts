import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OrderTree } from '../../src/git/order-tree.ts'

interface Item {
  readonly key: number
  /** Tells equal items apart. */
  readonly mark: number
}

const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key

/** A tree beside the sorted array that it must behave like. */
interface Pair {
  readonly tree: OrderTree<{ key: number }, Item>
  readonly items: Item[]
}

const key = fc.nat(1500)
const pick = fc.nat(100)
const step = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), pick, key }),
  fc.record({ kind: fc.constant('remove' as const), pick, key }),
  fc.record({
    kind: fc.constant('insert-run' as const),
    pick,
    key,
    count: fc.nat(300),
    stride: fc.integer({ min: -3, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('remove-run' as const),
    pick,
    key,
    count: fc.nat(500),
    stride: fc.integer({ min: -3, max: 3 }),
  }),
  fc.record({ kind: fc.constant('fork' as const), pick }),
  fc.record({ kind: fc.constant('look' as const), pick, key }),
)

describe('OrderTree', () => {
  it('behaves like a sorted array, and so does every fork of a fork', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { maxLength: 1500, size: 'max' }),
        fc.array(step, { maxLength: 60, size: 'max' }),
        (keys, steps) => {
          const items = keys.toSorted((a, b) => a - b).map((key) => ({ key, mark: -1 }))
          const pairs: Pair[] = [{ tree: OrderTree.from(items, byKey), items }]
          steps.forEach((step, mark) => {
            const pair = pairs[step.pick % pairs.length]!
            if (step.kind === 'fork') pairs.push({ tree: pair.tree.fork(), items: [...pair.items] })
            if (step.kind === 'look') expectSameView(pair, step.key)
            if (step.kind === 'insert') insert(pair, { key: step.key, mark })
            if (step.kind === 'remove') remove(pair, step.key)
            if (step.kind === 'insert-run')
              for (let i = 0; i < step.count; i++) insert(pair, { key: step.key + i * step.stride, mark })
            if (step.kind === 'remove-run')
              for (let i = 0; i < step.count; i++) remove(pair, step.key + i * step.stride)
          })
          for (const pair of pairs) expectSameContent(pair)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('shows an iterator the values that were there when it was made', () => {
    const tree = OrderTree.from([1, 2, 3], (a: number, b: number) => a - b)
    const iterators = [tree.values(), tree.valuesBackwards(), tree.from(2)]
    tree.insert(4)
    tree.remove(2)
    expect(iterators.map((values) => [...values])).toEqual([
      [1, 2, 3],
      [3, 2, 1],
      [2, 3],
    ])
    expect([...tree.values()]).toEqual([1, 3, 4])
  })

  it('keeps an old fork as it was while the other side is emptied', () => {
    const numbers = Array.from({ length: 2000 }, (_, i) => i)
    const tree = OrderTree.from(numbers, (a: number, b: number) => a - b)
    const fork = tree.fork()
    for (const number of numbers) tree.remove(number)
    expect(tree.slice(0, 10)).toEqual([])
    expect(tree.size).toBe(0)
    expect(fork.slice(0, 5000)).toEqual(numbers)
  })

  it('clamps positions outside the tree', () => {
    const tree = OrderTree.from([10, 20, 30], (a: number, b: number) => a - b)
    expect(tree.at(-1)).toBeUndefined()
    expect(tree.at(3)).toBeUndefined()
    expect(tree.slice(2, Number.POSITIVE_INFINITY)).toEqual([30])
    expect(tree.slice(3, 5)).toEqual([])
    expect(tree.sliceBackwards(1, Number.POSITIVE_INFINITY)).toEqual([20, 10])
    expect(tree.sliceBackwards(4, 5)).toEqual([])
  })
})

function insert({ tree, items }: Pair, item: Item): void {
  const at = rankIn(items, item.key)
  const equal = items[at]?.key === item.key ? items[at] : undefined
  expect(tree.insert(item)).toBe(equal)
  items.splice(at, equal ? 1 : 0, item)
}

function remove({ tree, items }: Pair, key: number): void {
  const at = rankIn(items, key)
  const equal = items[at]?.key === key ? items[at] : undefined
  expect(tree.remove({ key })).toBe(equal)
  if (equal) items.splice(at, 1)
}

function expectSameView({ tree, items }: Pair, key: number): void {
  const rank = rankIn(items, key)
  expect(tree.rank({ key })).toBe(rank)
  expect(tree.find({ key })).toBe(items[rank]?.key === key ? items[rank] : undefined)
  expect(tree.at(key)).toBe(items[key])
  expect(tree.slice(key, 40)).toEqual(items.slice(key, key + 40))
  expect(tree.sliceBackwards(key, 40)).toEqual(items.toReversed().slice(key, key + 40))
  expect([...tree.from({ key })]).toEqual(items.slice(rank))
}

function expectSameContent({ tree, items }: Pair): void {
  expect(tree.size).toBe(items.length)
  expect([...tree.values()]).toEqual(items)
  expect([...tree.valuesBackwards()]).toEqual(items.toReversed())
  items.forEach((item, index) => {
    if (tree.at(index) !== item || tree.rank(item) !== index) throw new Error(`position ${index} is wrong`)
  })
}

function rankIn(items: readonly Item[], key: number): number {
  const index = items.findIndex((item) => item.key >= key)
  return index < 0 ? items.length : index
}
