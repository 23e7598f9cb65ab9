/** The name that somebody who wrote `wanted` most likely meant; undefined where none is near. */
export function nearestName(wanted: string, names: Iterable<string>): string | undefined {
  const text = plain(wanted)
  let best: string | undefined
  let least = Math.floor(text.length / 3) + 1
  for (const name of names) {
    const distance = distanceOf(text, plain(name), least)
    if (distance < least) [best, least] = [name, distance]
  }
  return best
}

/** `tagName`, `tag_name` and `tag-name` are one name in different habits. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_.\s]/g, '')
}

/**
 * How many letters have to be put in, left out, replaced or swapped with their neighbours; `most` for all that is no less.
 * It is the restricted edit distance: https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance
 */
function distanceOf(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      next[j] = Math.min(
        at(row, j) + 1,
        at(next, j - 1) + 1,
        at(row, j - 1) + (isSame ? 0 : 1),
        isSwapped ? at(before, j - 2) + 1 : most,
      )
    }
    before = row
    row = next
  }
  return Math.min(at(row, b.length), most)
}

function at(row: readonly number[], i: number): number {
  return row[i] ?? Number.POSITIVE_INFINITY
}
