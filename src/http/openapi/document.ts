/**
 * A vendor's API as an OpenAPI document, made from the very routes and schemas that serve. Loaded when somebody asks for it,
 * so that no start pays for it.
 *
 * https://spec.openapis.org/oas/v3.1.1.html
 */
import type { JsonSchema, VendorDescription } from '../../vendors/description.ts'
import type { VendorEvidence } from '../../vendors/evidence.ts'
import { version } from '../../version.ts'
import type { RegisteredRoute } from '../operations.ts'
import { areaOf } from './areas.ts'
import { type DescribedRoute, describedRoutes, type RouteSchemas } from './described-routes.ts'
import { describeBody, describeParameters } from './parameters.ts'
import { describeResponses, type Knowledge, operationIn } from './responses.ts'
import { SchemaNames } from './schema-names.ts'
import { SharedResponses } from './shared-responses.ts'

export interface DocumentFacts {
  readonly title: string
  readonly profile: string
  readonly origin: string
  /** Context path under which the vendor answers. */
  readonly prefix: string
  readonly routes: readonly RegisteredRoute[]
  readonly vendor: VendorDescription
  readonly evidence: VendorEvidence | undefined
}

export type Document = JsonSchema & {
  readonly openapi: string
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>
}

/** Describes a vendor as it is mounted in a server. */
export function describeVendorApi(facts: DocumentFacts): Document {
  const { title, profile, origin, prefix, vendor, evidence } = facts
  const routes = describedRoutes(facts.routes, { prefix, ...vendor })
  const names = new SchemaNames(routes, vendor.schemas)
  const shared = new SharedResponses()
  const knowledge: Knowledge = { vendor, evidence, names, shared }
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method]: describeRoute(route, knowledge) }
  const areas = new Map(routes.map(({ operation }) => areaOf(operation)).map((area) => [area.name, area]))
  return {
    openapi: '3.1.1',
    info: {
      title: `${title}, as fakeforge imitates it (${profile})`,
      version,
      description: vendor.about,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    externalDocs: { url: vendor.documentation, description: 'What the vendor says' },
    servers: vendor.bases.map((base) => ({ url: origin + prefix + base || '/' })),
    security: vendor.security,
    tags: [...areas.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    paths,
    components: {
      schemas: { ...names.components(), ...vendor.errorSchemas },
      responses: shared.components,
      securitySchemes: vendor.securitySchemes,
    },
  }
}

function describeRoute(route: DescribedRoute, knowledge: Knowledge): JsonSchema {
  const { vendor, evidence, names } = knowledge
  const { method, path, operation } = route
  const variant = vendor.variants[`${method.toUpperCase()} ${path}`]
  const parameters = describeParameters(route, vendor)
  const requestBody = describeBody(route, vendor, names)
  return {
    operationId: variant?.id ?? operation,
    tags: [areaOf(operation).name],
    summary: variant?.summary ?? operationIn(evidence, operation)?.summary ?? wordsOf(operation),
    ...(route.schema.deprecated && describeDeprecation(route.schema.deprecated)),
    ...(vendor.open.includes(operation) && { security: [{}] }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: describeResponses(route, knowledge),
  }
}

function describeDeprecation({ since, use }: NonNullable<RouteSchemas['deprecated']>): JsonSchema {
  const time = since === undefined ? '' : ` since ${since}`
  return { deprecated: true, description: `Deprecated${time}: use \`${use}\`.` }
}

/** `listProtectedTags` is to list protected tags. */
function wordsOf(operation: string): string {
  const words = operation.replace(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
