import { maskFormBody, maskJson, maskMultipart, maskQuery, maskText } from './masks.ts'
import { hasScheme, isSecretName, MASK } from './secret-names.ts'

/** Found by its name in one request, a value must be this long to be looked for in the rest of it. */
const SHORTEST_FOUND = 6

/**
 * Takes credentials out of what is shown: by the type of the place where they are (headers, parameters, fields, URLs), and
 * every secret of the world wherever it appears. One object serves one reading of the journal.
 */
export class Redaction {
  readonly #known: RegExp | null

  constructor(secrets: ReadonlySet<string>) {
    this.#known = patternOf(secrets)
  }

  /**
   * Starts on one exchange: what one part of it shows to be a secret is taken out of its other parts too. `found` collects
   * what that is.
   */
  open(found: Set<string> = new Set()): ExchangeRedaction {
    return new ExchangeRedaction(this.#known, found)
  }
}

/** Redacts the parts of one exchange in two steps: first each part by its type, then all of them by value. */
export class ExchangeRedaction {
  readonly #known: RegExp | null
  readonly #found: Set<string>
  #pattern: RegExp | null | undefined

  constructor(known: RegExp | null, found: Set<string>) {
    this.#known = known
    this.#found = found
  }

  readonly #note = (value: string): void => {
    if (value.length >= SHORTEST_FOUND) this.#found.add(value)
  }

  /** Names and values of a query string or form, in their order. */
  query(query: string): string {
    return maskQuery(query, this.#note)
  }

  header(name: string, value: string): string {
    if (!isSecretName(name)) return maskText(value, this.#note)
    const scheme = hasScheme(name) ? /^\s*(\S+)\s+(.*)$/.exec(value) : null
    const secret = scheme?.[2] ?? value
    this.#note(secret)
    if (scheme?.[1]?.toLowerCase() === 'basic') this.#notePassword(secret)
    return scheme ? `${scheme[1]} ${MASK}` : MASK
  }

  body(text: string, type: string): string {
    if (type.includes('json')) return maskText(maskJson(text, this.#note), this.#note)
    if (type.includes('x-www-form-urlencoded')) return maskFormBody(text, this.#note)
    if (type.startsWith('multipart/')) return maskText(maskMultipart(text, this.#note), this.#note)
    // A body without a type, or of a wrong one, is often JSON or a form all the same.
    return maskText(maskJson(text, this.#note), this.#note)
  }

  /** The second step, to be taken when all parts have been through the first. */
  finish(text: string): string {
    this.#pattern ??= patternOf(this.#found)
    const once = this.#known ? replaceSecrets(text, this.#known) : text
    return this.#pattern ? replaceSecrets(once, this.#pattern) : once
  }

  #notePassword(encoded: string): void {
    const text = Buffer.from(encoded, 'base64').toString()
    this.#note(text.slice(text.indexOf(':') + 1))
  }
}

/** Secrets in the spellings that they have in bodies, URLs and JSON texts; the longest first, as one may hold another. */
function patternOf(secrets: ReadonlySet<string>): RegExp | null {
  const spellings = new Set<string>()
  for (const secret of secrets) {
    const encoded = encodeURIComponent(secret)
    for (const spelling of [
      secret,
      encoded,
      encoded.replaceAll('%20', '+'),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ])
      spellings.add(spelling)
  }
  const sorted = [...spellings].filter((spelling) => spelling !== '').sort((a, b) => b.length - a.length)
  if (sorted.length === 0) return null
  return new RegExp(sorted.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g')
}

/** Percent-escapes and JSON escapes can spell any secret in more ways than can be listed: those are undone to look. */
function replaceSecrets(text: string, pattern: RegExp): string {
  const plain = text.replace(pattern, MASK)
  const unescaped = plain.replace(/[^\s"'<>/?&=]*%[0-9a-f]{2}[^\s"'<>/?&=]*/gi, (word) =>
    holds(decodeWord(word), pattern) ? MASK : word,
  )
  return unescaped.replace(/"(?:[^"\\]|\\.)*\\u[0-9a-f]{4}(?:[^"\\]|\\.)*"/gi, (literal) =>
    holds(readLiteral(literal), pattern) ? `"${MASK}"` : literal,
  )
}

function holds(text: string, pattern: RegExp): boolean {
  return text.search(pattern) >= 0
}

function decodeWord(word: string): string {
  return Buffer.from(
    word.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  ).toString()
}

function readLiteral(literal: string): string {
  try {
    return String(JSON.parse(literal))
  } catch {
    return literal
  }
}
