import type { Region } from './line-marks.ts'

/** A line that stands more often than this in the old text does not divide it. */
const MOST_OCCURRENCES = 64

/**
 * Where each line of the old text stands, and how often: what the rarest common run of a region is looked up in. One index
 * serves all regions of two texts, one after another.
 */
export class LineIndex {
  readonly #a: Int32Array
  readonly #b: Int32Array
  readonly #budget: { left: number }
  /** By line number: where it stands first in the region, if it does, and how often it does. */
  readonly #first: Int32Array
  readonly #counts: Int32Array
  /** By place in the old text: the next place with the same line, or -1. */
  readonly #next: Int32Array
  #region: Region = { a: 0, aEnd: 0, b: 0, bEnd: 0 }
  #best: Region | null = null
  /** How often the rarest line of the best run stands in the old text. */
  #rarity = 0
  #hasCommon = false

  constructor(a: Int32Array, b: Int32Array, budget: { left: number }) {
    this.#a = a
    this.#b = b
    this.#budget = budget
    const numbers = Math.max(highest(a), highest(b)) + 1
    this.#first = new Int32Array(numbers)
    this.#counts = new Int32Array(numbers)
    this.#next = new Int32Array(a.length)
  }

  /** The run of common lines to divide a region at; `none`: nothing is common; `frequent`: only frequent lines are. */
  findRun(region: Region): Region | 'none' | 'frequent' {
    this.#enter(region)
    const { a, aEnd, b, bEnd } = region
    this.#budget.left -= aEnd - a + bEnd - b
    for (let at = b; at < bEnd && this.#budget.left > 0; ) at = this.#try(at)
    for (let at = a; at < aEnd; at++) this.#counts[this.#a[at]!] = 0
    if (!this.#hasCommon || this.#budget.left <= 0) return 'none'
    return this.#best && this.#rarity <= MOST_OCCURRENCES ? this.#best : 'frequent'
  }

  #enter(region: Region): void {
    this.#region = region
    this.#best = null
    this.#rarity = MOST_OCCURRENCES + 1
    this.#hasCommon = false
    for (let at = region.aEnd - 1; at >= region.a; at--) {
      const line = this.#a[at]!
      this.#next[at] = this.#count(line) > 0 ? this.#first[line]! : -1
      this.#first[line] = at
      this.#counts[line]! += 1
    }
  }

  /** Looks at all runs through a line of the new text; answers the first line behind the longest of them. */
  #try(at: number): number {
    let next = at + 1
    const line = this.#b[at]!
    const count = this.#count(line)
    if (count === 0) return next
    this.#hasCommon = true
    if (count > this.#rarity) return next
    for (let start = this.#first[line]!; start >= 0; ) {
      const { run, rarest } = this.#extend(start, at, count)
      next = Math.max(next, run.bEnd)
      const length = this.#best ? this.#best.aEnd - this.#best.a : 1
      if (run.aEnd - run.a > length || rarest < this.#rarity) {
        this.#best = run
        this.#rarity = rarest
      }
      start = this.#nextBehind(start, run.aEnd)
    }
    return next
  }

  /** As far as both texts go on being the same around a pair of equal lines. */
  #extend(start: number, at: number, count: number): { run: Region; rarest: number } {
    const { a: first, aEnd: end, b: firstB, bEnd: endB } = this.#region
    let rarest = count
    let [a, b, aEnd, bEnd] = [start, at, start + 1, at + 1]
    while (a > first && b > firstB && this.#a[a - 1] === this.#b[b - 1]) {
      a--
      b--
      rarest = Math.min(rarest, this.#count(this.#a[a]!))
    }
    while (aEnd < end && bEnd < endB && this.#a[aEnd] === this.#b[bEnd]) {
      rarest = Math.min(rarest, this.#count(this.#a[aEnd]!))
      aEnd++
      bEnd++
    }
    this.#budget.left -= aEnd - a
    return { run: { a, aEnd, b, bEnd }, rarest }
  }

  #nextBehind(start: number, end: number): number {
    let next = start
    do next = this.#next[next]!
    while (next >= 0 && next < end)
    return next
  }

  #count(line: number): number {
    return this.#counts[line]!
  }
}

function highest(lines: Int32Array): number {
  return lines.reduce((most, line) => Math.max(most, line), 0)
}
