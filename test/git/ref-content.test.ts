import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RefFacts, RefOrder } from '../../src/git/model.ts'
import { RefTable } from '../../src/git/ref-table.ts'

const orders: readonly RefOrder[] = ['name', 'version', 'created', 'committed', 'annotated-first']
/** More than what a content may differ from another one by without standing on its own. */
const MANY = 300

const targetOf = (time: number) => String(time).padStart(40, '0')
const facts = (target: string): RefFacts => {
  const time = Number(target)
  return { type: 'commit', peeled: target, peeledType: 'commit', created: time % 97, committed: time % 89 }
}
const tableOf = (rows: ReadonlyMap<string, number>) =>
  RefTable.of(
    facts,
    [...rows].map(([name, time]) => [name, targetOf(time)] as const),
  )
const rowsOf = (count: number) => new Map(Array.from({ length: count }, (_, i) => [`v${i}`, i * 31]))

const listed = (table: RefTable) =>
  orders.map((order) => [...table.entries(order, 'asc')].map(({ name, target }) => `${name} ${target}`))

afterEach(() => void vi.restoreAllMocks())

/** How many lists are sorted meanwhile that are as long as the tables. */
function longSorts(work: () => void): number {
  const sorts = [Array, Float64Array].map((kind) => vi.spyOn(kind.prototype, 'sort'))
  work()
  const sorted = sorts.flatMap(({ mock }) => mock.contexts as { readonly length: number }[])
  const count = sorted.filter(({ length }) => length > 900).length
  vi.restoreAllMocks()
  return count
}

describe('an order of a table of refs', () => {
  it('is made once for all forks, whoever asks first', () => {
    const table = tableOf(rowsOf(1000))
    const forks = Array.from({ length: 5 }, () => table.fork())
    expect(longSorts(() => void forks[3]!.page('created', 'desc', 0, 20))).toBe(1)
    expect(
      longSorts(() => {
        for (const each of [table, ...forks, table.fork(), forks[0]!.fork()])
          each.page('created', 'desc', 0, 20)
      }),
    ).toBe(0)
  })

  it('is there for those who have written too, and for their forks', () => {
    const table = tableOf(rowsOf(1000))
    const forks = Array.from({ length: 5 }, () => table.fork())
    for (const fork of forks) fork.set('new', targetOf(1))
    table.page('created', 'desc', 0, 20)
    const twin = forks[0]!.fork()
    twin.delete('v7')
    expect(
      longSorts(() => {
        for (const each of [...forks, twin]) each.page('created', 'desc', 0, 20)
      }),
    ).toBe(0)
    expect(forks.map((fork) => fork.rank('created', 'asc', 'new'))).toEqual([11, 11, 11, 11, 11])
    expect([twin.size, forks[0]!.size, table.size]).toEqual([1000, 1001, 1000])
  })

  it('stays right when forks write much, in turns with those that they came from', () => {
    const write = fc.record({
      at: fc.nat({ max: 30 }),
      name: fc.nat({ max: 60 }),
      time: fc.option(fc.nat(999)),
    })
    const asked = fc.constantFrom(...orders)
    fc.assert(
      fc.property(fc.array(fc.tuple(write, asked), { minLength: 1, maxLength: 60 }), (steps) => {
        const pairs = [{ table: tableOf(rowsOf(40)), rows: rowsOf(40) }]
        for (const [{ at, name, time }, order] of steps) {
          const { table, rows } = pairs[at % pairs.length]!
          if (at % 5 === 0) pairs.push({ table: table.fork(), rows: new Map(rows) })
          if (at % 3 === 0) table.page(order, 'asc', 0, 1)
          const times = at % 7 === 0 ? MANY : 1
          for (let i = 0; i < times; i++) {
            const ref = `v${(name + i) % 61}`
            if (time === null) table.delete(ref)
            else table.set(ref, targetOf(time + i))
            if (time === null) rows.delete(ref)
            else rows.set(ref, time + i)
          }
        }
        for (const { table, rows } of pairs) expect(listed(table)).toEqual(listed(tableOf(rows)))
      }),
      { numRuns: 150 },
    )
  })
})
