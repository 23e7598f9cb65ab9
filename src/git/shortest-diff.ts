import { diffArrays } from 'diff/lib/diff/array.js'
import { type LineMarks, markAll, noMarks, type Region } from './line-marks.ts'

/** Beyond this many edits two texts count as having nothing in common: finding the shortest way costs the square of it. */
const MOST_EDITS = 1000

/** Compares two texts, given as numbers that stand for lines, by a shortest list of edits: what git shows by default. */
export function diffShortest(a: Int32Array, b: Int32Array): LineMarks {
  const marks = noMarks(a, b)
  markShortest(a, b, marks, { a: 0, aEnd: a.length, b: 0, bEnd: b.length })
  return marks
}

/** As diffShortest, for a region of both texts. */
export function markShortest(a: Int32Array, b: Int32Array, marks: LineMarks, whole: Region): void {
  const region = trimCommon(a, b, whole)
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

function trimCommon(left: Int32Array, right: Int32Array, { a, aEnd, b, bEnd }: Region): Region {
  let [from, fromB, to, toB] = [a, b, aEnd, bEnd]
  while (from < to && fromB < toB && left[from] === right[fromB]) {
    from++
    fromB++
  }
  while (to > from && toB > fromB && left[to - 1] === right[toB - 1]) {
    to--
    toB--
  }
  return { a: from, aEnd: to, b: fromB, bEnd: toB }
}
