import type { Region } from './histogram-diff.ts'

/** A line that stands more often than this in the old text does not divide it. */
const MOST_OCCURRENCES = 64

/** Where each line of a region's old text stands, and how often: what the rarest common run is looked up in. */
export class LineIndex {
  readonly #a: Int32Array
  readonly #b: Int32Array
  readonly #region: Region
  readonly #budget: { left: number }
  readonly #first = new Map<number, number>()
  readonly #counts = new Map<number, number>()
  /** By line of the region: the next line that is the same, or -1. */
  readonly #next: Int32Array
  #best: Region | null = null
  /** How often the rarest line of the best run stands in the old text. */
  #rarity = MOST_OCCURRENCES + 1
  #hasCommon = false

  constructor(a: Int32Array, b: Int32Array, region: Region, budget: { left: number }) {
    this.#a = a
    this.#b = b
    this.#region = region
    this.#budget = budget
    this.#next = new Int32Array(region.aEnd - region.a)
    for (let at = region.aEnd - 1; at >= region.a; at--) {
      const line = a[at]!
      this.#next[at - region.a] = this.#first.get(line) ?? -1
      this.#first.set(line, at)
      this.#counts.set(line, this.#count(line) + 1)
    }
  }

  /** The run of common lines to divide the region at; `none`: nothing is common; `frequent`: only frequent lines are. */
  findRun(): Region | 'none' | 'frequent' {
    const { a, aEnd, b, bEnd } = this.#region
    this.#budget.left -= aEnd - a + bEnd - b
    for (let at = b; at < bEnd && this.#budget.left > 0; ) at = this.#try(at)
    if (!this.#hasCommon || this.#budget.left <= 0) return 'none'
    return this.#best && this.#rarity <= MOST_OCCURRENCES ? this.#best : 'frequent'
  }

  /** Looks at all runs through a line of the new text; answers the first line behind the longest of them. */
  #try(at: number): number {
    let next = at + 1
    const line = this.#b[at]!
    const count = this.#count(line)
    if (count === 0) return next
    this.#hasCommon = true
    if (count > this.#rarity) return next
    for (let start = this.#first.get(line) ?? -1; start >= 0; ) {
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
    do next = this.#next[next - this.#region.a]!
    while (next >= 0 && next < end)
    return next
  }

  #count(line: number): number {
    return this.#counts.get(line) ?? 0
  }
}
