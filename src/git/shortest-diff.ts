import { type LineMarks, noMarks, type Region } from './line-marks.ts'
import { MiddleSearch } from './middle-search.ts'

/** Compares two texts, given as numbers that stand for lines, by a shortest list of edits: what git shows by default. */
export function diffShortest(a: Int32Array, b: Int32Array): LineMarks {
  const marks = noMarks(a, b)
  markShortest(a, b, marks, { a: 0, aEnd: a.length, b: 0, bEnd: b.length })
  return marks
}

/** As diffShortest, for a region of both texts. Lines that the other text does not have are set aside first, as git does. */
export function markShortest(a: Int32Array, b: Int32Array, marks: LineMarks, whole: Region): void {
  const region = trimCommon(a, b, whole)
  const old = keepShared(a, region.a, region.aEnd, b.subarray(region.b, region.bEnd), marks.removed)
  const now = keepShared(b, region.b, region.bEnd, a.subarray(region.a, region.aEnd), marks.added)
  const search = new MiddleSearch(old.lines, now.lines)
  const waiting: Region[] = [{ a: 0, aEnd: old.lines.length, b: 0, bEnd: now.lines.length }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const part = trimCommon(old.lines, now.lines, next)
    if (part.a === part.aEnd || part.b === part.bEnd) {
      for (let at = part.a; at < part.aEnd; at++) marks.removed[old.places[at]!] = 1
      for (let at = part.b; at < part.bEnd; at++) marks.added[now.places[at]!] = 1
      continue
    }
    const { a: middle, b: middleB } = search.find(part)
    waiting.push({ ...part, a: middle, b: middleB }, { ...part, aEnd: middle, bEnd: middleB })
  }
}

interface Kept {
  readonly lines: Int32Array
  /** Where they are in the whole text. */
  readonly places: Int32Array
}

/** The lines of a range that the other text has, too; the others are marked. */
function keepShared(
  lines: Int32Array,
  start: number,
  end: number,
  others: Int32Array,
  marks: Uint8Array,
): Kept {
  const shared = new Set(others)
  const places: number[] = []
  for (let at = start; at < end; at++) {
    if (shared.has(lines[at]!)) places.push(at)
    else marks[at] = 1
  }
  return { lines: Int32Array.from(places, (at) => lines[at]!), places: Int32Array.from(places) }
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
