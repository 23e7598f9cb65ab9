import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Direction, ObjectType, RefFacts, RefOrder } from '../../src/git/model.ts'
import { RefTable } from '../../src/git/ref-table.ts'
import { compareVersions } from '../../src/git/version-compare.ts'

const orders: readonly RefOrder[] = ['name', 'version', 'created', 'committed', 'annotated-first']
const directions: readonly Direction[] = ['asc', 'desc']

/** Targets say themselves what they lead to: type, created, committed, each of few values so that keys are often equal. */
const target = fc
  .tuple(fc.constantFrom('c', 't', 'b'), fc.nat(3), fc.nat(3))
  .map(([type, created, committed]) => `${type}${created}${committed}`.padEnd(40, '0'))

function factsOf(target: string): RefFacts {
  const type = ({ c: 'commit', t: 'tag', b: 'blob' } as Record<string, ObjectType>)[target[0]!]!
  return {
    type,
    peeled: target,
    peeledType: 'commit',
    created: Number(target[1]),
    committed: Number(target[2]),
  }
}

type Row = readonly [name: string, target: string]

/** The orders told as plainly as possible, over plain rows. */
function sortRows(rows: Iterable<Row>, order: RefOrder, direction: Direction): Row[] {
  const sign = direction === 'asc' ? 1 : -1
  const byName = (a: Row, b: Row) => Buffer.compare(Buffer.from(a[0]), Buffer.from(b[0]))
  const key = ([, target]: Row) => {
    const { type, created, committed } = factsOf(target)
    if (order === 'created') return created
    if (order === 'committed') return committed
    return type === 'tag' ? created : -1
  }
  if (order === 'name') return [...rows].sort((a, b) => sign * byName(a, b))
  if (order === 'version') return [...rows].sort((a, b) => sign * compareVersions(a[0], b[0]))
  return [...rows].sort((a, b) => sign * (key(a) - key(b)) || byName(a, b))
}

const name = fc
  .array(fc.constantFrom('v', '1', '10', '2', '.', 'é', '/x', '\u{1f600}', '\uff5e'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((pieces) => pieces.join(''))
const pick = fc.nat(50)
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('set' as const), pick, name, target }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), pick, name, nth: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fork' as const), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('page' as const),
      pick,
      order: fc.constantFrom(...orders),
      direction: fc.constantFrom(...directions),
      offset: fc.nat(60),
      limit: fc.nat(30),
    }),
  },
)

interface Pair {
  readonly table: RefTable
  readonly rows: Map<string, string>
}

