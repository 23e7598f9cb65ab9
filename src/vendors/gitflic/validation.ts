import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { branchNameRule } from '../../forge/branches.ts'
import { tagNameRule } from '../../forge/tags.ts'
import { isBlank } from './blank.ts'
import { UNREADABLE } from './body.ts'
import { type FieldError, GitFlicError, invalid } from './errors.ts'

/**
 * Requests as Spring binds them, read from the schemas that give the handlers their types: query parameters never fail,
 * fields of a body are not coerced, and all that is wrong with a body is told at once.
 */

interface Property {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly format?: string
  readonly default?: unknown
}

interface ObjectSchema {
  readonly properties: Readonly<Record<string, Property>>
  readonly required?: readonly string[]
  /** At least one of these fields has to have a text. */
  readonly needsOneOf?: readonly string[]
}

type Fields = Readonly<Record<string, unknown>>

/** A path is a file name to the server, and the longest part of one is 255 bytes. */
const LONGEST_PART = 255

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  'tag-name': (text) => tagNameRule(text) === null && hasShortParts(text),
  'branch-name': (text) => branchNameRule(text) === null && hasShortParts(text),
  alias: (text) => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(text) && hasShortParts(text),
  secret: () => true,
  'web-address': (text) => URL.canParse(text) && /^https?:/i.test(text),
}

export const compileSpring: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const shape = schema as unknown as ObjectSchema
  if (httpPart === 'querystring') return compileQuery(shape)
  if (httpPart === 'body') return (data: unknown) => bindBody(shape, data)
  return (data: unknown) => ({ value: data })
}

/** The declared parameters; of one that was sent twice the first counts. */
function compileQuery({ properties }: ObjectSchema): (data: Fields) => { value: Fields } {
  const parameters = Object.entries(properties)
  return (data) => {
    const value: Record<string, unknown> = {}
    for (const [name, property] of parameters) {
      const given = data[name]
      const sent = Array.isArray(given) ? given[0] : given
      const text = typeof sent === 'string' && sent.trim() !== '' ? sent : undefined
      value[name] = text !== undefined && property.type === 'integer' ? readInteger(text) : text
      value[name] ??= property.default
    }
    return { value }
  }
}

/** Integer.parseInt of Java; what it would throw at is 0 to Spring's pages. */
function readInteger(text: string): number {
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : 0
  return Math.abs(number) > 2 ** 31 - 1 ? 0 : number
}

function bindBody(schema: ObjectSchema, data: unknown): { value: unknown } | { error: Error } {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return { error: new GitFlicError('body-unreadable', UNREADABLE) }
  const fields = data as Fields
  const value: Record<string, unknown> = {}
  const errors: FieldError[] = []
  for (const [name, property] of Object.entries(schema.properties)) {
    const sent = Object.hasOwn(fields, name) ? fields[name] : null
    const title = complaint(sent, property, schema.required?.includes(name) ?? false)
    if (title) errors.push({ field: name, title })
    else if (sent !== null) value[name] = sent
  }
  const { needsOneOf = [] } = schema
  const isComplete =
    needsOneOf.length === 0 ||
    needsOneOf.some((name) => Object.hasOwn(value, name) && !isBlankText(value[name]))
  const [first = ''] = needsOneOf
  if (!isComplete && !errors.some(({ field }) => needsOneOf.includes(field)))
    errors.push({ field: first, title: 'error.field.empty' })
  return errors.length > 0 ? { error: new GitFlicError('field-invalid', invalid(...errors)) } : { value }
}

function complaint(sent: unknown, property: Property, isRequired: boolean): FieldError['title'] | null {
  if (sent === null) return isRequired ? 'error.field.empty' : null
  if (!hasType(sent, property)) return 'error.field.invalid'
  // What has a format has to be something wherever it is given at all.
  if ((isRequired || property.format !== undefined) && isBlankText(sent)) return 'error.field.empty'
  if (typeof sent !== 'string') return null
  const isFit = property.format === undefined || (FORMATS[property.format]?.(sent) ?? true)
  const isKnown = property.enum === undefined || property.enum.includes(sent)
  return isFit && isKnown ? null : 'error.field.invalid'
}

function hasType(sent: unknown, property: Property): boolean {
  if (property.type === 'boolean') return typeof sent === 'boolean'
  if (property.type !== 'object') return typeof sent === 'string'
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return false
  return Object.values(sent).every((value) => typeof value === 'boolean')
}

function isBlankText(value: unknown): boolean {
  return typeof value === 'string' && isBlank(value)
}

function hasShortParts(name: string): boolean {
  return name.split('/').every((part) => Buffer.byteLength(part) <= LONGEST_PART)
}
