import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Plain modules without declarations, so their types are unknown here. */
const load = (path: string) => import(/* @vite-ignore */ pathToFileURL(resolve('bench', path)).href)

const { median, quantile, summarize } = await load('statistics.mjs')
const { sideBySide } = await load('side-by-side.mjs')
const { absentRow, parseGoal, row } = await load('row.mjs')
const { countVerdicts, formatReport, formatTable, significant } = await load('report.mjs')
const { chooseMeasures } = await load('selection.mjs')
const { findMeasures, runMeasures } = await load('measuring.mjs')

describe('statistics', () => {
  it('takes the middle of an odd number of samples and the mean of the two middle ones of an even number', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([10, 1, 4, 2])).toBe(3)
  })

  it('interpolates quantiles', () => {
    expect(quantile([0, 10], 0.25)).toBe(2.5)
    expect(quantile([3], 0.9)).toBe(3)
  })

  it('has no quantile of nothing', () => {
    expect(() => median([])).toThrow(RangeError)
  })

  it('keeps half of the samples on either side of the median, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }), (samples) => {
        const middle = median(samples)
        expect(samples.filter((sample) => sample < middle).length).toBeLessThanOrEqual(samples.length / 2)
        expect(samples.filter((sample) => sample > middle).length).toBeLessThanOrEqual(samples.length / 2)
      }),
    )
  })

  it('tells the spread between the quartiles as a part of the median', () => {
    expect(summarize([8, 10, 12])).toEqual({
      median: 10,
      low: 8,
      high: 12,
      spread: 0.2,
      samples: [8, 10, 12],
    })
    expect(summarize([0, 0]).spread).toBe(0)
  })
})

describe('sideBySide', () => {
  it('runs contenders in turns, each second round backwards, and forgets the warm-up', async () => {
    const turns: string[] = []
    const run = (name: string) => async (round: number) => {
      turns.push(`${name}${round}`)
      return round
    }
    const result = await sideBySide({ ours: run('a'), theirs: run('b') }, { rounds: 3, warmup: 1 })
    expect(turns).toEqual(['b-1', 'a-1', 'a0', 'b0', 'b1', 'a1', 'a2', 'b2'])
    expect(result.ours.samples).toEqual([0, 1, 2])
  })

  it('summarizes each figure of contenders that return several', async () => {
    const { ours } = await sideBySide({ ours: (round: number) => ({ rate: round, cpu: 7 }) }, { rounds: 3 })
    expect([ours.rate.median, ours.cpu.median]).toEqual([1, 7])
  })

  it('takes the time of contenders that return nothing', async () => {
    const { ours } = await sideBySide({ ours: async () => {} }, { rounds: 2, warmup: 0 })
    expect(ours.samples.every((sample: unknown) => typeof sample === 'number')).toBe(true)
  })

  it('fails when a contender does', async () => {
    const failing = { ours: () => Promise.reject(new Error('gone')) }
    await expect(sideBySide(failing, { rounds: 1 })).rejects.toThrow('gone')
  })
})

describe('row', () => {
  const facts = { what: 'a', ours: { median: 30 }, theirs: { median: 20 }, unit: 'ms' }

  it('divides ours by theirs, or theirs by ours when told so', () => {
    expect(row(facts)).toMatchObject({ ours: 30, theirs: 20, ratio: 1.5, of: 'ours/theirs' })
    expect(row({ ...facts, of: 'theirs/ours' }).ratio).toBeCloseTo(2 / 3)
  })

  it.each([
    ['≤ 1.5×', true],
    ['≤ 1.3×', false],
    ['≥ 1.5×', true],
    ['≥ 2×', false],
    ['≤ 30 ms', true],
    ['≤ 29 ms', false],
    [null, null],
  ])('holds a ratio of 1.5 and 30 ms against the goal %s: %s', (goal, met) => {
    expect(row({ ...facts, goal }).met).toBe(met)
  })

  it('judges nothing that has nothing to compare with', () => {
    expect(row({ ...facts, theirs: null, goal: '≤ 1×' })).toMatchObject({ ratio: null, met: null })
    expect(absentRow({ what: 'a', unit: 'ms', goal: '≤ 1×', note: 'no Java' })).toMatchObject({
      ours: null,
      met: null,
      note: 'no Java',
    })
  })

  it('refuses a goal in another unit, and what is no goal', () => {
    expect(() => row({ ...facts, goal: '≤ 1 kB' })).toThrow('≤ 1 kB says nothing about ms')
    expect(() => parseGoal('about 3×')).toThrow('not a goal: about 3×')
  })

  it('reads thousands', () => {
    expect(parseGoal('≥ 1,000×')).toEqual({ atMost: false, limit: 1000, unit: '×' })
  })
})

