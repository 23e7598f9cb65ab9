import type { JsonSchema } from '../../vendors/description.ts'
import type { DescribedRoute } from './described-routes.ts'
import { publicSchema } from './public-schema.ts'

/**
 * Names for schemas, so that those who generate code get readable types. Schemas are the same when they say the same: in
 * the bundle they are plain JSON, and which of them were once one object cannot be told.
 */
export class SchemaNames {
  readonly #named: Readonly<Record<string, JsonSchema>>
  readonly #names: ReadonlyMap<string, string>

  /** `places` is VendorDescription.schemas; names whose place does not exist in these routes are left out. */
  constructor(routes: readonly DescribedRoute[], places: Readonly<Record<string, string>>) {
    const found = Object.entries(places).flatMap(([name, place]) => {
      const schema = schemaAt(routes, place)
      return schema ? [[name, schema] as const] : []
    })
    this.#named = Object.fromEntries(found)
    this.#names = new Map(found.map(([name, schema]) => [JSON.stringify(schema), name]))
  }

  /** A schema with references in place of whatever has a name. */
  refer(schema: JsonSchema): JsonSchema {
    const { description, ...bare } = schema
    const name = this.#names.get(JSON.stringify(bare))
    if (name === undefined) return this.#referWithin(schema)
    return { ...(description !== undefined && { description }), $ref: `#/components/schemas/${name}` }
  }

  /** All that have a name. */
  components(): Record<string, JsonSchema> {
    return Object.fromEntries(
      Object.entries(this.#named).map(([name, schema]) => [name, this.#referWithin(schema)]),
    )
  }

  #referWithin(schema: JsonSchema): JsonSchema {
    const { properties, items, anyOf, additionalProperties } = schema
    const refer = (inner: unknown) => this.refer(inner as JsonSchema)
    return {
      ...schema,
      ...(isObject(properties) && {
        properties: Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, refer(each)])),
      }),
      ...(isObject(items) && { items: refer(items) }),
      ...(isObject(additionalProperties) && { additionalProperties: refer(additionalProperties) }),
      ...(Array.isArray(anyOf) && { anyOf: anyOf.map(refer) }),
    }
  }
}

/** The schema at a place, as it is written in VendorDescription.schemas. */
export function schemaAt(routes: readonly DescribedRoute[], place: string): JsonSchema | undefined {
  const [operation, ...steps] = place.split(' ')
  const route = routes.find((each) => each.operation === operation)
  const isBody = steps[0] === 'body'
  const start = isBody ? route?.schema.body : Object.values(route?.schema.response ?? {})[0]
  if (!start) return undefined
  const clean = publicSchema(start, isBody ? 'request' : 'answer')
  return (isBody ? steps.slice(1) : steps).reduce<JsonSchema | undefined>(stepInto, clean)
}

function stepInto(schema: JsonSchema | undefined, step: string): JsonSchema | undefined {
  if (/^\d+$/.test(step)) return (schema?.anyOf as JsonSchema[] | undefined)?.[Number(step)]
  const inner = step === 'items' ? schema?.items : (schema?.properties as JsonSchema | undefined)?.[step]
  const { anyOf } = (inner ?? {}) as { readonly anyOf?: readonly JsonSchema[] }
  const [only, ...others] = anyOf?.filter(({ type }) => type !== 'null') ?? []
  return (only && others.length === 0 ? only : inner) as JsonSchema | undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
