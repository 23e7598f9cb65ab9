import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { GitLabError } from './errors.ts'
import type { Params, ParamValue } from './rack-params.ts'

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
}

interface ObjectSchema {
  readonly properties: Readonly<Record<string, Property>>
  readonly required?: readonly string[]
}

type Coerced = { readonly value: unknown } | { readonly problem: string }

/** A validator compiler for Fastify: gives back the declared parameters, coerced, or a 400 naming every misfit. */
export const compileGrape: FastifySchemaCompiler<TSchema> = ({ schema }) => {
  const { properties, required = [] } = schema as unknown as ObjectSchema
  const declared = Object.entries(properties)
  return (data: Params | null) => {
    const value: Record<string, unknown> = {}
    const problems: string[] = []
    for (const [name, property] of declared) {
      const result = coerceParameter(data ?? {}, name, property, required.includes(name))
      if ('problem' in result) problems.push(`${name} ${result.problem}`)
      else if (result.value !== undefined) value[name] = result.value
    }
    if (problems.length > 0)
      return { error: new GitLabError({ status: 400, body: { error: problems.join(', ') } }) }
    return { value }
  }
}

function coerceParameter(params: Params, name: string, property: Property, isRequired: boolean): Coerced {
  if (!Object.hasOwn(params, name)) {
    const isMissing = isRequired && property.default === undefined
    return isMissing ? { problem: 'is missing' } : { value: property.default }
  }
  const coerced = coerce(params[name] ?? null, property)
  if ('problem' in coerced) return coerced
  if (coerced.value === undefined) return { value: property.default }
  if (property.enum && !property.enum.includes(coerced.value as string))
    return { problem: 'does not have a valid value' }
  if (property.exceptValues?.includes(coerced.value)) return { problem: 'has a value not allowed' }
  return coerced
}

function coerce(value: ParamValue, property: Property): Coerced {
  if (property.type === 'integer' || typeof property.enum?.[0] === 'number') return coerceInteger(value)
  if (property.type === 'boolean') return coerceBoolean(value)
  if (property.type === 'array') return Array.isArray(value) ? { value } : { problem: 'is invalid' }
  if (property.type === 'object')
    return typeof value === 'object' && !Array.isArray(value)
      ? { value: value ?? {} }
      : { problem: 'is invalid' }
  return coerceString(value, property.enum !== undefined)
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
