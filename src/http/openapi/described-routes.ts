import type { JsonSchema } from '../../vendors/description.ts'
import type { RegisteredRoute } from '../operations.ts'

/** One operation at one address, each of its spellings being the same. */
export interface DescribedRoute {
  /** In lower case. */
  readonly method: string
  /** Without the mount's prefix, parameters in braces. */
  readonly path: string
  /** Without the vendor's name. */
  readonly operation: string
  readonly schema: RouteSchemas
}

export interface RouteSchemas {
  readonly params?: JsonSchema
  readonly querystring?: JsonSchema
  readonly body?: JsonSchema
  readonly response?: Readonly<Record<string, JsonSchema>>
  /** What to use instead, and since when, where the vendor says so. */
  readonly deprecated?: { readonly since?: string; readonly use: string }
}

interface Addressing {
  readonly prefix: string
  readonly bases: readonly string[]
  readonly wildcards: Readonly<Record<string, string>>
  readonly unlisted: readonly string[]
}

/**
 * The routes of a vendor without those that say what others do: HEAD of what has GET, OPTIONS, `.json` and a slash at the
 * end, and other bases.
 */
export function describedRoutes(
  routes: readonly RegisteredRoute[],
  addressing: Addressing,
): DescribedRoute[] {
  const { prefix, bases, wildcards, unlisted } = addressing
  const reads = new Set(
    routes.flatMap(({ methods, url, operation }) => (methods.includes('GET') ? `${operation} ${url}` : [])),
  )
  const isTold = (method: string, { url, operation }: RegisteredRoute) => {
    if (method === 'OPTIONS') return false
    if (method === 'HEAD' && reads.has(`${operation} ${url}`)) return false
    return plainUrl(url, prefix, bases) === url
  }
  return routes.flatMap((route) => {
    const { methods, url, operation, schema } = route
    const name = operation.slice(operation.indexOf('.') + 1)
    if (unlisted.includes(name)) return []
    const path = templateOf(url.slice(prefix.length), wildcards[name] ?? 'path')
    return methods
      .filter((method) => isTold(method, route))
      .map((method) => ({
        method: method.toLowerCase(),
        path,
        operation: name,
        schema: schema as RouteSchemas,
      }))
  })
}

/** The usual spelling of a route's address. */
export function plainUrl(url: string, prefix: string, bases: readonly string[]): string {
  const path = url.slice(prefix.length)
  const base = bases.find((each) => each !== '' && path.startsWith(`${each}/`)) ?? ''
  return prefix + path.slice(base.length).replace(/(?:\.json|(?<=.)\/)$/, '')
}

function templateOf(url: string, wildcard: string): string {
  return url.replace(/:(\w+)/g, '{$1}').replace('*', `{${wildcard}}`)
}
