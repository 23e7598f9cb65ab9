import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { readInstant } from './dates.ts'
import { GitLabError } from './errors.ts'
import { textOfNumber } from './json-numbers.ts'
import { isHash, type Params, type ParamValue } from './rack-params.ts'

/**
 * Parameter validation as Grape 1.6 does it, read from the same schemas that give the handlers their types. Ajv would
 * coerce, order and word everything differently.
 */

interface Property {
  readonly type?: string
  readonly enum?: readonly (string | number)[]
  readonly default?: unknown
  /** Values that are refused although the type fits. */
  readonly exceptValues?: readonly unknown[]
  /** `date-time`: a text that Ruby's DateTime.parse understands. */
  readonly format?: string
  /** Null stays null, where a text would turn it into an empty one. */
  readonly nullable?: boolean
  /** A list may also come as one text with this between its items. */
  readonly separator?: string
  /** False: neither blanks nor nothing at all will do. */
  readonly allowBlank?: boolean
  readonly properties?: Readonly<Record<string, Property>>
  readonly required?: readonly string[]
  readonly items?: Property
}

interface ObjectSchema {
  readonly properties: Readonly<Record<string, Property>>
  readonly required?: readonly string[]
}

type Coerced = { readonly value: unknown } | { readonly problem: string }

/** Declared parameters, coerced, and what is wrong with the others. */
interface Reading {
  readonly value: unknown
  readonly problems: readonly string[]
}

/** A validator compiler for Fastify: gives back the declared parameters, coerced, or a 400 naming every misfit. */
export const compileGrape: FastifySchemaCompiler<TSchema> = ({ schema }) => {
  const declared = schema as unknown as ObjectSchema
  return (data: Params | null) => {
    const { value, problems } = readObject(data ?? {}, declared, '')
    if (problems.length > 0)
      return {
        error: new GitLabError('parameter-invalid', { status: 400, body: { error: problems.join(', ') } }),
      }
    return { value }
  }
}

type Properties = ObjectSchema['properties']

const entries = new WeakMap<Properties, readonly (readonly [name: string, property: Property])[]>()

/** As Object.entries, but once for each schema. */
function entriesOf(properties: Properties) {
  const known = entries.get(properties)
  if (known) return known
  const made = Object.entries(properties)
  entries.set(properties, made)
  return made
}

function readObject(params: Params, { properties, required = [] }: ObjectSchema, path: string): Reading {
  const value: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, property] of entriesOf(properties)) {
    const full = path === '' ? name : `${path}[${name}]`
    const result = coerceParameter(params, name, property, required.includes(name))
    if ('problem' in result) {
      problems.push(`${full} ${result.problem}`)
      continue
    }
    let read = result.value
    if (property.properties || property.items) {
      const inner = readInner(read, property, full)
      problems.push(...inner.problems)
      read = inner.value
    }
    if (read !== undefined) value[name] = read
  }
  return { value, problems }
}

/** Looks into hashes and lists of hashes; a list's items are named by their place: `links[0][name] is missing`. */
function readInner(value: unknown, property: Property, path: string): Reading {
  const params = value as ParamValue | undefined
  if (property.properties && isHash(params)) return readObject(params, property as ObjectSchema, path)
  if (!property.items?.properties || !Array.isArray(params)) return { value, problems: [] }
  const item = property.items as ObjectSchema
  const read = params.map(
    (entry: ParamValue, i): Reading =>
      isHash(entry)
        ? readObject(entry, item, `${path}[${i}]`)
        : { value: entry, problems: [`${path} is invalid`] },
  )
  return { value: read.map((entry) => entry.value), problems: read.flatMap((entry) => entry.problems) }
}

function coerceParameter(params: Params, name: string, property: Property, isRequired: boolean): Coerced {
  if (!Object.hasOwn(params, name)) {
    if (!isRequired || property.default !== undefined) return { value: property.default }
    // Grape runs both validators, and each of them complains.
    return { problem: property.allowBlank === false ? `is missing, ${name} is empty` : 'is missing' }
  }
  const coerced = coerce(givenAs(property, params, name), property)
  if ('problem' in coerced) return coerced
  if (property.allowBlank === false && String(coerced.value ?? '').trim() === '')
    return { problem: 'is empty' }
  if (coerced.value === undefined) return { value: property.default }
  if (property.enum && !property.enum.includes(coerced.value as string))
    return { problem: 'does not have a valid value' }
  if (property.exceptValues?.includes(coerced.value)) return { problem: 'has a value not allowed' }
  return coerced
}

/** A number is told as it was written, where a text is wanted. */
function givenAs({ type }: Property, params: Params, name: string): ParamValue {
  const given = params[name] ?? null
  return type === 'string' && typeof given === 'number' ? textOfNumber(params, name) : given
}

function coerce(value: ParamValue, property: Property): Coerced {
  if (property.type === 'integer' || typeof property.enum?.[0] === 'number') return coerceInteger(value)
  if (property.type === 'boolean') return coerceBoolean(value)
  if (property.type === 'array') return coerceList(value, property)
  if (property.type === 'object')
    return typeof value === 'object' && !Array.isArray(value)
      ? { value: value ?? {} }
      : { problem: 'is invalid' }
  if (value === null && property.nullable) return { value }
  if (property.format === 'date-time') return coerceInstant(value)
  return coerceString(value, property.enum !== undefined)
}

function coerceList(value: ParamValue, { separator }: Property): Coerced {
  if (value === null || value === '') return { value: undefined }
  if (typeof value === 'string' && separator !== undefined)
    return { value: value.split(separator).map((item) => item.trim()) }
  return Array.isArray(value) ? { value } : { problem: 'is invalid' }
}

function coerceInstant(value: ParamValue): Coerced {
  if (value === null || value === '') return { value: undefined }
  return typeof value === 'string' && readInstant(value) !== null ? { value } : { problem: 'is invalid' }
}

/** JSON null counts as present: for a text it is an empty one, for a choice as if it had not been sent. */
function coerceString(value: ParamValue, isChoice: boolean): Coerced {
  if (value === null) return { value: isChoice ? undefined : '' }
  return typeof value === 'object' ? { problem: 'is invalid' } : { value: String(value) }
}

/** Ruby's Integer(text, 10): blanks around, a sign and single underscores between digits are fine. */
function coerceInteger(value: ParamValue): Coerced {
  if (value === null || value === '') return { value: undefined }
  if (typeof value === 'number') return Number.isInteger(value) ? { value } : { problem: 'is invalid' }
  if (typeof value !== 'string' || !/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(value)) return { problem: 'is invalid' }
  return { value: Number(value.replaceAll('_', '')) }
}

function coerceBoolean(value: ParamValue): Coerced {
  if (value === null || value === '') return { value: undefined }
  if (/^(?:1|on|true|t|yes|y)$/i.test(String(value))) return { value: true }
  return /^(?:0|off|false|f|no|n)$/i.test(String(value)) ? { value: false } : { problem: 'is invalid' }
}
