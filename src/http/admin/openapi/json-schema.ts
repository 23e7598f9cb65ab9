/** Short forms of JSON Schema, for the tables beside this file. */

export interface JsonSchema {
  readonly [keyword: string]: unknown
}

type Properties = Readonly<Record<string, JsonSchema>>

export const text: JsonSchema = { type: 'string' }
export const flag: JsonSchema = { type: 'boolean' }
/** A whole number from 0 on. */
export const count: JsonSchema = { type: 'integer', minimum: 0 }
export const number: JsonSchema = { type: 'number' }
export const instant: JsonSchema = { type: 'string', format: 'date-time' }

/** An object with all of these properties, those in `optional` if it wants to, and no others. */
export function object(properties: Properties, optional: Properties = {}): JsonSchema {
  const required = Object.keys(properties)
  return {
    type: 'object',
    properties: { ...properties, ...optional },
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  }
}

export function list(items: JsonSchema): JsonSchema {
  return { type: 'array', items }
}

export function record(values: JsonSchema): JsonSchema {
  return { type: 'object', additionalProperties: values }
}

export function oneOf(...values: readonly unknown[]): JsonSchema {
  return { enum: values }
}

export function either(...schemas: readonly JsonSchema[]): JsonSchema {
  return { anyOf: schemas }
}

export function nullable(schema: JsonSchema): JsonSchema {
  return either(schema, { type: 'null' })
}

/** One of the schemas in `components`. */
export function named(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` }
}

export function described(description: string, schema: JsonSchema): JsonSchema {
  return { ...schema, description }
}
