import type { JsonSchema, VendorDescription } from '../../vendors/description.ts'
import type { DescribedRoute } from './described-routes.ts'
import { publicSchema } from './public-schema.ts'
import type { SchemaNames } from './schema-names.ts'

type Properties = Readonly<Record<string, JsonSchema>>

/** The parameters of a route: those of its path, which are always there, and those of its query. */
export function describeParameters(
  { path, schema }: DescribedRoute,
  vendor: VendorDescription,
): JsonSchema[] {
  const { meanings } = vendor
  const inPath = propertiesOf(schema.params)
  const wildcard = Object.values(vendor.wildcards)
  const ofPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const found = inPath[name] ?? inPath[wildcard.includes(name) ? '*' : name] ?? { type: 'string' }
    return { ...parameter(name, 'path', found, meanings), required: true }
  })
  const required = vendor.isLenient ? [] : ((schema.querystring?.required ?? []) as string[])
  const inQuery = propertiesOf(schema.querystring)
  const all = { ...inQuery, ...vendor.alsoReads(Object.keys(inQuery)) }
  const ofQuery = Object.entries(all).map(([name, property]) => ({
    ...parameter(name, 'query', property, meanings),
    ...(required.includes(name) && property.default === undefined && { required: true }),
  }))
  return [...ofPath, ...ofQuery]
}

/** What a route takes, in each of the media types that the vendor reads. */
export function describeBody(
  { schema }: DescribedRoute,
  { bodies }: VendorDescription,
  names: SchemaNames,
): JsonSchema | undefined {
  if (!schema.body) return undefined
  const body = publicSchema(schema.body, 'request')
  const content = { schema: names.refer(body) }
  return {
    ...(bodies.mayBeQuery && { description: 'Fields may stand in the query instead.' }),
    required: !bodies.mayBeQuery && (body.required !== undefined || body.type === 'array'),
    content: Object.fromEntries(bodies.types.map((type) => [type, content])),
  }
}

function parameter(
  name: string,
  place: 'path' | 'query',
  property: JsonSchema,
  meanings: Readonly<Record<string, string>>,
): JsonSchema {
  const { description = meanings[name], ...schema } = publicSchema(property, 'request')
  return { name, in: place, ...(description !== undefined && { description }), schema }
}

function propertiesOf(schema: JsonSchema | undefined): Properties {
  return (schema?.properties ?? {}) as Properties
}
