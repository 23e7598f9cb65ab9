import type { Order, SeenTag } from '../driver.ts'

type Compare = Order['compare']

/** By the bytes of the name, smallest first. */
export const byName: Compare = (a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))

/** Oldest first; tags of one second, and those of which no time is known, in any order. */
export const byTime: Compare = (a, b) => {
  const [first, second] = [instantOf(a), instantOf(b)]
  return first === null || second === null ? 0 : first - second
}

export function reversed(compare: Compare): Compare {
  return (a, b) => compare(b, a)
}

function instantOf({ time }: SeenTag): number | null {
  return time === undefined ? null : Date.parse(time)
}
