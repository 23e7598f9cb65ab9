import { readDate } from './dates.ts'
import { markOf, type Reference } from './marked.ts'
import { isIdKey, type Side } from './side.ts'

/** From this length on, hex digits are nobody's words: an id, or a digest. */
const OPAQUE = 16

export interface MarkedText {
  readonly template: string
  readonly references: readonly Reference[]
}

const PARTS = new RegExp(
  [
    /(?<uuid>\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)/,
    /(?<encoded>\bhttps?%3A%2F%2F[\w.-]+(?:%3A\d+)?)/,
    /(?<origin>\bhttps?:\/\/[^\s/"'<>?#@]+(?=[\s/"'<>?#]|$))/,
    /(?<ssh>\b(?:ssh:\/\/)?git@(?:\[[0-9a-f:]+\]|[\w.-]+)(?::\d+(?=\/))?)/,
    /(?<query>(?<=[?&](?:\w+_)?id=)\d+(?=&|$|[#"'>\s]))/,
    /(?<segment>(?<=\/)\d+(?=[/?#"'>\s]|$))/,
    /(?<hex>\b[0-9a-f]{7,64}\b)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

/** Finds what a text refers to. `key` is the name of the field that it is in, `kind` that of the thing which an id there names. */
export function markText(written: string, key: string, kind: string, side: Side): MarkedText {
  const text = side.atRoot(written)
  const date = readDate(text, key)
  if (date) return { template: markOf(`date ${date.form}`), references: [{ kind: 'date', value: text }] }
  if (isIdKey(key) && /^\d+$/.test(text))
    return { template: markOf(kind), references: [{ kind, value: text }] }
  const references: Reference[] = []
  const template = text.replace(PARTS, (found, ...rest) => {
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>
    const part = readPart(groups, text, rest.at(-3) as number, key, side)
    if (part === null) return found
    references.push(part)
    return part.mark
  })
  return {
    template: hideHost(template, side),
    references: references.map(({ kind, value }) => ({ kind, value })),
  }
}

interface Part extends Reference {
  readonly mark: string
}

function readPart(
  { uuid, encoded, origin, ssh, query, segment, hex }: Readonly<Record<string, string | undefined>>,
  text: string,
  at: number,
  key: string,
  side: Side,
): Part | null {
  if (uuid !== undefined) return { kind: 'uuid', value: uuid, mark: markOf('uuid') }
  if (encoded !== undefined)
    return { kind: 'origin', value: decodeURIComponent(encoded), mark: markOf('origin encoded') }
  if (origin !== undefined) return { kind: 'origin', value: origin, mark: markOf('origin') }
  // The port of ssh is nobody's business, and whether it is named depends on it.
  if (ssh !== undefined)
    return { kind: 'host', value: ssh, mark: `${ssh.startsWith('ssh') ? 'ssh://' : ''}git@${markOf('host')}` }
  if (query !== undefined) return idPart(query, 'id', side)
  if (segment !== undefined) return idPart(segment, resourceBefore(text.slice(0, at)), side)
  return hex === undefined ? null : hexPart(hex, key, side)
}

function idPart(id: string, kind: string, side: Side): Part | null {
  return side.isId(id) ? { kind, value: id, mark: markOf(kind) } : null
}

function hexPart(hex: string, key: string, side: Side): Part | null {
  const object = side.objectOf(hex, key)
  if (object !== null) return { kind: 'sha', value: object, mark: markOf(`sha ${hex.length}`) }
  return hex.length < OPAQUE ? null : { kind: 'hex', value: hex, mark: markOf(`hex ${hex.length}`) }
}

function resourceBefore(text: string): string {
  return singular(/([a-z_-]+)\/$/i.exec(text)?.[1] ?? 'id')
}

/** Hosts also stand alone, in messages and addresses of ssh. */
function hideHost(template: string, { host }: Side): string {
  return host === null || host.length < 4 ? template : template.replaceAll(host, markOf('host'))
}

/** `projects` → `project`, `repositories` → `repository`. */
export function singular(word: string): string {
  return word
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/(?<!s)s$/, '')
}
