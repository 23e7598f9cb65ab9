import type { FastifyInstance, RouteOptions } from 'fastify'

interface Row {
  readonly method: string
  readonly segments: readonly string[]
  /** How many segments are spelled out: `tag/create` goes before `tag/:tagName`. */
  readonly literals: number
}

/** Which methods a path has: what Fastify's router does not tell, and what 405 and OPTIONS are made of. */
export class RouteTable {
  readonly #rows: Row[] = []

  add(method: string, url: string): void {
    const segments = url.split('/')
    const literals = segments.filter((segment) => !segment.startsWith(':')).length
    this.#rows.push({ method, segments, literals })
  }

  /** The methods of all routes that match a path, the most specific route's first; none for an unknown path. */
  methodsOf(path: string): string[] {
    const segments = path.replace(/\/$/, '').split('/').map(decode)
    const found = this.#rows
      .filter((row) => matches(row.segments, segments))
      .sort((a, b) => b.literals - a.literals)
    return [...new Set(found.map((row) => row.method))]
  }
}

/** Notes every route that is registered after this, and lets each have a slash at its end as well. */
export function addRouteTable(app: FastifyInstance, table: RouteTable): void {
  app.addHook('onRoute', function (this: FastifyInstance, route: RouteOptions & { routePath: string }) {
    if (route.url.endsWith('/')) return
    for (const method of [route.method].flat()) {
      if (method === 'HEAD') continue
      table.add(method, route.url)
      this.route({ ...route, method, url: `${route.routePath}/` })
    }
  })
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  if (pattern.length !== segments.length) return false
  return pattern.every((part, i) => (part.startsWith(':') ? segments[i] !== '' : part === segments[i]))
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
