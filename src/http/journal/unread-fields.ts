import type { DeclaredFields } from './exchange.ts'

/** How parameters reach the operations of a vendor. */
export interface ParameterHabits {
  /** Query and body are one: what either schema declares may come in both. */
  readonly isMerged: boolean
  /** `a[b]=1` and `a[]=1` make structures of query and form. */
  readonly hasBrackets: boolean
  /** Names that every operation reads, such as those that carry credentials. */
  readonly everywhere: readonly string[]
  /** Lower-case names of headers that are parameters here; see unread-headers.ts for those that never are. */
  readonly headers?: readonly string[]
}

export const PLAIN_HABITS: ParameterHabits = { isMerged: false, hasBrackets: false, everywhere: [] }

/** A schema, as far as it names fields. */
export interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly deprecated?: boolean
  readonly description?: string
  readonly default?: unknown
}

/** What a client sent, as far as it has names. */
export interface SentFields {
  readonly query: string
  readonly type: string
  /** Null when the body is not there as a whole. */
  readonly body: string | null
}

/** The names of what was sent and is declared nowhere, hence read by nothing: `query.foo`, `body.assets.links[].x`. */
export function unreadFields(
  { query, type, body }: SentFields,
  declared: DeclaredFields,
  habits: ParameterHabits,
): string[] {
  const shapes = [declared.querystring, declared.body] as readonly (Shape | undefined)[]
  const shared = { properties: Object.assign({}, ...shapes.map((shape) => propertiesOf(shape) ?? {})) }
  const [inQuery, inBody] = habits.isMerged ? [shared, shared] : shapes
  const found = [
    ...unreadPairs(query, 'query', inQuery, habits),
    ...(body === null ? [] : unreadBody(body, type, inBody, habits)),
  ]
  return [...new Set(found)]
}

function unreadBody(body: string, type: string, shape: Shape | undefined, habits: ParameterHabits): string[] {
  if (body === '') return []
  if (type.includes('x-www-form-urlencoded')) return unreadPairs(body, 'body', shape, habits)
  if (type.startsWith('multipart/')) {
    const names = [...body.matchAll(/name="([^"]+)"/g)].map((match) => match[1] ?? '')
    return names.flatMap((name) => unreadPath(name, 'body', shape, habits))
  }
  return walk(readJson(body), shape ?? { properties: {} }, 'body', habits.everywhere)
}

function unreadPairs(
  text: string,
  part: string,
  shape: Shape | undefined,
  habits: ParameterHabits,
): string[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .flatMap((pair) => unreadPath(decode(pair.split('=', 1)[0] ?? ''), part, shape, habits))
}

/** `assets[links][][name]`, followed down into the schema as far as that names anything. */
function unreadPath(
  name: string,
  part: string,
  shape: Shape | undefined,
  { hasBrackets, everywhere }: ParameterHabits,
): string[] {
  if (everywhere.includes(name)) return []
  const keys = hasBrackets ? name.replaceAll(']', '').split('[') : [name]
  let at: Shape | undefined = shape ?? { properties: {} }
  let path = part
  for (const key of keys) {
    if (key === '') {
      at = at?.items
      path += '[]'
      continue
    }
    path += `.${key}`
    const properties = propertiesOf(at)
    if (!properties) return []
    if (!Object.hasOwn(properties, key)) return [path]
    at = properties[key]
  }
  return []
}

function walk(
  value: unknown,
  shape: Shape | undefined,
  path: string,
  everywhere: readonly string[] = [],
): string[] {
  if (Array.isArray(value)) {
    const { items } = shape ?? {}
    return items ? value.flatMap((item) => walk(item, items, `${path}[]`)) : []
  }
  const properties = propertiesOf(shape)
  if (typeof value !== 'object' || value === null || !properties) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    if (everywhere.includes(key)) return []
    return Object.hasOwn(properties, key)
      ? walk(inner, properties[key], `${path}.${key}`)
      : [`${path}.${key}`]
  })
}

/** Undefined where anything goes. */
export function propertiesOf(shape: Shape | undefined): Readonly<Record<string, Shape>> | undefined {
  if (!shape?.anyOf) return shape?.properties
  const known = shape.anyOf.map(propertiesOf).filter((properties) => properties !== undefined)
  return known.length === 0 ? undefined : Object.assign({}, ...known)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
