/**
 * Capabilities: what one side offers and the other takes up, as words separated by spaces, `name` or `name=value`. A name may
 * come several times (`symref=…`). In protocol 0 they follow a NUL in the first line of refs, and the client sends its choice
 * after the first want or command; in protocol 2 each has a line of its own.
 *
 * https://git-scm.com/docs/gitprotocol-capabilities
 */
import { WireError } from './wire-error.ts'

/** The values under each name, in their order; a capability without a value has none. */
export type Capabilities = ReadonlyMap<string, readonly string[]>

export function parseCapabilities(text: string): Capabilities {
  const found = new Map<string, string[]>()
  for (const word of text.split(' ')) {
    if (word === '') continue
    const { name, value } = splitCapability(word)
    const values = found.get(name) ?? []
    if (value !== null) values.push(value)
    found.set(name, values)
  }
  return found
}

/** Takes `name` or `name=value` apart. */
export function splitCapability(word: string): { readonly name: string; readonly value: string | null } {
  const equals = word.indexOf('=')
  if (equals < 0) return { name: word, value: null }
  return { name: word.slice(0, equals), value: word.slice(equals + 1) }
}

/** The last value given for a capability, null when there is none. */
export function capabilityValue(capabilities: Capabilities, name: string): string | null {
  return capabilities.get(name)?.at(-1) ?? null
}

/** This forge has SHA-1 repositories only. Throws WireError when the client speaks another object format. */
export function checkObjectFormat(capabilities: Capabilities): void {
  const format = capabilityValue(capabilities, 'object-format')
  if (format !== null && format !== 'sha1') {
    throw new WireError(`mismatched object format: server sha1; client ${format}`)
  }
}
