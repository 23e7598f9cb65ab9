import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { type Property, readBean } from './jackson.ts'

/**
 * Validation for Fastify in Bitbucket's way: bodies are read strictly (see jackson.ts), query parameters never fail: what
 * does not fit counts as not given, and of several values the first one counts.
 */
export const compileBitbucket: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const shape = schema as unknown as Property
  if (httpPart === 'body') return (body: unknown) => readBody(body, shape)
  if (httpPart === 'querystring') return compileQuery(shape)
  return (value: unknown) => ({ value })
}

function readBody(body: unknown, shape: Property): { value: unknown } | { error: Error } {
  try {
    return { value: readBean(body, shape) }
  } catch (error) {
    return { error: error as Error }
  }
}

type Query = Readonly<Record<string, string | readonly string[]>>

interface Parameter extends Property {
  readonly default?: unknown
}

/** Java's int: what is larger does not parse. */
const LARGEST_INT = 2_147_483_647

function compileQuery({ properties = {} }: Property): (query: Query) => { value: Record<string, unknown> } {
  const parameters = Object.entries(properties as Record<string, Parameter>)
  return (query) => {
    const read: Record<string, unknown> = {}
    for (const [name, parameter] of parameters) {
      const given = query[name]
      const single = Array.isArray(given) && parameter.type !== 'array' ? given[0] : given
      const value = readParameter(single, parameter)
      if (value !== undefined) read[name] = value
    }
    return { value: read }
  }
}

function readParameter(given: unknown, { type, enum: constants, default: fallback }: Parameter): unknown {
  if (given === undefined) return type === 'array' ? [] : fallback
  if (type === 'array') return [given].flat()
  const text = String(given)
  if (constants) return constants.find((constant) => constant === text.toUpperCase()) ?? fallback
  if (type === 'boolean') return text.toLowerCase() === 'true'
  if (type !== 'integer') return text
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
  return Math.abs(number) <= LARGEST_INT ? number : fallback
}
