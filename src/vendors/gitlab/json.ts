const ESCAPES: Readonly<Record<string, string>> = { '&': '\\u0026', '<': '\\u003c', '>': '\\u003e' }

/** Compact JSON as Rails writes it: `&`, `<` and `>` escaped, everything else in UTF-8. */
export function toJson(value: unknown): string {
  return escapeMarkup(JSON.stringify(value))
}

/** A lone surrogate: no text that was decoded from UTF-8 can hold one. */
const MARK = '\ud800'

/** The same for values with integers of any size, given as bigint: JSON has no limit, and Ruby writes them in full. */
export function toJsonWithIntegers(value: unknown): string {
  const marked = JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? `${MARK}${item}` : item,
  )
  return escapeMarkup(marked.replace(/"\\ud800(-?\d+)"/g, '$1'))
}

function escapeMarkup(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character) : text
}