describe('report', () => {
  const rows = [
    row({ what: 'first', ours: 1234.5, theirs: 1000, unit: 'ms', goal: '≤ 1.3×' }),
    row({ what: 'second one', ours: 0.01234, theirs: 1, unit: 'ms', goal: '≥ 2×', note: 'a note' }),
    absentRow({ what: 'third', unit: 'MB', goal: '≤ 200 MB', note: 'no Java' }),
  ]

  it('lines columns up and puts notes below', () => {
    expect(formatTable(rows)).toEqual([
      '   what             ours    theirs                ratio  goal',
      '✓  first        1,235 ms  1,000 ms    1.23× ours/theirs  ≤ 1.3×',
      '✗  second one  0.0123 ms      1 ms  0.0123× ours/theirs  ≥ 2×',
      '     a note',
      '·  third               –         –                       ≤ 200 MB',
      '     no Java',
    ])
  })

  it('tells measures that failed and counts goals', () => {
    const results = [
      { id: 'P1', name: 'start', title: 'begin', rows },
      { id: 'P2', name: 'idle', title: 'rest', error: 'gone' },
    ]
    expect(countVerdicts(results)).toEqual({ met: 1, missed: 1, failed: 1 })
    expect(formatReport(results)).toContain(
      'P2 idle: rest\n  failed: gone\n\ngoals: 1 met, 1 missed; measures that failed: 1',
    )
  })

  it.each([
    [0.0001234, '0.000123'],
    [12.345, '12.3'],
    [999.9, '1,000'],
    [123456.7, '123,457'],
  ])('writes %d as %s', (value, text) => {
    expect(significant(value)).toBe(text)
  })
})

describe('measures', () => {
  const files = readdirSync(resolve('bench/measures')).filter((file) => file.endsWith('.mjs'))

  it.each(files)('%s has the shape that the harness runs', async (file) => {
    const { default: measure } = await load(`measures/${file}`)
    expect(measure).toEqual({
      id: expect.stringMatching(/^(P\d+|[a-z-]+)$/),
      name: expect.stringMatching(/^[a-z-]+$/),
      title: expect.any(String),
      measure: expect.any(Function),
    })
  })

  it('have names of their own', async () => {
    const measures = await Promise.all(files.map((file) => load(`measures/${file}`)))
    const names = measures.map(({ default: { name } }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('are chosen by name or id in any case, and run in the order of their ids', () => {
    const measures = [
      { id: 'P10', name: 'git' },
      { id: 'P2', name: 'idle' },
      { id: 'P1', name: 'start' },
    ]
    expect(chooseMeasures(measures, []).chosen.map(({ id }: { id: string }) => id)).toEqual([
      'P1',
      'P2',
      'P10',
    ])
    expect(chooseMeasures(measures, ['p10', 'START', 'lists'])).toEqual({
      chosen: [measures[2], measures[0]],
      unknown: ['lists'],
    })
  })

  it('that fail or cannot be loaded are told, and the others go on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fakeforge-bench-test-'))
    try {
      const facts = (name: string) => `id: 'P1', name: '${name}', title: 't'`
      writeFileSync(
        join(folder, 'a.mjs'),
        `export default { ${facts('a')}, measure: () => { throw new Error('gone') } }`,
      )
      writeFileSync(join(folder, 'b.mjs'), 'import "./nowhere.mjs"')
      writeFileSync(join(folder, 'c.mjs'), `export default { ${facts('c')}, measure: async () => ['row'] }`)
      const results = await runMeasures(await findMeasures(folder), { log: () => {} })
      expect(results).toEqual([
        { id: 'P1', name: 'a', title: 't', error: 'gone' },
        { id: '?', name: 'b', title: 'cannot be loaded', error: expect.stringContaining('nowhere.mjs') },
        { id: 'P1', name: 'c', title: 't', rows: ['row'] },
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('npm run bench', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['bench/index.mjs', ...args], { encoding: 'utf8' })

  it('lists the measures', () => {
    const { status, stdout } = run('--list', 'start', 'p4')
    expect([status, stdout]).toEqual([
      0,
      'P1   start        the packaged CLI, from spawn to the first 2xx\n' +
        'P4   list         list of 20 of 100,000 annotated tags, each vendor in its default order\n',
    ])
  })

  it('refuses a measure that does not exist', () => {
    const { status, stdout, stderr } = run('lists')
    expect([status, stdout, stderr]).toEqual([
      64,
      '',
      'no measure is called lists; npm run bench -- --list\n',
    ])
  })
})
