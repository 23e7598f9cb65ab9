import { align, type Spelling } from './align.ts'
import { Bonds } from './bonds.ts'
import { type Difference, pointerTo } from './difference.ts'
import type { Exchange } from './exchange.ts'
import { markAnswer } from './mark.ts'
import type { Leaf, Marked, MarkedList, MarkedObject } from './marked.ts'
import { leafDifference } from './same-leaf.ts'
import { Side, type SideOptions } from './side.ts'
import { blind, spellActual, spellExpected } from './spell.ts'

export type { Difference, DifferenceKind } from './difference.ts'

export interface CompareOptions {
  readonly expected?: SideOptions
  readonly actual?: SideOptions
  /** `stated`: the expected answers name only the headers that matter, so others are not extra. Default: `all`. */
  readonly headers?: 'all' | 'stated'
}

/** How one answer differs from the one that was expected. */
export interface ComparedExchange {
  readonly name: string
  readonly differences: readonly Difference[]
  /** Pointers to objects whose keys come in another order: allowed, but a client that hashes texts would notice. */
  readonly reordered: readonly string[]
}

/**
 * Compares the answers of two sides to the same requests, one by one: both lists are equally long. What must differ (ids,
 * instants, hosts, request ids) may, as long as the same thing is always called the same on each side, and in the same form.
 */
export function compare(
  expected: readonly Exchange[],
  actual: readonly Exchange[],
  options: CompareOptions = {},
): ComparedExchange[] {
  const sides = [new Side(expected, options.expected), new Side(actual, options.actual)] as const
  const pairs = expected.map((exchange, i) => {
    const other = actual[i]
    if (other === undefined || actual.length !== expected.length)
      throw new RangeError('Only as many answers can be compared as were expected.')
    return [exchange.name, markAnswer(exchange, sides[0]), markAnswer(other, sides[1])] as const
  })
  const bonds = new Bonds(...sides)
  for (const [, left, right] of pairs) walk(left, right, '', voting(bonds))
  bonds.settle()
  return pairs.map(([name, left, right]) => {
    const differences: Difference[] = []
    const reordered: string[] = []
    walk(left, right, '', judging(bonds, differences, reordered, options.headers ?? 'all'))
    return { name, differences, reordered }
  })
}

/** What is done with the places that two values have in common. */
interface Visitor {
  readonly spellExpected: Spelling
  readonly spellActual: Spelling
  leaves(expected: Leaf, actual: Leaf, pointer: string): void
  report(difference: Difference): void
  reordered(pointer: string): void
}

function voting(bonds: Bonds): Visitor {
  return {
    spellExpected: blind,
    spellActual: blind,
    leaves: (expected, actual) => bonds.vote(expected, actual),
    report: () => {},
    reordered: () => {},
  }
}

function judging(
  bonds: Bonds,
  differences: Difference[],
  reordered: string[],
  headers: 'all' | 'stated',
): Visitor {
  const report = (difference: Difference) => {
    const isUnstated =
      difference.kind === 'extra' && /^\/(?:headers|body)$|^\/headers\/[^/]*$/.test(difference.pointer)
    if (!(isUnstated && headers === 'stated')) differences.push(difference)
  }
  return {
    spellExpected: spellExpected(bonds),
    spellActual,
    leaves: (expected, actual, pointer) => {
      const kind = leafDifference(expected, actual, bonds)
      if (kind) report({ pointer, kind, expected: expected.value, actual: actual.value })
    },
    report,
    reordered: (pointer) => reordered.push(pointer),
  }
}

function walk(expected: Marked, actual: Marked, pointer: string, visitor: Visitor): void {
  if (expected.shape === 'leaf' && actual.shape === 'leaf') visitor.leaves(expected, actual, pointer)
  else if (expected.shape === 'list' && actual.shape === 'list') walkLists(expected, actual, pointer, visitor)
  else if (expected.shape === 'object' && actual.shape === 'object')
    walkObjects(expected, actual, pointer, visitor)
  else visitor.report({ pointer, kind: 'type', expected: expected.value, actual: actual.value })
}

function walkObjects(expected: MarkedObject, actual: MarkedObject, pointer: string, visitor: Visitor): void {
  for (const [key, value] of expected.fields) {
    const other = actual.fields.get(key)
    const place = pointerTo(pointer, key)
    if (other) walk(value, other, place, visitor)
    else visitor.report({ pointer: place, kind: 'missing', expected: value.value })
  }
  for (const [key, value] of actual.fields)
    if (!expected.fields.has(key))
      visitor.report({ pointer: pointerTo(pointer, key), kind: 'extra', actual: value.value })
  const shared = [...expected.fields.keys()].filter((key) => actual.fields.has(key))
  const others = [...actual.fields.keys()].filter((key) => expected.fields.has(key))
  if (pointer.startsWith('/body') && shared.some((key, i) => key !== others[i])) visitor.reordered(pointer)
}

function walkLists(expected: MarkedList, actual: MarkedList, pointer: string, visitor: Visitor): void {
  const { pairs, isReordered } = align(expected, actual, visitor.spellExpected, visitor.spellActual)
  if (isReordered) visitor.report({ pointer, kind: 'order', expected: expected.value, actual: actual.value })
  for (const [i, k] of pairs) {
    const [left, right] = [expected.items[i ?? -1], actual.items[k ?? -1]]
    const place = pointerTo(pointer, i ?? k ?? 0)
    if (left && right) walk(left, right, place, visitor)
    else if (left) visitor.report({ pointer: place, kind: 'missing', expected: left.value })
    else if (right) visitor.report({ pointer: place, kind: 'extra', actual: right.value })
  }
}
