import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { type RawBody, readJson } from './body.ts'
import { CodeArtsError, refuseField } from './errors.ts'
import { FORMATS } from './formats.ts'

/**
 * Validation for Fastify in CodeArts' way, from the same schemas that give the handlers their types: nothing is clamped and
 * nothing is turned into something else, unknown names are ignored, and the first parameter that does not fit is named.
 */

interface Property {
  readonly type?: string
  readonly enum?: readonly (string | number)[]
  readonly default?: unknown
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  /** One of FORMATS. */
  readonly format?: string
  /** An empty text counts as none. */
  readonly emptyIsAbsent?: boolean
  readonly properties?: Readonly<Record<string, Property>>
  readonly required?: readonly string[]
  readonly items?: Property
}

export const compileCodeArts: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const shape = schema as unknown as Property
  if (httpPart === 'body') return guarded((data: RawBody) => checkValue(readJson(data), shape, 'body'))
  const readTexts = compileTexts(shape)
  if (httpPart !== 'querystring')
    return guarded((data: Record<string, string>) => readTexts((name) => data[name]))
  // Queries that come again are the same map: see parseQuery.
  const known = new WeakMap<ReadonlyMap<string, string>, object>()
  return guarded((data: ReadonlyMap<string, string>) => {
    const before = known.get(data)
    if (before) return before
    const read = Object.freeze(readTexts((name) => data.get(name)))
    known.set(data, read)
    return read
  })
}

function guarded<Data>(read: (data: Data) => unknown) {
  return (data: Data) => {
    try {
      return { value: read(data) }
    } catch (error) {
      if (error instanceof CodeArtsError) return { error }
      throw error
    }
  }
}

/** Parameters of path or query: texts that are to be numbers and truth values where the schema says so. */
function compileTexts({ properties = {}, required = [] }: Property) {
  const parameters = Object.entries(properties)
  return (textOf: (name: string) => string | undefined): object => {
    const read: Record<string, unknown> = {}
    for (const [name, property] of parameters) {
      const text = textOf(name)
      const isAbsent = text === undefined || (text === '' && property.emptyIsAbsent)
      if (isAbsent && required.includes(name) && property.default === undefined)
        return refuseField('parameter-missing', name, 'The parameter is required.')
      const value = isAbsent ? property.default : checkValue(readText(text, property), property, name)
      if (value !== undefined) read[name] = value
    }
    return read
  }
}

function readText(text: string, { type }: Property): unknown {
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text)
  if (type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true'
  return text
}

/** A value as its schema has it: declared properties only, defaults filled in. Throws CodeArtsError. */
function checkValue(value: unknown, property: Property, name: string): unknown {
  if (property.enum) return checkChoice(value, property.enum, name)
  switch (property.type) {
    case 'string':
      return typeof value === 'string' ? checkText(value, property, name) : misfit(name, 'a string')
    case 'integer':
      return Number.isInteger(value)
        ? checkRange(value as number, property, name)
        : misfit(name, 'an integer')
    case 'boolean':
      return typeof value === 'boolean' ? value : misfit(name, 'true or false')
    case 'array':
      return Array.isArray(value) ? checkList(value, property, name) : misfit(name, 'an array')
    default:
      return checkObject(value, property, name)
  }
}

function checkChoice(value: unknown, choices: readonly (string | number)[], name: string): unknown {
  return choices.includes(value as string)
    ? value
    : refuseField('parameter-not-a-choice', name, `The ${name} must be one of ${choices.join(', ')}.`)
}

function checkText(text: string, { minLength = 0, maxLength, format }: Property, name: string): string {
  // One that is too short without being empty is for its format to tell.
  if (text === '' && minLength > 0)
    return refuseField('parameter-empty', name, 'The parameter cannot be empty.')
  if (maxLength !== undefined && isLonger(text, maxLength))
    return refuseField(
      'parameter-too-long',
      name,
      `The ${name} is out of max length (${maxLength} characters).`,
    )
  const wanted = format === undefined ? undefined : FORMATS[format]
  const broken = wanted?.findBreach(text) ?? null
  return wanted && broken !== null ? refuseField(wanted.rule, name, `The ${name} ${broken}.`) : text
}

/** Whether a text has more characters than a limit, as JSON Schema counts them: an emoji is one, though two units of a string. */
function isLonger(text: string, limit: number): boolean {
  return text.length > limit * 2 || (text.length > limit && [...text].length > limit)
}

function checkRange(number: number, { minimum, maximum }: Property, name: string): number {
  const isBelow = minimum !== undefined && number < minimum
  const isAbove = maximum !== undefined && number > maximum
  if (!isBelow && !isAbove) return number
  return refuseField('parameter-out-of-range', name, `The ${name} must be between ${minimum} and ${maximum}.`)
}

function checkList(list: readonly unknown[], property: Property, name: string): unknown[] {
  const { items = {}, minItems = 0, maxItems } = property
  if (list.length < minItems) return refuseField('parameter-empty', name, 'The parameter cannot be empty.')
  if (maxItems !== undefined && list.length > maxItems)
    return refuseField(
      'parameter-out-of-range',
      name,
      `The ${name} must not have more than ${maxItems} entries.`,
    )
  return list.map((item) => checkValue(item, items, name))
}

function checkObject(value: unknown, { properties = {}, required = [] }: Property, name: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return misfit(name, 'a JSON object')
  const read = Object.entries(properties).map(([key, property]) => {
    const given = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
    // Null is how many clients leave something out.
    const isAbsent = given === undefined || given === null
    if (isAbsent && required.includes(key) && property.default === undefined)
      return refuseField('parameter-missing', key, 'The parameter is required.')
    return [key, isAbsent ? property.default : checkValue(given, property, key)]
  })
  return Object.fromEntries(read.filter(([, entry]) => entry !== undefined))
}

function misfit(name: string, type: string): never {
  return refuseField('parameter-type-wrong', name, `The ${name} must be ${type}.`)
}
