import type { Region } from './line-marks.ts'

/** A place in both texts. */
export interface Point {
  readonly a: number
  readonly b: number
}

/** With this many edits spent from either end, the furthest place that was reached will do. */
const LEAST_PATIENCE = 256
const FAR = 0x7fffffff

/** The diagonals that one of the two searches has reached; a diagonal is a place in the old text less that in the new one. */
interface Front {
  /** By diagonal: the furthest place in the old text. */
  readonly reach: Int32Array
  low: number
  high: number
}

/**
 * Looks for a place in the middle of a shortest way from one text to another, from both ends at once (Myers, "An O(ND)
 * Difference Algorithm and Its Variations", section 4b). Of several shortest ways it takes the one that git takes.
 */
export class MiddleSearch {
  readonly #a: Int32Array
  readonly #b: Int32Array
  /** Added to a diagonal for its place in the arrays. */
  readonly #shift: number
  readonly #forward: Front
  readonly #backward: Front

  constructor(a: Int32Array, b: Int32Array) {
    this.#a = a
    this.#b = b
    this.#shift = b.length + 1
    const size = a.length + b.length + 3
    this.#forward = { reach: new Int32Array(size), low: 0, high: 0 }
    this.#backward = { reach: new Int32Array(size), low: 0, high: 0 }
  }

  /** Both texts of the region begin with different lines and end with different lines, and neither is empty. */
  find(region: Region): Point {
    const { a, aEnd, b, bEnd } = region
    this.#enter(this.#forward, a - b, a)
    this.#enter(this.#backward, aEnd - bEnd, aEnd)
    const isOdd = ((a - b - aEnd + bEnd) & 1) === 1
    const patience = Math.max(LEAST_PATIENCE, rootOf(a - b + bEnd + aEnd))
    for (let edits = 1; ; edits++) {
      const met = this.#stepForward(region, isOdd) ?? this.#stepBackward(region, !isOdd)
      if (met) return met
      if (edits >= patience) return this.#furthest(region)
    }
  }

  #enter(front: Front, diagonal: number, place: number): void {
    front.low = diagonal
    front.high = diagonal
    front.reach[diagonal + this.#shift] = place
  }

  #stepForward(region: Region, mayMeet: boolean): Point | null {
    const { reach } = this.#forward
    const { low, high } = this.#widen(this.#forward, region, -1)
    for (let diagonal = high; diagonal >= low; diagonal -= 2) {
      const at = diagonal + this.#shift
      let a = reach[at - 1]! >= reach[at + 1]! ? reach[at - 1]! + 1 : reach[at + 1]!
      let b = a - diagonal
      while (a < region.aEnd && b < region.bEnd && this.#a[a] === this.#b[b]) {
        a++
        b++
      }
      reach[at] = a
      if (mayMeet && isWithin(this.#backward, diagonal) && this.#backward.reach[at]! <= a) return { a, b }
    }
    return null
  }

  #stepBackward(region: Region, mayMeet: boolean): Point | null {
    const { reach } = this.#backward
    const { low, high } = this.#widen(this.#backward, region, FAR)
    for (let diagonal = high; diagonal >= low; diagonal -= 2) {
      const at = diagonal + this.#shift
      let a = reach[at - 1]! < reach[at + 1]! ? reach[at - 1]! : reach[at + 1]! - 1
      let b = a - diagonal
      while (a > region.a && b > region.b && this.#a[a - 1] === this.#b[b - 1]) {
        a--
        b--
      }
      reach[at] = a
      if (mayMeet && isWithin(this.#forward, diagonal) && a <= this.#forward.reach[at]!) return { a, b }
    }
    return null
  }

  /** One more diagonal on either side; at the edges of the region one less. */
  #widen(front: Front, { a, aEnd, b, bEnd }: Region, beyond: number): Front {
    if (front.low > a - bEnd) front.reach[--front.low - 1 + this.#shift] = beyond
    else front.low++
    if (front.high < aEnd - b) front.reach[++front.high + 1 + this.#shift] = beyond
    else front.high--
    return front
  }

  #furthest({ a, aEnd, b, bEnd }: Region): Point {
    let [ahead, back]: [Point, Point] = [
      { a, b },
      { a: aEnd, b: bEnd },
    ]
    for (let diagonal = this.#forward.high; diagonal >= this.#forward.low; diagonal -= 2) {
      const reached = Math.min(this.#forward.reach[diagonal + this.#shift]!, aEnd, bEnd + diagonal)
      if (2 * reached - diagonal > ahead.a + ahead.b) ahead = { a: reached, b: reached - diagonal }
    }
    for (let diagonal = this.#backward.high; diagonal >= this.#backward.low; diagonal -= 2) {
      const reached = Math.max(this.#backward.reach[diagonal + this.#shift]!, a, b + diagonal)
      if (2 * reached - diagonal < back.a + back.b) back = { a: reached, b: reached - diagonal }
    }
    return aEnd + bEnd - back.a - back.b < ahead.a + ahead.b - a - b ? ahead : back
  }
}

function isWithin({ low, high }: Front, diagonal: number): boolean {
  return low <= diagonal && diagonal <= high
}

/** The square root, rounded up to a power of two or so. */
function rootOf(value: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, value)) / 2)
}
