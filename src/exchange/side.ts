import type { Exchange } from './exchange.ts'

/** What is known of a side beside its exchanges. */
export interface SideOptions {
  /** Where it was asked: `http://127.0.0.1:4747`. Absolute links to it are the same as those of the other side to itself. */
  readonly origin?: string
}

const FULL_ID = /\b(?:[0-9a-f]{40}|[0-9a-f]{64})\b/g
const ID_KEY = /(?:^|_)i?ids?$|[a-z]Ids?$/

/** Fields whose text is an abbreviated object id, even of an object that nothing else names. */
const ABBREVIATED_KEY = /^(?:short_?id|short_?sha|display_?id|abbreviated_\w*)$/i

/** How far from a side's own time an instant counts as made during the session: milliseconds. */
const SESSION = 36 * 3_600_000

/**
 * What the values of one side refer to, learnt from all its exchanges before any of them is looked at: an abbreviation is
 * one only if something is there that it abbreviates.
 */
export class Side {
  readonly origin: string | null
  readonly host: string | null
  /** The whole address where it has a path, as that of a sandbox does, and the origin that it begins with. */
  readonly #address: readonly [string, string] | null
  readonly #objects = new Set<string>()
  readonly #ids = new Set<string>()
  /** Values by the kind of thing that they name. */
  readonly #seen = new Map<string, Set<string>>()
  #now = Number.NaN

  constructor(exchanges: readonly Exchange[], { origin }: SideOptions = {}) {
    const address = origin?.replace(/\/+$/, '')
    this.origin = address === undefined ? null : new URL(address).origin
    this.host = address === undefined ? null : new URL(address).hostname
    this.#address = address === undefined || address === this.origin ? null : [address, this.origin ?? '']
    for (const { request, answer } of exchanges) {
      this.#learnText(request.path)
      for (const [, id = ''] of request.path.matchAll(/\/(\d+)(?=[/?]|$)/g)) this.#ids.add(id)
      this.#learn(request.body, '')
      this.#learn(answer.body, '')
      for (const [name, value] of Object.entries(answer.headers ?? {})) {
        this.#learn(value, name)
        if (name.toLowerCase() === 'date') this.#now = Date.parse(String(value))
      }
    }
  }

  /** Links to this side as they would be if it were at the root of its host. */
  atRoot(text: string): string {
    return this.#address === null ? text : text.replaceAll(...this.#address)
  }

  isId(text: string): boolean {
    return this.#ids.has(text)
  }

  /** The whole object id that a text abbreviates, or the text itself where only its place says that it does; else null. */
  objectOf(text: string, key: string): string | null {
    if (text.length === 40 || text.length === 64) return text
    // As long as a digest of another kind, it is one.
    if (text.length !== 32) for (const id of this.#objects) if (id.startsWith(text)) return id
    return ABBREVIATED_KEY.test(key) ? text : null
  }

  note(kind: string, value: string): void {
    const values = this.#seen.get(kind)
    if (values) values.add(value)
    else this.#seen.set(kind, new Set([value]))
  }

  has(kind: string, value: string): boolean {
    return this.#seen.get(kind)?.has(value) ?? false
  }

  valuesOf(kind: string): ReadonlySet<string> {
    return this.#seen.get(kind) ?? new Set()
  }

  /** Whether links in its answers begin with the address at which it was asked. */
  showsItself(): boolean {
    return this.origin !== null && this.has('origin', this.origin)
  }

  isOfSession(instant: number): boolean {
    return Math.abs(instant - this.#now) < SESSION
  }

  #learn(value: unknown, key: string): void {
    if (typeof value === 'string') {
      this.#learnText(value)
      if (isIdKey(key) && /^\d+$/.test(value)) this.#ids.add(value)
    } else if (typeof value === 'number') {
      if (isIdKey(key)) this.#ids.add(String(value))
    } else if (Array.isArray(value)) {
      for (const item of value) this.#learn(item, key)
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) this.#learn(inner, name)
    }
  }

  #learnText(text: string): void {
    for (const [id] of text.matchAll(FULL_ID)) this.#objects.add(id)
  }
}

/** Whether a field's number, or text of digits, names a thing. */
export function isIdKey(key: string): boolean {
  return ID_KEY.test(key)
}
