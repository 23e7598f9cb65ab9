import type { JsonSchema } from '../../vendors/description.ts'

/**
 * From the schemas that serve to JSON Schema as others read it: what the vendors' own validators add to it is put into the
 * words of the standard, or left out where it has none.
 */

/** Whether a schema is for what is sent, where a default makes a property one that may be left out, or for what comes back. */
export type Direction = 'request' | 'answer'

const STANDARD = new Set([
  'type',
  'enum',
  'const',
  'default',
  'description',
  'deprecated',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'pattern',
  'not',
])

/** Those that JSON Schema knows. */
const FORMATS = new Set(['date-time', 'uri', 'uuid', 'regex'])

export function publicSchema(schema: JsonSchema, direction: Direction): JsonSchema {
  const read = { ...standardKeywords(schema), ...typeOf(schema) } as Record<string, unknown>
  const { format, properties, items, patternProperties, anyOf, exceptValues, allowBlank, emptyIsAbsent } =
    schema
  // GitLab's dates and CodeArts' may be written in more ways than the standard's.
  if (direction === 'answer' && FORMATS.has(format as string)) read.format = format
  if (exceptValues) read.not = { enum: exceptValues }
  if (allowBlank === false) read.pattern = '\\S'
  if (emptyIsAbsent) delete read.minLength
  if (items) read.items = publicSchema(items as JsonSchema, direction)
  if (patternProperties) read.additionalProperties = valuesOf(patternProperties, direction)
  if (properties) Object.assign(read, readProperties(schema, direction))
  if (Array.isArray(schema.needsOneOf)) read.anyOf = schema.needsOneOf.map((name) => ({ required: [name] }))
  return anyOf ? { ...read, ...readChoice(anyOf as JsonSchema[], direction) } : read
}

function standardKeywords(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => STANDARD.has(keyword)))
}

/** A list of types where null is allowed too; a choice has the type of its values. */
function typeOf({ type, enum: choice, const: constant, nullable, separator }: JsonSchema): JsonSchema {
  const values = Array.isArray(choice) ? choice : [constant]
  const given = type ?? jsonTypeOf(values[0])
  if (given === undefined) return {}
  const others = [...(nullable ? ['null'] : []), ...(separator === undefined ? [] : ['string'])]
  return { type: others.length === 0 ? given : [given, ...others] }
}

function jsonTypeOf(value: unknown): string | undefined {
  if (typeof value === 'string') return 'string'
  return typeof value === 'number' ? 'integer' : undefined
}

function readProperties({ properties, required = [] }: JsonSchema, direction: Direction): JsonSchema {
  const all = properties as Record<string, JsonSchema>
  const needed = (required as string[]).filter(
    (name) => direction === 'answer' || all[name]?.default === undefined,
  )
  return {
    properties: Object.fromEntries(
      Object.entries(all).map(([name, property]) => [name, publicSchema(property, direction)]),
    ),
    ...(needed.length > 0 && { required: needed }),
  }
}

function valuesOf(patterns: unknown, direction: Direction): JsonSchema {
  const [values = {}] = Object.values(patterns as Record<string, JsonSchema>)
  return publicSchema(values, direction)
}

/** One type or another is a list of types, where nothing more is said of either. */
function readChoice(options: readonly JsonSchema[], direction: Direction): JsonSchema {
  const read = options.map((option) => publicSchema(option, direction))
  const isBare = read.every((option) => typeof option.type === 'string' && Object.keys(option).length === 1)
  return isBare ? { type: read.map(({ type }) => type) } : { anyOf: read }
}
