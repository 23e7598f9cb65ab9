import type { FastifyInstance } from 'fastify'
import type { Endpoint } from './context.ts'

/** A path with the methods that it has. */
interface Resource {
  readonly pattern: RegExp
  /** How many of its parts may be anything: of two resources that match, the one with fewer is meant. */
  readonly freedom: number
  readonly endpoint: Endpoint
  readonly methods: string[]
}

export interface FoundResource {
  /** As the `Allow` header lists them. */
  readonly allow: string
  readonly endpoint: Endpoint
}

/**
 * Takes note of every route that is registered after this, so that a path that exists can be told from one that does
 * not when no route fits: a wrong method is 405.
 */
export function collectResources(app: FastifyInstance): (path: string) => FoundResource | undefined {
  const resources = new Map<string, Resource>()
  app.addHook('onRoute', ({ method, url, config }) => {
    const known = resources.get(url)
    const names = [method].flat()
    if (known) known.methods.push(...names)
    else resources.set(url, { ...patternOf(url), endpoint: config?.bitbucket ?? {}, methods: names })
  })
  return (path) => {
    const [found] = [...resources.values()]
      .filter(({ pattern }) => pattern.test(path))
      .sort((a, b) => a.freedom - b.freedom)
    if (!found) return undefined
    return { allow: allowOf(found.methods), endpoint: found.endpoint }
  }
}

function patternOf(url: string): Pick<Resource, 'pattern' | 'freedom'> {
  const source = url
    .replace(/[.+()|[\]{}$^]/g, '\\$&')
    .replace(/:\w+/g, '[^/]+')
    .replace(/\*/g, '.+')
  return { pattern: new RegExp(`^${source}$`, 's'), freedom: url.split(/[:*]/).length }
}

/** Every resource answers OPTIONS by itself. */
function allowOf(methods: readonly string[]): string {
  const order = ['HEAD', 'DELETE', 'POST', 'GET', 'OPTIONS', 'PUT']
  return order.filter((name) => name === 'OPTIONS' || methods.includes(name)).join(',')
}
