import { orderOf } from './number-order.ts'

/** The entries of a pack in the order in which they lie there, which the index does not know. */
export class PackPlaces {
  readonly #places: Float64Array
  readonly #rows: Uint32Array

  /** `offsets`: where the entry of each row of the index begins. */
  constructor(offsets: Float64Array) {
    this.#rows = orderOf(offsets)
    this.#places = new Float64Array(offsets.length)
    for (let place = 0; place < offsets.length; place += 1) this.#places[place] = offsets[this.#rows[place]!]!
  }

  /** Where the entry ends that begins at `offset`: where the next one begins; undefined for the last. */
  endOf(offset: number): number | undefined {
    const place = this.#find(offset)
    return this.#places[this.#places[place] === offset ? place + 1 : place]
  }

  /** The row of the entry that begins at `offset`, or -1. */
  rowAt(offset: number): number {
    const place = this.#find(offset)
    return this.#places[place] === offset ? this.#rows[place]! : -1
  }

  /** The first entry that does not begin before `offset`. */
  #find(offset: number): number {
    let low = 0
    let high = this.#places.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#places[middle]! < offset) low = middle + 1
      else high = middle
    }
    return low
  }
}
