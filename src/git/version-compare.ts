import { compareUnits } from './byte-compare.ts'

const zero = 0x30
const nine = 0x39
/** What lies beyond the end of a string: smaller than every character, and no digit. */
const end = 0

/**
 * Orders two names as `git for-each-ref --sort=version:refname` does when no `versionsort.suffix` is configured.
 *
 * Runs of digits compare as numbers (`v9` before `v10`), save that a run with leading zeros is read as a fraction
 * (`v1.001` before `v1.01` before `v1.1`). Different names never compare as equal, so descending is the exact reverse.
 * Everything hangs on the first place where the names differ and on the digits that both have just before it.
 */
export function compareVersions(a: string, b: string): number {
  const length = Math.max(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = unitAt(a, i)
    const y = unitAt(b, i)
    if (x !== y) return compareFrom(a, b, i, x, y)
  }
  return 0
}

function compareFrom(a: string, b: string, at: number, x: number, y: number): number {
  const numbersDiffer = isDigit(x) || isDigit(y)
  if (!numbersDiffer) return compareUnits(x, y)

  const start = startOfDigits(a, at)
  if (start === at) {
    // Both runs begin here; one that begins with a zero is a fraction and needs no longer look.
    const bothWhole = isDigit(x) && isDigit(y) && x !== zero && y !== zero
    return bothWhole ? compareLengths(a, b, at) || x - y : compareUnits(x, y)
  }
  if (a.charCodeAt(start) !== zero) return compareLengths(a, b, at) || compareUnits(x, y)
  if (isOnlyZeros(a, start, at) && isDigit(x) !== isDigit(y)) {
    // After nothing but zeros, the run that goes on is the smaller: 000 < 00 < 01 < 010 < 09 < 0 < 1.
    return isDigit(x) ? -1 : 1
  }
  return compareUnits(x, y)
}

/** Orders two whole numbers by how many digits each has from `at` on. */
function compareLengths(a: string, b: string, at: number): number {
  return endOfDigits(a, at) - endOfDigits(b, at)
}

function startOfDigits(text: string, before: number): number {
  let start = before
  while (start > 0 && isDigit(text.charCodeAt(start - 1))) start--
  return start
}

function endOfDigits(text: string, from: number): number {
  let stop = from
  while (isDigit(unitAt(text, stop))) stop++
  return stop
}

function isOnlyZeros(text: string, start: number, stop: number): boolean {
  for (let i = start; i < stop; i++) if (text.charCodeAt(i) !== zero) return false
  return true
}

function isDigit(unit: number): boolean {
  return unit >= zero && unit <= nine
}

function unitAt(text: string, index: number): number {
  return index < text.length ? text.charCodeAt(index) : end
}