describe('RefTable', () => {
  it('behaves like a map that is sorted anew for each question, and so does every fork', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, target), { maxLength: 80, size: 'max' }),
        fc.array(step, { maxLength: 80, size: 'max' }),
        (entries, steps) => {
          const pairs: Pair[] = [{ table: RefTable.of(factsOf, entries), rows: new Map(entries) }]
          for (const step of steps) {
            const { table, rows } = pairs[step.pick % pairs.length]!
            if (step.kind === 'fork') pairs.push({ table: table.fork(), rows: new Map(rows) })
            if (step.kind === 'set') {
              expect(table.set(step.name, step.target)).toMatchObject({
                name: step.name,
                target: step.target,
              })
              rows.set(step.name, step.target)
            }
            if (step.kind === 'delete') {
              const name = [...rows.keys()][step.nth] ?? step.name
              expect(table.delete(name)).toBe(rows.delete(name))
            }
            if (step.kind === 'page') {
              const { order, direction, offset, limit } = step
              const page = table
                .page(order, direction, offset, limit)
                .map(({ name, target }) => [name, target])
              expect(page).toEqual(sortRows(rows, order, direction).slice(offset, offset + limit))
            }
          }
          for (const pair of pairs) expectSame(pair)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('sorts by dates that are too large to be sorted together with a place', () => {
    const latest = Number.MAX_SAFE_INTEGER
    const dates = [latest - 1, latest, 0, latest - 1, 5]
    const facts = (target: string): RefFacts => ({
      type: 'tag',
      peeled: target,
      peeledType: 'commit',
      created: dates[Number(target)]!,
      committed: 0,
    })
    const table = RefTable.of(
      facts,
      dates.map((_, at) => [`v${at}`, String(at)] as const),
    )
    const names = (direction: Direction) => table.page('created', direction, 0, 9).map(({ name }) => name)
    expect(names('asc')).toEqual(['v2', 'v4', 'v0', 'v3', 'v1'])
    expect(names('desc')).toEqual(['v1', 'v0', 'v3', 'v4', 'v2'])
  })

  it('finds the refs below a prefix and the conflicts that a scan of all names finds', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 40, size: 'max' }),
        name,
        fc.func(fc.boolean()),
        (names, asked, except) => {
          const table = RefTable.of(
            factsOf,
            names.map((name) => [name, 'c00'] as const),
          )
          const isApart = (other: string) => !asked.startsWith(`${other}/`) && !other.startsWith(`${asked}/`)
          const clashing = names.filter((other) => !isApart(other))
          const counting = clashing.filter((other) => !except(other))
          const found = [...table.withPrefix(asked)].map((entry) => entry.name)
          expect(found.sort()).toEqual(names.filter((other) => other.startsWith(asked)).sort())
          expect(table.conflict(asked) ?? null).toSatisfy((other) =>
            clashing.length > 0 ? clashing.includes(other) : other === null,
          )
          expect(table.conflict(asked, except) ?? null).toSatisfy((other) =>
            counting.length > 0 ? counting.includes(other) : other === null,
          )
        },
      ),
    )
  })

  it('tells a directory conflict either way', () => {
    const table = RefTable.of(factsOf, [
      ['refs/tags/v1/x', 'c00'],
      ['refs/tags/v1-rc', 'c00'],
      ['refs/tags/v2', 'c00'],
    ])
    expect(table.conflict('refs/tags/v1')).toBe('refs/tags/v1/x')
    expect(table.conflict('refs/tags/v2/y/z')).toBe('refs/tags/v2')
    expect(table.conflict('refs/tags/v2/y', (name) => name === 'refs/tags/v2')).toBeUndefined()
    expect(table.conflict('refs/tags/v1/x')).toBeUndefined()
    expect(table.conflict('refs/tags/v3')).toBeUndefined()
  })

  it('asks for the facts of an entry once, on first use', () => {
    const asked: string[] = []
    const table = RefTable.of((target) => {
      asked.push(target)
      return factsOf(target)
    })
    const entry = table.set('v1', 't12')
    expect(asked).toEqual([])
    expect(entry.facts).toBe(table.fork().get('v1')?.facts)
    expect(asked).toEqual(['t12'])
  })

  it('is unchanged when the facts of a new target cannot be had and an index needs them', () => {
    const table = RefTable.of(
      (target) => {
        if (target === 'lost') throw new Error('object lost')
        return factsOf(target)
      },
      [['v1', 't10']],
    )
    expect(table.page('created', 'desc', 0, 10)).toHaveLength(1)
    const before = table.generation
    expect(() => table.set('v1', 'lost')).toThrow('object lost')
    expect(table.generation).toBe(before)
    expect(table.get('v1')?.target).toBe('t10')
    expect(table.page('created', 'asc', 0, 10).map((entry) => entry.target)).toEqual(['t10'])
  })

  it('has another generation after each write, and one that no other table has', () => {
    const table = RefTable.of(factsOf, [['v1', 'c00']])
    const fork = table.fork()
    expect(fork.generation).toBe(table.generation)
    const seen = [table.generation]
    table.set('v2', 'c00')
    fork.set('v2', 'c11')
    seen.push(table.generation, fork.generation)
    expect(table.delete('missing')).toBe(false)
    expect(table.generation).toBe(seen[1])
    table.delete('v2')
    seen.push(table.generation)
    expect(new Set(seen).size).toBe(4)
  })

  it('gives a fork its own way to describe what it adds', () => {
    const table = RefTable.of(factsOf)
    const fork = table.fork((target) => ({ ...factsOf(target), created: 99 }))
    expect(fork.set('v1', 'c00').facts.created).toBe(99)
    expect(table.set('v1', 'c00').facts.created).toBe(0)
  })

  it('keeps every character of a name, half of a surrogate pair included', () => {
    const table = RefTable.of(factsOf, [
      ['a\ud800', 'c00'],
      ['\u00ff\u0100', 'c00'],
    ])
    expect([...table.entries('name', 'asc')].map((entry) => entry.name)).toEqual(['a\ud800', '\u00ff\u0100'])
  })

  it('orders tags with equal dates as git for-each-ref does', () => {
    const dated = fc.record({
      name: fc.stringMatching(/^[a-c0-2]{1,4}$/),
      annotated: fc.boolean(),
      date: fc.integer({ min: 1, max: 3 }),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(dated, { selector: ({ name }) => name, minLength: 20, maxLength: 60, size: 'max' }),
        (tags) => {
          const directory = mkdtempSync(join(tmpdir(), 'fakeforge-refs-'))
          try {
            expectGitOrder(directory, tags)
          } finally {
            rmSync(directory, { recursive: true, force: true })
          }
        },
      ),
      { numRuns: 8, endOnFailure: true },
    )
  })
})

