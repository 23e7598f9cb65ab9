/** The entries of a pack in the order in which they lie there, which the index does not know. */
export class PackPlaces {
  readonly #places: Float64Array
  readonly #rows: Uint32Array

  /** `offsets`: where the entry of each row of the index begins. */
  constructor(offsets: Float64Array) {
    const count = offsets.length
    this.#rows = new Uint32Array(count)
    // One number for place and row: sorting numbers is a matter of milliseconds, looking each place up again is not.
    const both = offsets.map((offset, row) => offset * count + row).sort()
    if ((both.at(-1) ?? 0) <= Number.MAX_SAFE_INTEGER) {
      this.#places = both
      for (let place = 0; place < count; place += 1) {
        const offset = Math.floor(both[place]! / count)
        this.#rows[place] = both[place]! - offset * count
        both[place] = offset
      }
      return
    }
    this.#places = offsets.toSorted()
    for (const [row, offset] of offsets.entries()) this.#rows[this.#find(offset)] = row
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
