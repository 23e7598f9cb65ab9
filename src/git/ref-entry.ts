import { flattenText } from './flat-text.ts'
import type { Oid, RefFacts } from './model.ts'

/** Finds out what a target leads to. It throws when the object is not there. */
export type DescribeTarget = (target: Oid) => RefFacts

/** One value of one ref. Never changes: a ref that moves gets another entry, so what is known of an entry can be kept with it. */
export class RefEntry {
  readonly name: string
  readonly target: Oid
  /** One field for the question and, later, its answer: there may be 100,000 entries. */
  #facts: RefFacts | DescribeTarget

  constructor(name: string, target: Oid, describe: DescribeTarget) {
    this.name = flattenText(name)
    this.target = flattenText(target)
    this.#facts = describe
  }

  /** What the target leads to; asked on first use, then kept. Throws what the table's `describe` throws. */
  get facts(): RefFacts {
    if (typeof this.#facts !== 'function') return this.#facts
    const facts = this.#facts(this.target)
    this.#facts = facts
    return facts
  }
}
