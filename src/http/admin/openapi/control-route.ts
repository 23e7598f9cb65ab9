import type { JsonSchema } from './json-schema.ts'

/** What an answer holds; null: nothing. */
export interface AnswerContent {
  readonly type: string
  readonly schema: JsonSchema
}

export interface RouteParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly description: string
  readonly schema: JsonSchema
}

export interface RouteBody {
  readonly description: string
  readonly isRequired: boolean
  readonly schema: JsonSchema
}

/** What the routes of one server can be told and can tell, beyond what is the same everywhere. */
export interface Vocabulary {
  readonly vendors: readonly string[]
  readonly operations: readonly string[]
  readonly scenarios: readonly string[]
}

/** One route of the control plane, as far as its callers have to know it. */
export interface ControlRoute {
  readonly method: 'get' | 'put' | 'post' | 'delete'
  /** Below `/__admin`, parameters in braces. */
  readonly path: string
  /** Its name for those who generate clients. */
  readonly id: string
  readonly area: string
  readonly summary: string
  /** Whether it is about the world that the request addresses; else about the server. */
  readonly isOfWorld: boolean
  readonly parameters?: readonly RouteParameter[]
  readonly body?: RouteBody
  /** By status: what it means and what it holds. */
  readonly answers: Readonly<
    Record<number, { readonly meaning: string; readonly content: AnswerContent | null }>
  >
  /** By status: the words that `error` may have, beside those that any route may answer with. */
  readonly refusals?: Readonly<Record<number, readonly string[]>>
}

export function json(schema: JsonSchema): AnswerContent {
  return { type: 'application/json', schema }
}

/** The answers of a route that has one good one. */
export function answers(status: number, meaning: string, schema: JsonSchema | null): ControlRoute['answers'] {
  return { [status]: { meaning, content: schema && json(schema) } }
}

export function inPath(name: string, description: string, schema: JsonSchema): RouteParameter {
  return { name, in: 'path', description, schema }
}

export function inQuery(name: string, description: string, schema: JsonSchema): RouteParameter {
  return { name, in: 'query', description, schema }
}
