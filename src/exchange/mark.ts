import { readEpoch } from './dates.ts'
import type { Exchange, ExchangeHeaders } from './exchange.ts'
import { isTransportHeader, isVolatileHeader } from './header-names.ts'
import { markText, singular } from './mark-text.ts'
import { type Leaf, type Marked, type MarkedObject, markOf, type Reference } from './marked.ts'
import { isIdKey, type Side } from './side.ts'

/** Where a value stands: the key that it is under, and what a thing is called that has no other name. */
interface Place {
  readonly key: string
  /** The key of the object around it. */
  readonly outer: string
  readonly resource: string
}

/** An answer with its references found. What says nothing about the server's dialect is left out. */
export function markAnswer({ request, answer }: Exchange, side: Side): MarkedObject {
  const resource = resourceOf(request.path)
  const fields = new Map<string, Marked>([['status', plainLeaf(answer.status)]])
  if (answer.headers !== undefined) fields.set('headers', markHeaders(answer.headers, side))
  if (answer.body !== undefined)
    fields.set('body', mark(answer.body, { key: '', outer: resource, resource }, side))
  return { shape: 'object', fields, value: answer }
}

function markHeaders(headers: ExchangeHeaders, side: Side): MarkedObject {
  const fields = new Map<string, Marked>()
  for (const [written, value] of Object.entries(headers)) {
    const name = written.toLowerCase()
    if (!isTransportHeader(name)) fields.set(name, markHeader(name, value, side))
  }
  return { shape: 'object', fields, value: headers }
}

/** Several headers of one name are the same as one with commas. */
function markHeader(name: string, given: string | readonly string[], side: Side): Marked {
  const value = [given].flat().join(', ')
  const hidden = isVolatileHeader(name) ? markOf('any') : null
  const template = name === 'etag' ? value.replace(/"[^"]*"/, `"${markOf('etag')}"`) : hidden
  if (template !== null) return { shape: 'leaf', type: 'string', template, references: [], value }
  return mark(value, { key: name, outer: '', resource: '' }, side)
}

function mark(value: unknown, place: Place, side: Side): Marked {
  if (Array.isArray(value))
    return { shape: 'list', items: value.map((item) => mark(item, place, side)), value }
  if (typeof value === 'object' && value !== null) {
    const outer = place.key === '' ? place.outer : singular(place.key)
    const fields = Object.entries(value).map(
      ([key, inner]) => [key, mark(inner, { ...place, key, outer }, side)] as const,
    )
    return { shape: 'object', fields: new Map(fields), value }
  }
  const leaf = markLeaf(value, place, side)
  for (const { kind, value: text } of leaf.references) side.note(kind, text)
  return leaf
}

function markLeaf(value: unknown, place: Place, side: Side): Leaf {
  if (typeof value === 'string') {
    const { template, references } = markText(value, place.key, kindOf(place), side)
    return { shape: 'leaf', type: 'string', template, references, value }
  }
  if (typeof value !== 'number') return plainLeaf(value)
  const reference = referenceOfNumber(value, place)
  if (!reference) return plainLeaf(value)
  return { shape: 'leaf', type: 'number', template: reference.mark, references: [reference], value }
}

function referenceOfNumber(value: number, place: Place): (Reference & { readonly mark: string }) | null {
  const date = readEpoch(value, place.key)
  if (date) return { kind: 'date', value: String(value), mark: markOf(`date ${date.form}`) }
  if (!isIdKey(place.key) || !Number.isInteger(value)) return null
  const kind = kindOf(place)
  return { kind, value: String(value), mark: markOf(kind) }
}

function plainLeaf(value: unknown): Leaf {
  const type = value === null ? 'null' : (typeof value as Leaf['type'])
  return { shape: 'leaf', type, template: String(value), references: [], value }
}

/** `project_id` names a project; what a mere `id` names, the key around it says, or the request's path. */
function kindOf({ key, outer }: Place): string {
  const own = key.replace(/(?:^|_)i?ids?$|Ids?$/, '')
  return singular(own === '' ? outer : own)
}

/** The last segment of a path that looks like the name of a resource: `/api/v4/projects/1` → `project`. */
function resourceOf(path: string): string {
  const [address = ''] = path.split('?')
  const words = address.split('/').filter((segment) => /^[a-z][a-z_-]*s$|^user$/.test(segment))
  return singular(words.at(-1) ?? 'thing')
}
