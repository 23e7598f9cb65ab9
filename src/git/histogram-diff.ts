import { LineIndex } from './line-index.ts'
import { type LineMarks, markAll, noMarks, type Region } from './line-marks.ts'
import { markShortest } from './shortest-diff.ts'

/** How much comparing is done before what is left counts as replaced: texts can be built to need the square of their size. */
const WORK = 30_000_000

/**
 * Compares two texts, given as numbers that stand for lines, by the histogram method that git merges with: the longest run
 * of common lines that holds the rarest line divides the texts, and what is before and behind it is compared in the same way.
 */
export function diffHistogram(a: Int32Array, b: Int32Array): LineMarks {
  const marks = noMarks(a, b)
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
