import { isDeepStrictEqual } from 'node:util'

/** A server that does not do what a story says. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'
  /** The rule that did not hold. */
  readonly check: string
  readonly expected: unknown
  readonly actual: unknown

  constructor(check: string, expected: unknown, actual: unknown) {
    super(`${check}: expected ${show(expected)}, got ${show(actual)}`)
    this.check = check
    this.expected = expected
    this.actual = actual
  }
}

/** Throws Mismatch unless both are the same, in depth. */
export function demandSame(check: string, actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) throw new Mismatch(check, expected, actual)
}

/** Throws Mismatch unless what was found is among what may be. */
export function demandOneOf<T>(check: string, actual: T, expected: readonly T[]): void {
  if (!expected.includes(actual)) throw new Mismatch(check, expected, actual)
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
