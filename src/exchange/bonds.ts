import { readDate, readEpoch } from './dates.ts'
import type { Leaf, Reference } from './marked.ts'
import type { Side } from './side.ts'

/** Things of these kinds are the same wherever they have the same name. */
const UNIVERSAL = new Set(['sha', 'uuid', 'hex'])

interface Pair {
  readonly kind: string
  readonly expected: string
  readonly actual: string
  votes: number
}

/**
 * Which thing of one side is which of the other: one to one. Every place where both name one is a vote, so that a single
 * wrong name loses against all places that have the right one, and is told as what it is.
 */
export class Bonds {
  readonly #expected: Side
  readonly #actual: Side
  readonly #pairs = new Map<string, Pair>()
  readonly #forth = new Map<string, string>()
  readonly #back = new Map<string, string>()

  constructor(expected: Side, actual: Side) {
    this.#expected = expected
    this.#actual = actual
    // A server may know itself by another name than the one by which it was asked; then votes have to say which.
    const [mine, theirs] = [expected, actual].map((side) => (side.showsItself() ? side.origin : null))
    if (mine && theirs) this.#bind('origin', mine, theirs)
  }

  vote(expected: Leaf, actual: Leaf): void {
    if (expected.template !== actual.template) return
    expected.references.forEach(({ kind, value }, i) => {
      const other = actual.references[i]?.value ?? ''
      const key = `${kind}\n${value}\n${other}`
      const pair = this.#pairs.get(key) ?? { kind, expected: value, actual: other, votes: 0 }
      pair.votes += 1
      this.#pairs.set(key, pair)
    })
  }

  /** Counts the votes. */
  settle(): void {
    for (const kind of UNIVERSAL)
      for (const value of this.#expected.valuesOf(kind))
        if (this.#actual.has(kind, value)) this.#bind(kind, value, value)
    const isSame = (pair: Pair) => Number(pair.expected === pair.actual)
    const sorted = [...this.#pairs.values()].sort((a, b) => b.votes - a.votes || isSame(b) - isSame(a))
    for (const { kind, expected, actual } of sorted) {
      if (kind === 'date' || this.#forth.has(`${kind}\n${expected}`) || this.#back.has(`${kind}\n${actual}`))
        continue
      this.#bind(kind, expected, actual)
    }
  }

  agrees({ kind, value }: Reference, actual: Reference | undefined): boolean {
    if (actual === undefined || actual.kind !== kind) return false
    if (kind === 'date') return this.#mayDiffer(value, actual.value)
    return this.#forth.get(`${kind}\n${value}`) === actual.value
  }

  /** The name on the actual side of what the expected side calls so; dates have none. */
  translate({ kind, value }: Reference): string {
    return kind === 'date' ? '' : (this.#forth.get(`${kind}\n${value}`) ?? `${value}?`)
  }

  #bind(kind: string, expected: string, actual: string): void {
    this.#forth.set(`${kind}\n${expected}`, actual)
    this.#back.set(`${kind}\n${actual}`, expected)
  }

  /**
   * Instants of the session differ from run to run, those of another world altogether. Where both sides show the same
   * world, one of them turns up on both, and then it must be in the same places.
   */
  #mayDiffer(expected: string, actual: string): boolean {
    if (expected === actual) return true
    const [instant, other] = [instantOf(expected), instantOf(actual)]
    if (this.#expected.isOfSession(instant) && this.#actual.isOfSession(other)) return true
    // Only its offset was changed.
    if (instant === other) return false
    return !this.#actual.has('date', expected) && !this.#expected.has('date', actual)
  }
}

function instantOf(text: string): number {
  const date = /^\d+$/.test(text) ? readEpoch(Number(text), 'date') : readDate(text, 'date')
  return date?.instant ?? Number.NaN
}
