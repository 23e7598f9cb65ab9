import { compareBytes } from './byte-compare.ts'
import type { Direction, RefOrder } from './model.ts'
import { orderOf } from './number-order.ts'
import type { Compare } from './order-search.ts'
import type { RefEntry } from './ref-entry.ts'
import { compareVersions } from './version-compare.ts'

/** How to read an order: which comparison to sort by, and from which end. */
export interface Reading {
  readonly compare: Compare<RefEntry>
  readonly backwards: boolean
}

/** What a comparison goes by before the names, where that is a number. */
const weights = new Map<Compare<RefEntry>, (entry: RefEntry) => number>()

/**
 * Comparisons that several orders share are the same function, so that they share an index.
 *
 * Only 'name' and 'version' can be read backwards, as no two names are equal in them. The others need one comparison per
 * direction, because equal keys fall back to the ascending name in both, as in `git for-each-ref`.
 */
const readings: Record<RefOrder, Record<Direction, Reading>> = {
  name: {
    asc: { compare: byName, backwards: false },
    desc: { compare: byName, backwards: true },
  },
  version: {
    asc: { compare: byVersion, backwards: false },
    desc: { compare: byVersion, backwards: true },
  },
  created: {
    asc: byWeight((entry) => entry.facts.created),
    desc: byWeight((entry) => -entry.facts.created),
  },
  committed: {
    asc: byWeight((entry) => entry.facts.committed),
    desc: byWeight((entry) => -entry.facts.committed),
  },
  // Lightweight tags are all equal and the least; annotated ones grow with their date.
  'annotated-first': {
    asc: byWeight((entry) => annotationWeight(entry)),
    desc: byWeight((entry) => -annotationWeight(entry)),
  },
}

/** Answers how to read an order in a direction. */
export function readingOf(order: RefOrder, direction: Direction): Reading {
  return readings[order][direction]
}

/** The order of ref names, which every table keeps. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareBytes(a.name, b.name)
}

function byVersion(a: RefEntry, b: RefEntry): number {
  return compareVersions(a.name, b.name)
}

/** The lesser first, of equal ones that with the lesser name. */
function byWeight(weigh: (entry: RefEntry) => number): Reading {
  const compare: Compare<RefEntry> = (a, b) => weigh(a) - weigh(b) || byName(a, b)
  weights.set(compare, weigh)
  return { compare, backwards: false }
}

function annotationWeight({ facts }: RefEntry): number {
  return facts.type === 'tag' ? facts.created + 1 : 0
}

/** Entries that are in the order of their names, put in another order; quickly where that goes by a number. */
export function sortEntries(byNames: readonly RefEntry[], compare: Compare<RefEntry>): readonly RefEntry[] {
  const weigh = weights.get(compare)
  if (!weigh) return byNames.toSorted(compare)
  const numbers = new Float64Array(byNames.length)
  for (let at = 0; at < numbers.length; at += 1) numbers[at] = weigh(byNames[at]!)
  const sorted: RefEntry[] = []
  for (const at of orderOf(numbers)) sorted.push(byNames[at]!)
  return sorted
}
