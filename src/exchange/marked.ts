/** A value whose parts that may differ from side to side have been found. */

/** Names a thing of its side: an object, a project, an instant, a host. */
export interface Reference {
  readonly kind: string
  readonly value: string
}

export interface Leaf {
  readonly shape: 'leaf'
  readonly type: 'string' | 'number' | 'boolean' | 'null'
  /** The value with marks in place of its references: the same on both sides, unless something changed. */
  readonly template: string
  /** In the order of their marks. */
  readonly references: readonly Reference[]
  readonly value: unknown
}

export interface MarkedList {
  readonly shape: 'list'
  readonly items: readonly Marked[]
  readonly value: unknown
}

export interface MarkedObject {
  readonly shape: 'object'
  readonly fields: ReadonlyMap<string, Marked>
  readonly value: unknown
}

export type Marked = Leaf | MarkedList | MarkedObject

/** Around the form of a reference in a template. */
export const OPEN = '‹'
export const CLOSE = '›'

export function markOf(form: string): string {
  return `${OPEN}${form}${CLOSE}`
}
