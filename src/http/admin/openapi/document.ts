/**
 * The control plane as an OpenAPI document. Loaded when somebody asks for it, so that no start pays for it.
 *
 * https://spec.openapis.org/oas/v3.1.1.html
 */
import { version } from '../../../version.ts'
import { componentSchemas } from './components.ts'
import type { ControlRoute, RouteParameter, Vocabulary } from './control-route.ts'
import { type JsonSchema, list, named, object, oneOf, text } from './json-schema.ts'
import { controlRoutes } from './routes.ts'

export interface DocumentFacts {
  /** What comes before `/__admin`: the base path of a sandbox included. */
  readonly origin: string
  readonly vocabulary: Vocabulary
  readonly asksForToken: boolean
}

const SANDBOX: RouteParameter = {
  name: 'X-Fakeforge-Sandbox',
  in: 'header',
  description: 'Id of the sandbox that is meant; the base path `/__sandbox/{id}` says the same',
  schema: text,
}

/** By status: what is refused in the same way everywhere. */
const MEANINGS: Readonly<Record<number, string>> = {
  400: 'The body is no JSON.',
  401: 'The token is missing or wrong.',
  403: 'The request comes from a web page of another origin, or under a foreign host name.',
  404: 'It is not there.',
  409: 'The state of things does not allow it.',
  413: 'The body is too large.',
  422: 'The request says something that is unknown or cannot be.',
}

/** Describes the control plane of a server. */
export function describeControlPlane({ origin, vocabulary, asksForToken }: DocumentFacts) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of controlRoutes(vocabulary)) {
    const path = `/__admin${route.path}`
    paths[path] = { ...paths[path], [route.method]: describeRoute(route, asksForToken) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'The control plane of fakeforge',
      version,
      description: 'What a test suite does to the fake between and around requests.',
    },
    servers: [{ url: origin }],
    ...(asksForToken && { security: [{ token: [] }] }),
    paths,
    components: {
      schemas: componentSchemas(vocabulary),
      ...(asksForToken && { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } }),
    },
  }
}

function describeRoute(route: ControlRoute, asksForToken: boolean) {
  const { id, area, summary, parameters = [], body, isOfWorld } = route
  const isOpen = route.path === '/health'
  const all = [...parameters, ...(isOfWorld ? [SANDBOX] : [])]
  return {
    operationId: id,
    tags: [area],
    summary,
    ...(isOpen && asksForToken && { security: [] }),
    ...(all.length > 0 && {
      parameters: all.map((parameter) => ({ ...parameter, required: parameter.in === 'path' })),
    }),
    ...(body && {
      requestBody: {
        description: body.description,
        required: body.isRequired,
        content: { 'application/json': { schema: body.schema } },
      },
    }),
    responses: { ...describeAnswers(route), ...describeRefusals(route, asksForToken && !isOpen) },
  }
}

function describeAnswers({ answers }: ControlRoute): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { meaning, content }]) => [
      status,
      {
        description: meaning,
        ...(content && { content: { [content.type]: { schema: content.schema } } }),
      },
    ]),
  )
}

function describeRefusals({ refusals = {}, body }: ControlRoute, asksForToken: boolean) {
  const words: Record<string, readonly string[]> = {
    ...refusals,
    ...(body && { 400: ['invalid-json'], 413: ['too-large'] }),
    ...(asksForToken && { 401: ['unauthorized'] }),
    403: ['foreign-host', 'foreign-origin'],
    // Any request may name a sandbox that is gone.
    404: [...new Set([...(refusals[404] ?? []), 'sandbox-missing'])],
  }
  return Object.fromEntries(
    Object.entries(words).map(([status, errors]) => [
      status,
      {
        description: MEANINGS[Number(status)],
        content: { 'application/json': { schema: refusalSchema(errors) } },
      },
    ]),
  )
}

/** What does not fit into a document is told place by place. */
function refusalSchema(errors: readonly string[]): JsonSchema {
  const hasProblems = errors.some((error) => error === 'invalid-fixture' || error === 'invalid-state')
  return object(
    { error: oneOf(...errors), message: text },
    hasProblems ? { problems: list(named('Problem')) } : {},
  )
}
