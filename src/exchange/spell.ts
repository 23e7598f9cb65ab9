import type { Bonds } from './bonds.ts'
import type { Marked, Reference } from './marked.ts'

/** One text for a value, whatever the order of its keys. `name` writes the references. */
export function spell(value: Marked, name: (reference: Reference) => string): string {
  if (value.shape === 'list') return `[${value.items.map((item) => spell(item, name)).join(',')}]`
  if (value.shape === 'object') {
    const fields = [...value.fields].map(([key, inner]) => `${JSON.stringify(key)}:${spell(inner, name)}`)
    return `{${fields.sort().join(',')}}`
  }
  const { type, template, references } = value
  return [type, JSON.stringify(template), ...references.map(name)].join(' ')
}

export const blind = (value: Marked): string => spell(value, () => '')

export function spellExpected(bonds: Bonds): (value: Marked) => string {
  return (value) => spell(value, (reference) => bonds.translate(reference))
}

export const spellActual = (value: Marked): string =>
  spell(value, ({ kind, value: text }) => (kind === 'date' ? '' : text))
