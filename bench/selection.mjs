/**
 * The measures that words on the command line name, by name or id and in any case; all when there are none.
 * @returns {{ chosen: object[], unknown: string[] }} in the order of their ids
 */
export function chooseMeasures(measures, wanted) {
  const sorted = measures.toSorted((a, b) => numberOf(a) - numberOf(b) || a.name.localeCompare(b.name))
  if (wanted.length === 0) return { chosen: sorted, unknown: [] }
  const words = wanted.map((word) => word.toLowerCase())
  return {
    chosen: sorted.filter((measure) => words.some((word) => isCalled(measure, word))),
    unknown: words.filter((word) => !sorted.some((measure) => isCalled(measure, word))),
  }
}

function isCalled({ id, name }, word) {
  return id.toLowerCase() === word || name.toLowerCase() === word
}

function numberOf({ id }) {
  return Number(/\d+/.exec(id)?.[0] ?? Number.POSITIVE_INFINITY)
}