function expectSame({ table, rows }: Pair): void {
  expect(table.size).toBe(rows.size)
  for (const order of orders) {
    for (const direction of directions) {
      const sorted = sortRows(rows, order, direction)
      expect([...table.entries(order, direction)].map(({ name, target }) => [name, target])).toEqual(sorted)
      expect(sorted.map(([name]) => table.rank(order, direction, name))).toEqual(
        sorted.map((_, index) => index),
      )
    }
  }
  expect(table.rank('created', 'asc', 'missing')).toBeUndefined()
  expect([...rows].every(([name, target]) => table.get(name)?.target === target)).toBe(true)
}

function expectGitOrder(
  cwd: string,
  tags: readonly { name: string; annotated: boolean; date: number }[],
): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
  const git = (args: string[], input = '') => execFileSync('git', args, { cwd, env, input, encoding: 'utf8' })
  const commits = [1, 2, 3].map(
    (date) =>
      `commit refs/heads/d${date}\nmark :${date}\ncommitter C <c@example.test> ${date}000 +0000\ndata 1\nc\n`,
  )
  const refs = tags.map(({ name, annotated, date }) =>
    annotated
      ? `tag ${name}\nfrom :1\ntagger T <t@example.test> ${date}000 +0000\ndata 1\nt\n`
      : `reset refs/tags/${name}\nfrom :${date}\n`,
  )
  git(['init', '--quiet', '--bare', '.'])
  git(['fast-import', '--quiet'], [...commits, ...refs].join(''))

  const format = '--format=%(refname) %(objectname) %(objecttype) %(creatordate:unix)'
  const rows = git(['for-each-ref', format, 'refs/tags'])
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ') as [string, string, ObjectType, string])
  const facts = new Map(
    rows.map(([, target, type, created]) => [
      target,
      {
        type,
        peeled: target,
        peeledType: 'commit',
        created: Number(created),
        committed: 0,
      } satisfies RefFacts,
    ]),
  )
  const table = RefTable.of(
    (target) => facts.get(target)!,
    rows.map(([name, target]) => [name, target]),
  )
  const keys = { created: 'creatordate', name: 'refname', version: 'version:refname' } as const
  for (const order of ['created', 'name', 'version'] as const) {
    for (const direction of directions) {
      const sort = `--sort=${direction === 'desc' ? '-' : ''}${keys[order]}`
      const expected = git(['for-each-ref', '--format=%(refname)', sort, 'refs/tags']).trimEnd().split('\n')
      expect(table.page(order, direction, 0, 1000).map((entry) => entry.name)).toEqual(expected)
    }
  }
}
