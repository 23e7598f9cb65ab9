import type { ExchangeAnswer } from '../../src/exchange/exchange.ts'
import { isTransportHeader, isVolatileHeader } from '../../src/exchange/header-names.ts'

/** One thing that is changed in one answer, and what a comparison has to say about it. */
export interface Injection {
  readonly what: string
  readonly pointer: string
  readonly kind: string
  apply(answer: ExchangeAnswer): ExchangeAnswer
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Everything that the experiment can do to an answer. `ids` are full object ids that the session knows. */
export function injectionsInto(answer: ExchangeAnswer, ids: readonly string[]): Injection[] {
  return [
    {
      what: 'other status',
      pointer: '/status',
      kind: 'value',
      apply: (given) => ({ ...given, status: given.status === 418 ? 419 : 418 }),
    },
    ...headersOf(answer).flatMap((name) => intoHeader(answer, name)),
    ...placesIn(answer.body as Json, []).flatMap((place) => intoPlace(place, ids)),
  ]
}

function headersOf({ headers = {} }: ExchangeAnswer): string[] {
  return Object.keys(headers).filter((name) => !isTransportHeader(name))
}

function intoHeader(answer: ExchangeAnswer, name: string): Injection[] {
  const value = String(answer.headers?.[name])
  const pointer = `/headers/${name}`
  const set = (text: string | null) => (given: ExchangeAnswer) => {
    const { [name]: _old, ...rest } = given.headers ?? {}
    return { ...given, headers: text === null ? rest : { ...rest, [name]: text } }
  }
  const gone = { what: 'header dropped', pointer, kind: 'missing', apply: set(null) }
  if (isVolatileHeader(name)) return [gone]
  if (name === 'etag')
    return [gone, { what: 'strong etag', pointer, kind: 'value', apply: set(value.replace('W/', '')) }]
  const link = value.replace(/page=(\d+)/, (_, page) => `page=${Number(page) + 1}`)
  const more = link === value ? [] : [{ what: 'pagination link', pointer, kind: 'value', apply: set(link) }]
  return [gone, { what: 'header value', pointer, kind: 'value', apply: set(`${value}x`) }, ...more]
}

interface Place {
  readonly path: readonly string[]
  readonly value: Json
  /** The value that holds it. */
  readonly parent: Json
}

function placesIn(value: Json, path: readonly string[], parent: Json = null): Place[] {
  const own = { path, value, parent }
  if (typeof value !== 'object' || value === null) return [own]
  const inner = Object.entries(value) as [string, Json][]
  return [own, ...inner.flatMap(([key, child]) => placesIn(child, [...path, key], value))]
}

function intoPlace({ path, value, parent }: Place, ids: readonly string[]): Injection[] {
  const pointer = ['/body', ...path.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'))].join('/')
  const key = path.at(-1) ?? ''
  const change: Change = (what, kind, to, at = pointer) => ({
    what,
    pointer: at,
    kind,
    apply: (answer) => ({
      ...answer,
      body: setAt(answer.body as Json, path, (old) => to(old as never) as Json),
    }),
  })
  const isField = path.length > 0 && !Array.isArray(parent)
  const found: Injection[] = isField
    ? [
        {
          what: 'key dropped',
          pointer,
          kind: 'missing',
          apply: (answer) => ({ ...answer, body: without(answer.body as Json, path) }),
        },
      ]
    : []
  if (isField && value !== null) found.push(change('null instead', 'type', () => null))
  if (Array.isArray(value)) return [...found, ...intoList(value, pointer, change)]
  if (typeof value === 'object' && value !== null)
    return [
      ...found,
      change('extra key', 'extra', (old: object) => ({ ...old, injected: 1 }), `${pointer}/injected`),
      change(
        'null instead of absent',
        'extra',
        (old: object) => ({ ...old, injected: null }),
        `${pointer}/injected`,
      ),
    ]
  if (typeof value === 'number')
    return [...found, change('number to text', 'type', String), ...number(key, change)]
  if (typeof value === 'boolean') return [...found, change('other boolean', 'value', (old: boolean) => !old)]
  if (typeof value !== 'string' || value === '') return found
  return [...found, ...text(value, key, ids, change)]
}

type Change = <T extends Json | object>(
  what: string,
  kind: string,
  to: (old: T) => unknown,
  at?: string,
) => Injection

function intoList(list: Json[], pointer: string, change: Change): Injection[] {
  if (list.length === 0) return []
  const gone = change('item dropped', 'missing', (old: Json[]) => old.slice(1), `${pointer}/0`)
  const isMixed = list.length > 1 && JSON.stringify(list[0]) !== JSON.stringify(list.at(-1))
  return isMixed ? [gone, change('array order', 'order', (old: Json[]) => [...old].reverse())] : [gone]
}

function number(key: string, change: Change): Injection[] {
  // Ids and moments may differ between servers; one alone cannot be told from a right one.
  return /id$|date|time/i.test(key) ? [] : [change('other number', 'value', (old: number) => old + 1)]
}

function text(value: string, key: string, ids: readonly string[], change: Change): Injection[] {
  const edit = (what: string, kind: string, to: (old: string) => string) => change(what, kind, to)
  if (/^[0-9a-f]{40}$/.test(value)) {
    const other = ids.find((id) => id !== value) ?? value
    return [
      edit('sha cut off', 'form', (old) => old.slice(0, 39)),
      edit('other sha', 'reference', () => other),
    ]
  }
  if (/^\d{4}-\d\d-\d\dT/.test(value))
    return [edit('date zone', 'form', otherZone), edit('date fraction', 'form', otherFraction)]
  if (/^https?:/.test(value))
    return [
      edit('link path', 'value', (old) => old.replace(/(\/[^/]*)$/, '/other$1')),
      edit('link host', 'reference', (old) => old.replace(/^https?:\/\/[^/]+/, 'https://elsewhere.test')),
    ]
  // Ids of things and abbreviations: see above.
  if (/^[0-9a-f-]{7,64}$/.test(value)) return []
  const wording = /message|title|error/i.test(key) ? 'other message' : 'other text'
  return [edit(wording, 'value', (old) => `${old} indeed`), edit('empty text', 'value', () => '')]
}

function otherZone(date: string): string {
  return date.endsWith('Z') ? date.replace('Z', '+00:00') : date.replace(/[+-]\d\d:?\d\d$/, 'Z')
}

function otherFraction(date: string): string {
  return /\.\d+/.test(date) ? date.replace(/\.\d+/, '') : date.replace(/(:\d\d:\d\d)/, '$1.000')
}

function setAt(value: Json, [key, ...rest]: readonly string[], change: (old: Json) => Json): Json {
  if (key === undefined) return change(value)
  if (Array.isArray(value))
    return value.map((item, i) => (String(i) === key ? setAt(item, rest, change) : item))
  const object = value as { [key: string]: Json }
  return { ...object, [key]: setAt(object[key] ?? null, rest, change) }
}

function without(value: Json, path: readonly string[]): Json {
  const last = path.at(-1) ?? ''
  return setAt(value, path.slice(0, -1), (old) => {
    const { [last]: _gone, ...rest } = old as { [key: string]: Json }
    return rest
  })
}
