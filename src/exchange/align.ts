/** Which items of one list are which of another. */
import { diffArrays } from 'diff'
import type { Marked, MarkedList } from './marked.ts'

/** Indices of an item in both lists; null where it is in one of them only. */
export type Aligned = readonly [expected: number | null, actual: number | null]

export interface Alignment {
  readonly pairs: readonly Aligned[]
  /** Whether items that are in both come in another order. */
  readonly isReordered: boolean
}

/** A text for a value that is equal for equal values of the two sides. */
export type Spelling = (value: Marked) => string

/** Fields that tell the items of a list apart, the most telling first. */
const NAMES = [
  'name',
  'tag_name',
  'displayId',
  'path_with_namespace',
  'slug',
  'username',
  'id',
  'iid',
  'key',
  'path',
  'alias',
]

export function align(
  expected: MarkedList,
  actual: MarkedList,
  spellExpected: Spelling,
  spellActual: Spelling,
): Alignment {
  const [left, right] = [expected.items.map(spellExpected), actual.items.map(spellActual)]
  if (left.length === right.length && left.every((text, i) => text === right[i])) return inOrder(left.length)
  if (left.length === right.length && same([...left].sort(), [...right].sort()))
    return byIdentity(left, right)
  const names = namesOf(expected, actual, spellExpected, spellActual)
  if (names) return byIdentity(...names)
  if (left.length === right.length) return inOrder(left.length)
  return byDifference(left, right)
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.every((text, i) => text === b[i])
}

function inOrder(length: number): Alignment {
  return { pairs: Array.from({ length }, (_, i) => [i, i] as const), isReordered: false }
}

/** The names of all items, where each has one of its own; those that lack it count as nameless. */
function namesOf(
  expected: MarkedList,
  actual: MarkedList,
  spellExpected: Spelling,
  spellActual: Spelling,
): [(string | null)[], (string | null)[]] | null {
  for (const field of NAMES) {
    const left = expected.items.map((item) => nameOf(item, field, spellExpected))
    const right = actual.items.map((item) => nameOf(item, field, spellActual))
    const known = new Set(left.filter((name) => name !== null))
    const shared = right.filter((name) => name !== null && known.has(name))
    const isUnique = known.size === left.filter((name) => name !== null).length
    if (isUnique && shared.length > 0 && shared.length === new Set(shared).size) return [left, right]
  }
  return null
}

function nameOf(item: Marked, field: string, spell: Spelling): string | null {
  const value = item.shape === 'object' ? item.fields.get(field) : undefined
  if (value?.shape !== 'leaf' || value.type === 'null') return null
  return spell(value)
}

/** What is left without a partner is paired in order: an item whose name has changed is still that item. */
function byIdentity(left: readonly (string | null)[], right: readonly (string | null)[]): Alignment {
  const free = new Map<string, number[]>()
  right.forEach((name, i) => {
    if (name !== null) free.set(name, [...(free.get(name) ?? []), i])
  })
  const partners = left.map((name) => (name === null ? undefined : free.get(name)?.shift()))
  const taken = new Set(partners)
  const rest = right.map((_, i) => i).filter((i) => !taken.has(i))
  const found = partners.filter((partner) => partner !== undefined)
  const isReordered = found.some((partner, i) => i > 0 && partner < (found[i - 1] ?? 0))
  const isOneForOne = rest.length === left.length - found.length
  const pairs = partners.map((partner, i): Aligned => {
    if (partner !== undefined) return [i, partner]
    const at = isOneForOne ? 0 : rest.indexOf(i)
    return [i, at < 0 ? null : (rest.splice(at, 1)[0] ?? null)]
  })
  return { pairs: [...pairs, ...rest.map((i): Aligned => [null, i])], isReordered }
}

function byDifference(left: readonly string[], right: readonly string[]): Alignment {
  const pairs: Aligned[] = []
  let [i, k] = [0, 0]
  for (const { added, removed, count } of diffArrays([...left], [...right])) {
    for (let n = 0; n < count; n++) pairs.push([added ? null : i++, removed ? null : k++])
  }
  return { pairs: joinReplaced(pairs), isReordered: false }
}

/** An item that went away where another one came is one that has changed. */
function joinReplaced(pairs: readonly Aligned[]): Aligned[] {
  const joined: Aligned[] = []
  const gone: number[] = []
  for (const [left, right] of pairs) {
    const before = gone.shift()
    if (left !== null && right === null) {
      if (before !== undefined) gone.unshift(before)
      gone.push(left)
    } else if (left === null && before !== undefined) joined.push([before, right])
    else {
      if (before !== undefined) gone.unshift(before)
      joined.push(...gone.splice(0).map((index): Aligned => [index, null]), [left, right])
    }
  }
  return [...joined, ...gone.map((index): Aligned => [index, null])]
}
