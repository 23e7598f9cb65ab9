import type { Exchange, ExchangeAnswer } from './exchange.ts'
import { markAnswer } from './mark.ts'
import { CLOSE, type Leaf, type Marked, markOf, OPEN, type Reference } from './marked.ts'
import { Side, type SideOptions } from './side.ts'

const MARK = new RegExp(`${OPEN}([^${CLOSE}]*)${CLOSE}`, 'g')

/**
 * The same exchanges with marks for what differs from server to server and from run to run: `‹sha#1›` for an object,
 * numbered in the order in which each appears first, with `(8)` behind it where it is abbreviated; `‹project#1›` for ids, with
 * `: number` where they are numbers; `‹date T±00:00 ms›`, which keeps the form. Two sessions that went the same way read the same.
 */
export function normalise(exchanges: readonly Exchange[], options: SideOptions = {}): Exchange[] {
  const side = new Side(exchanges, options)
  const numbers = new Map<string, Map<string, number>>()
  const numberOf = ({ kind, value }: Reference): number => {
    const known = numbers.get(kind) ?? new Map<string, number>()
    numbers.set(kind, known)
    const number = known.get(value) ?? known.size + 1
    known.set(value, number)
    return number
  }
  return exchanges.map((exchange) => ({
    ...exchange,
    answer: plain(markAnswer(exchange, side), numberOf) as ExchangeAnswer,
  }))
}

function plain(value: Marked, numberOf: (reference: Reference) => number): unknown {
  if (value.shape === 'list') return value.items.map((item) => plain(item, numberOf))
  if (value.shape === 'leaf') return plainLeaf(value, numberOf)
  return Object.fromEntries([...value.fields].map(([key, inner]) => [key, plain(inner, numberOf)]))
}

function plainLeaf({ type, template, references, value }: Leaf, numberOf: (reference: Reference) => number) {
  if (references.length === 0) return type === 'string' ? template : value
  let next = 0
  return template.replace(MARK, (mark, form: string) => {
    const reference = references[next]
    // Some marks hide what has no identity: a request id, a host in a message.
    if (reference === undefined || !namesIt(form, reference)) return mark
    next += 1
    return reference.kind === 'date' ? mark : markOf(written(form, reference, numberOf(reference), type))
  })
}

function namesIt(form: string, { kind }: Reference): boolean {
  return form.split(' ')[0] === kind
}

function written(form: string, { kind, value }: Reference, number: number, type: Leaf['type']): string {
  const length = kind === 'sha' ? form.split(' ')[1] : undefined
  const abbreviated = length !== undefined && Number(length) < value.length ? ` (${length})` : ''
  const encoded = form.endsWith('encoded') ? ' encoded' : ''
  return `${kind}#${number}${abbreviated}${encoded}${type === 'number' ? ': number' : ''}`
}
