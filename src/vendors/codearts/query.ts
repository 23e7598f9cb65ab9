/**
 * Query strings by the rules of forms: a plus is a space. Names and values that cannot be decoded stay as they were sent.
 */

/** All pairs, in their order. */
export function parsePairs(query: string): [name: string, value: string][] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const cut = pair.indexOf('=')
      if (cut < 0) return [decode(pair), '']
      return [decode(pair.slice(0, cut)), decode(pair.slice(cut + 1))]
    })
}

/** Queries as they were read: clients ask for the same few lists over and over. */
const known = new Map<string, ReadonlyMap<string, string>>()
const MOST_KNOWN = 256
const LONGEST_KNOWN = 256

/** The first value of each name; of the same query mostly the same map. */
export function parseQuery(query: string): ReadonlyMap<string, string> {
  const before = known.get(query)
  if (before) return before
  const values = readQuery(query)
  if (query.length > LONGEST_KNOWN) return values
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(query, values)
  return values
}

function readQuery(query: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const [name, value] of parsePairs(query)) {
    if (!values.has(name)) values.set(name, value)
  }
  return values
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}
