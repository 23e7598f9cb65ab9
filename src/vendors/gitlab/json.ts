const ESCAPES: Readonly<Record<string, string>> = { '&': '\\u0026', '<': '\\u003c', '>': '\\u003e' }

/** Compact JSON as Rails writes it: `&`, `<` and `>` escaped, everything else in UTF-8. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value)
  return /[&<>]/.test(text) ? text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character) : text
}
