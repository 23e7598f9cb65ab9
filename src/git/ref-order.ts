import { compareBytes } from './byte-compare.ts'
import type { Direction, RefOrder } from './model.ts'
import type { Compare } from './order-search.ts'
import type { RefEntry } from './ref-entry.ts'
import { compareVersions } from './version-compare.ts'

/** How to read an order: which comparison to sort by, and from which end. */
export interface Reading {
  readonly compare: Compare<RefEntry>
  readonly backwards: boolean
}

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
    asc: { compare: (a, b) => created(a) - created(b) || byName(a, b), backwards: false },
    desc: { compare: (a, b) => created(b) - created(a) || byName(a, b), backwards: false },
  },
  committed: {
    asc: { compare: (a, b) => committed(a) - committed(b) || byName(a, b), backwards: false },
    desc: { compare: (a, b) => committed(b) - committed(a) || byName(a, b), backwards: false },
  },
  'annotated-first': {
    asc: { compare: (a, b) => compareAnnotation(a, b) || byName(a, b), backwards: false },
    desc: { compare: (a, b) => compareAnnotation(b, a) || byName(a, b), backwards: false },
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

/** Lightweight tags are all equal and the least; annotated ones grow with their date. */
function compareAnnotation(a: RefEntry, b: RefEntry): number {
  const annotated = isAnnotated(a)
  if (annotated !== isAnnotated(b)) return annotated ? 1 : -1
  return annotated ? created(a) - created(b) : 0
}

function isAnnotated(entry: RefEntry): boolean {
  return entry.facts.type === 'tag'
}

function created(entry: RefEntry): number {
  return entry.facts.created
}

function committed(entry: RefEntry): number {
  return entry.facts.committed
}
