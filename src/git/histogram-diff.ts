import { diffArrays } from 'diff/lib/diff/array.js'
import { LineIndex } from './line-index.ts'

/** Which lines of two texts have no counterpart in the other one: 1 where a line was removed or added. */
export interface LineMarks {
  readonly removed: Uint8Array
  readonly added: Uint8Array
}

/** Part of both texts: `a` and `b` are first lines, the ends are exclusive. */
export interface Region {
  readonly a: number
  readonly aEnd: number
  readonly b: number
  readonly bEnd: number
}

/** How much comparing is done before what is left counts as replaced: texts can be built to need the square of their size. */
const WORK = 30_000_000
/** Where every common line is frequent, the shortest way is looked for, up to this many edits. */
const MOST_EDITS = 1000

/**
 * Compares two texts, given as numbers that stand for lines, by the histogram method that git merges with: the longest run
 * of common lines that holds the rarest line divides the texts, and what is before and behind it is compared in the same way.
 */
export function diffHistogram(a: Int32Array, b: Int32Array): LineMarks {
  const marks = { removed: new Uint8Array(a.length), added: new Uint8Array(b.length) }
  const budget = { left: WORK }
  const index = new LineIndex(a, b, budget)
  const waiting: Region[] = [{ a: 0, aEnd: a.length, b: 0, bEnd: b.length }]
  for (let region = waiting.pop(); region; region = waiting.pop()) {
    if (region.a === region.aEnd || region.b === region.bEnd || budget.left <= 0) {
      markAll(marks, region)
      continue
    }
    const found = index.findRun(region)
    if (found === 'none') markAll(marks, region)
    else if (found === 'frequent') markShortest(a, b, marks, region)
    else {
      waiting.push({ ...region, a: found.aEnd, b: found.bEnd })
      waiting.push({ ...region, aEnd: found.a, bEnd: found.b })
    }
  }
  return marks
}

function markAll({ removed, added }: LineMarks, { a, aEnd, b, bEnd }: Region): void {
  removed.fill(1, a, aEnd)
  added.fill(1, b, bEnd)
}

function markShortest(a: Int32Array, b: Int32Array, marks: LineMarks, region: Region): void {
  const old = Array.from(a.subarray(region.a, region.aEnd))
  const now = Array.from(b.subarray(region.b, region.bEnd))
  const changes = diffArrays(old, now, { maxEditLength: MOST_EDITS })
  if (!changes) markAll(marks, region)
  let [at, bt] = [region.a, region.b]
  for (const { removed, added, value } of changes ?? []) {
    if (removed) marks.removed.fill(1, at, at + value.length)
    if (added) marks.added.fill(1, bt, bt + value.length)
    if (!added) at += value.length
    if (!removed) bt += value.length
  }
}
