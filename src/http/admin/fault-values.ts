/** Values of fault rules. Everything here throws ControlPlaneError that says what would do. */
import { refuse } from './admin-error.ts'

export function refuseRule(message: string): never {
  return refuse(422, 'invalid-fault', message)
}

export function oneOf<Text extends string>(given: unknown, allowed: readonly Text[], name: string): Text {
  const found = allowed.find((text) => text === given)
  return found ?? refuseRule(`${name}: ${JSON.stringify(given)} is unknown; allowed: ${allowed.join(', ')}.`)
}

export function text(given: unknown, name: string): string {
  return typeof given === 'string' && given !== '' ? given : refuseRule(`${name}: must be a text.`)
}

export function count(given: unknown, name: string, least = 0): number {
  const isFit = Number.isSafeInteger(given) && (given as number) >= least
  return isFit ? (given as number) : refuseRule(`${name}: must be a whole number from ${least} on.`)
}

/** A number within limits, both included. */
export function number(given: unknown, name: string, least: number, most: number): number {
  const isFit = typeof given === 'number' && given >= least && given <= most
  return isFit ? given : refuseRule(`${name}: must be a number from ${least} to ${most}.`)
}

export function flag(given: unknown, name: string): boolean {
  return typeof given === 'boolean' ? given : refuseRule(`${name}: must be true or false.`)
}

/** An object with no other keys than these. */
export function object(
  given: unknown,
  name: string,
  keys: readonly string[],
): Readonly<Record<string, unknown>> {
  const allowed = `an object with ${keys.join(', ')}`
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return refuseRule(`${name}: must be ${allowed}.`)
  const unknown = Object.keys(given).find((key) => !keys.includes(key))
  return unknown === undefined
    ? (given as Record<string, unknown>)
    : refuseRule(`${name}: ${JSON.stringify(unknown)} is unknown; it must be ${allowed}.`)
}
