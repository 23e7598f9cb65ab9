/** What is not the same in an answer. */
export const differenceKinds = ['missing', 'extra', 'type', 'value', 'form', 'reference', 'order'] as const

/**
 * `form`: an instant or an object id is written in another way; `reference`: it is another thing that is named; `order`: a
 * list has the same items in another order.
 */
export type DifferenceKind = (typeof differenceKinds)[number]

export interface Difference {
  /** JSON pointer into the answer, with the indices of the expected one: `/body/0/commit/id`, `/headers/link`, `/status`. */
  readonly pointer: string
  readonly kind: DifferenceKind
  /** Absent for what is extra. */
  readonly expected?: unknown
  /** Absent for what is missing. */
  readonly actual?: unknown
}

export function pointerTo(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}
