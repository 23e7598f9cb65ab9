import { BitbucketError, invalidFields, SERVER_ERROR } from './answers.ts'
import type { RefusalName } from './evidence/refusals.ts'

/**
 * Request bodies as Jackson reads them into beans and as the beans are then validated, from the same schemas that give the
 * handlers their types: scalars become texts, unknown properties are ignored, null counts as absent.
 */

export interface Property {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, Property>>
  readonly required?: readonly string[]
  readonly items?: Property
}

/** A value that does not fit; which exception says so depends on the version that is imitated. */
export class MappingError extends Error {
  readonly rule = 'json-type-wrong' satisfies RefusalName
}

/** A body as its schema has it. Throws MappingError, or BitbucketError when required fields are missing. */
export function readBean(body: unknown, schema: Property): unknown {
  const bean = body === null ? {} : readValue(body, schema)
  const missing = (schema.required ?? []).filter(
    (name) => (bean as Record<string, unknown>)[name] === undefined,
  )
  if (missing.length === 0) return bean
  throw new BitbucketError(
    'field-missing',
    invalidFields(missing.map((name) => [name, `${name} must not be null`])),
  )
}

function readValue(value: unknown, schema: Property): unknown {
  if (value === null) return undefined
  if (schema.enum) return readConstant(value, schema.enum)
  switch (schema.type) {
    case 'string':
      return typeof value === 'object' ? misfit(value, 'java.lang.String') : String(value)
    case 'boolean':
      return readBoolean(value)
    case 'integer':
      return readInteger(value)
    case 'array':
      return readArray(value, schema.items ?? {})
    case 'object':
      return readObject(value, schema.properties ?? {})
    default:
      return value
  }
}

/** An unknown constant is an exception that nobody catches. */
function readConstant(value: unknown, constants: readonly string[]): unknown {
  if (constants.includes(value as string)) return value
  throw new BitbucketError('unknown-constant', SERVER_ERROR)
}

function readBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isInteger(value)) return value !== 0
  const text = typeof value === 'string' ? value.trim() : null
  if (text === '') return undefined
  if (text !== null && ['true', 'True', 'TRUE'].includes(text)) return true
  if (text !== null && ['false', 'False', 'FALSE'].includes(text)) return false
  return misfit(value, 'boolean')
}

function readInteger(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(Math.trunc(number))) return Math.trunc(number)
  return typeof value === 'string' && value.trim() === '' ? undefined : misfit(value, 'long')
}

function readArray(value: unknown, items: Property): unknown[] {
  if (!Array.isArray(value)) return misfit(value, 'java.util.ArrayList')
  return value.map((item) => readValue(item, items)).filter((item) => item !== undefined)
}

function readObject(value: unknown, properties: Readonly<Record<string, Property>>): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return misfit(value, 'java.util.LinkedHashMap')
  const read = Object.entries(properties).flatMap(([name, property]) => {
    const given = Object.hasOwn(value, name)
      ? readValue((value as Record<string, unknown>)[name], property)
      : undefined
    return given === undefined ? [] : [[name, given]]
  })
  return Object.fromEntries(read)
}

function misfit(value: unknown, type: string): never {
  throw new MappingError(`Cannot deserialize value of type \`${type}\` from ${kindOf(value)}`)
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'Array value (token `JsonToken.START_ARRAY`)'
  if (typeof value === 'object') return 'Object value (token `JsonToken.START_OBJECT`)'
  return `${typeof value === 'string' ? 'String' : 'scalar'} ${JSON.stringify(value)}`
}
