import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diffHistogram } from '../../src/git/histogram-diff.ts'
import { type Comparison, findHunks, LineNumbers } from '../../src/git/line-hunks.ts'
import { diffShortest } from '../../src/git/shortest-diff.ts'

function hunksOf(before: readonly string[], after: readonly string[], compare: Comparison): string[] {
  const numbers = new LineNumbers()
  return findHunks(numbers.of(before), numbers.of(after), compare).map(
    ({ start, end, newStart, newEnd }) => `-${start},${end - start} +${newStart},${newEnd - newStart}`,
  )
}

describe('comparing texts', () => {
  it('finds the shortest way', () => {
    expect(hunksOf(['a', 'b', 'c'], ['a', 'x', 'c', 'd'], diffShortest)).toEqual(['-1,1 +1,1', '-3,0 +3,1'])
  })

  it.each([
    ['shortest', diffShortest],
    ['histogram', diffHistogram],
  ])(
    'comes to an end with texts that have little in common: %s',
    (_name, compare) => {
      const lines = (factor: number) =>
        Array.from({ length: 30_000 }, (_, i) => String((i * factor + (i % 7)) % 900))
      const before = lines(3)
      const hunks = hunksOf(before, lines(7), compare)
      expect(hunks.length).toBeGreaterThan(0)
    },
    20_000,
  )
})

describe('against git diff', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fakeforge-diff-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function hunksOfGit(before: readonly string[], after: readonly string[], algorithm: string): string[] {
    const files = [before, after].map((lines, i) => {
      const file = join(folder, `text-${i}`)
      writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
      return file
    })
    const options = ['--no-index', '-U0', '--no-indent-heuristic', `--diff-algorithm=${algorithm}`]
    const { stdout } = spawnSync('git', ['diff', ...options, ...files], { encoding: 'utf8' })
    const headers = stdout.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)
    return Array.from(headers, ([, start, length = '1', newStart, newLength = '1']) => {
      // git names the line before an empty range.
      const [from, to] = [
        Number(start) - Number(length !== '0'),
        Number(newStart) - Number(newLength !== '0'),
      ]
      return `-${from},${length} +${to},${newLength}`
    })
  }

  const line = fc.oneof(fc.constantFrom('a', 'b', '', '{', '}'), fc.stringMatching(/^[a-z]{2}$/))
  const edit = fc.record({ at: fc.nat(60), remove: fc.nat(4), insert: fc.array(line, { maxLength: 4 }) })
  const pairs = fc
    .tuple(fc.array(line, { maxLength: 60 }), fc.array(edit, { minLength: 1, maxLength: 5 }))
    .map(([before, edits]) => {
      const after = [...before]
      for (const { at, remove, insert } of edits) after.splice(at % (after.length + 1), remove, ...insert)
      return [before, after] as const
    })

  it('finds the same hunks by the histogram method', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        expect(hunksOf(before, after, diffHistogram)).toEqual(hunksOfGit(before, after, 'histogram'))
      }),
      { numRuns: 200 },
    )
  }, 60_000)

  it('finds a way that is not longer', () => {
    const edits = (hunks: readonly string[]) =>
      hunks.reduce(
        (sum, hunk) => sum + [...hunk.matchAll(/,(\d+)/g)].reduce((n, [, size]) => n + Number(size), 0),
        0,
      )
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        expect(edits(hunksOf(before, after, diffShortest))).toBeLessThanOrEqual(
          edits(hunksOfGit(before, after, 'myers')),
        )
      }),
      { numRuns: 100 },
    )
  }, 60_000)
})
