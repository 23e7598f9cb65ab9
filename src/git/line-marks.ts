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

/** Nothing of a region is in both texts. */
export function markAll({ removed, added }: LineMarks, { a, aEnd, b, bEnd }: Region): void {
  removed.fill(1, a, aEnd)
  added.fill(1, b, bEnd)
}

export function noMarks(a: Int32Array, b: Int32Array): LineMarks {
  return { removed: new Uint8Array(a.length), added: new Uint8Array(b.length) }
}
