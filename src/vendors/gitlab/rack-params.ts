/** A parameter as Rack hands it to Grape: text, or what `a[]=` and `a[b]=` built. */
export type ParamValue =
  | string
  | number
  | boolean
  | null
  | readonly ParamValue[]
  | { readonly [key: string]: ParamValue }
  | Buffer

export type Params = Readonly<Record<string, ParamValue>>

type Mutable = { [key: string]: ParamValue }

/** Thrown where Rack gives up: the caller answers 400. */
export class MalformedQuery extends Error {}

/** Rack allows this many levels of `a[b][c]…`. */
const DEEPEST = 32

/** Reads `a=1&b[]=2&c[d]=3` the way Rack does. Throws MalformedQuery on broken percent-escapes, UTF-8 or null bytes. */
export function parseQuery(query: string): Params {
  return nest(
    query
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair): [string, string | null] => {
        const cut = pair.indexOf('=')
        return cut < 0 ? [decode(pair), null] : [decode(pair.slice(0, cut)), decode(pair.slice(cut + 1))]
      }),
  )
}

/** Builds the nested parameters of flat `name[key][]` pairs; a later pair wins over an earlier one. */
export function nest(pairs: Iterable<readonly [name: string, value: ParamValue]>): Params {
  const root: Mutable = Object.create(null)
  for (const [name, value] of pairs) {
    const keys = keysOf(name)
    if (keys.length > DEEPEST) throw new MalformedQuery('too deep')
    if (keys.length > 0) put(root, keys, value)
  }
  return root
}

function keysOf(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)/.exec(name)
  if (!match) return []
  return [match[1] ?? '', ...[...(match[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1] ?? '')]
}

function put(holder: Mutable, keys: readonly string[], value: ParamValue): void {
  const [key = '', ...rest] = keys
  if (rest.length === 0) {
    holder[key] = value
    return
  }
  if (rest[0] !== '') {
    const inner = isHash(holder[key]) ? holder[key] : Object.create(null)
    holder[key] = inner
    put(inner as Mutable, rest, value)
    return
  }
  const list: ParamValue[] = Array.isArray(holder[key]) ? (holder[key] as ParamValue[]) : []
  holder[key] = list
  appendTo(list, rest.slice(1), value)
}

/** `a[]=1` appends; `a[][b]=1` goes into the last hash of the list unless that one has the key already. */
function appendTo(list: ParamValue[], keys: readonly string[], value: ParamValue): void {
  if (keys.length === 0) {
    list.push(value)
    return
  }
  const last = list.at(-1)
  if (isHash(last) && !((keys[0] ?? '') in last)) {
    put(last as Mutable, keys, value)
    return
  }
  const fresh: Mutable = Object.create(null)
  put(fresh, keys, value)
  list.push(fresh)
}

export function isHash(value: ParamValue | undefined): value is { readonly [key: string]: ParamValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)
}

function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text.replaceAll('+', ' '))
    if (decoded.includes('\0')) throw new MalformedQuery('null byte')
    return decoded
  } catch {
    throw new MalformedQuery(text)
  }
}
