import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BoundedCache } from '../../src/git/bounded-cache.ts'

describe('a bounded cache', () => {
  it('forgets the oldest when it holds too much', () => {
    const cache = new BoundedCache<string, number>(3)
    for (const [value, key] of ['a', 'b', 'c', 'd'].entries()) cache.set(key, value, 1)
    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual([undefined, 1, 2, 3])
  })

  it('spares what was asked for in the meantime', () => {
    const cache = new BoundedCache<string, number>(3)
    for (const [value, key] of ['a', 'b', 'c'].entries()) cache.set(key, value, 1)
    cache.get('a')
    cache.set('d', 3, 1)
    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual([0, undefined, 2, 3])
  })

  it('does not take what alone is too heavy', () => {
    const cache = new BoundedCache<string, number>(3)
    cache.set('a', 1, 1)
    cache.set('b', 2, 4)
    expect([cache.get('a'), cache.get('b')]).toEqual([1, undefined])
  })

  it('never holds more than its limit, and never a value that was replaced', () => {
    const step = fc.record({ key: fc.nat(20), weight: fc.integer({ min: 1, max: 12 }), ask: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const cache = new BoundedCache<number, number>(10)
        const latest = new Map<number, { value: number; weight: number }>()
        for (const [value, { key, weight, ask }] of steps.entries()) {
          if (!ask) {
            cache.set(key, value, weight)
            latest.set(key, { value, weight })
          }
          const found = cache.get(key)
          expect(found === undefined || found === latest.get(key)?.value).toBe(true)
        }
        const held = [...latest].filter(([key]) => cache.get(key) !== undefined)
        expect(held.reduce((sum, [, { weight }]) => sum + weight, 0)).toBeLessThanOrEqual(10)
      }),
    )
  })

  it('holds what a plain list would that is looked through from its oldest, also after thousands of writes', () => {
    const step = fc.record({
      key: fc.nat(40),
      weight: fc.integer({ min: 1, max: 12 }),
      ask: fc.boolean(),
      times: fc.constantFrom(1, 1, 1, 1, 1500),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const cache = new BoundedCache<number, number>(100)
        const plain = new PlainCache(100)
        for (const [value, { key, weight, ask, times }] of steps.entries()) {
          for (let time = 0; time < times; time += 1) {
            if (ask) expect(cache.get(key)).toBe(plain.get(key))
            else {
              cache.set(key, value, weight)
              plain.set(key, value, weight)
            }
          }
        }
        for (let key = 0; key <= 40; key += 1) expect(cache.get(key)).toBe(plain.get(key))
      }),
      { numRuns: 60 },
    )
  })
})

/** The same in the plainest way. */
class PlainCache {
  readonly #limit: number
  #items: { key: number; value: number; weight: number; used: boolean }[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: number): number | undefined {
    const item = this.#items.find((one) => one.key === key)
    if (item) item.used = true
    return item?.value
  }

  set(key: number, value: number, weight: number): void {
    this.#items = this.#items.filter((one) => one.key !== key)
    if (weight > this.#limit) return
    this.#items.push({ key, value, weight, used: false })
    while (this.#items.reduce((sum, one) => sum + one.weight, 0) > this.#limit) {
      const oldest = this.#items.shift()!
      if (oldest.used) this.#items.push({ ...oldest, used: false })
    }
  }
}
