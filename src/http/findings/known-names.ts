import type { DeclaredFields } from '../journal/exchange.ts'
import { type ParameterHabits, propertiesOf, type Shape } from '../journal/unread-fields.ts'

export type { Shape } from '../journal/unread-fields.ts'

/** The part of a request that a field is in. */
export type Part = 'query' | 'body' | 'header'

/** A field as the journal names it, `body.assets.links[].x`. */
export interface FieldPath {
  readonly part: Part
  readonly name: string
  /** What leads to it within its part: `assets`, `links`, `[]`. */
  readonly above: readonly string[]
}

export function readFieldPath(path: string): FieldPath {
  const [part = '', ...rest] = path.split('.')
  if (part === 'header') return { part: 'header', name: rest.join('.'), above: [] }
  const steps = [part, ...rest].flatMap((step) => step.split(/(?=\[\])/)).slice(1)
  return { part: part as Part, name: steps.at(-1) ?? '', above: steps.slice(0, -1) }
}

/** The names that are read beside a field, where it is. */
export function namesBeside({ part, above }: FieldPath, declared: DeclaredFields, habits: ParameterHabits) {
  if (part === 'header') return habits.headers ?? []
  const roots = habits.isMerged ? shapesOf(declared) : [shapeOf(declared, part)]
  const names = roots.flatMap((root) => namesBelow(root, above))
  return [...new Set(names)]
}

/** The names that are read in the other one of query and body. */
export function namesElsewhere({ part, above }: FieldPath, declared: DeclaredFields): readonly string[] {
  if (part === 'header' || above.length > 0) return []
  return namesBelow(shapeOf(declared, part === 'query' ? 'body' : 'query'), [])
}

/** The schema of a field that is declared, in query or body; undefined for any other. */
export function shapeAt(root: Shape | undefined, steps: readonly string[]): Shape | undefined {
  return steps.reduce<Shape | undefined>(
    (shape, step) => (step === '[]' ? shape?.items : propertiesOf(shape)?.[step]),
    root,
  )
}

export function shapesOf(declared: DeclaredFields): (Shape | undefined)[] {
  return [shapeOf(declared, 'query'), shapeOf(declared, 'body')]
}

function shapeOf({ querystring, body }: DeclaredFields, part: Part): Shape | undefined {
  return (part === 'query' ? querystring : body) as Shape | undefined
}

function namesBelow(root: Shape | undefined, above: readonly string[]): string[] {
  return Object.keys(propertiesOf(shapeAt(root, above)) ?? {})
}
