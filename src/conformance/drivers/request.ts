import type { StoryRequest } from '../wire.ts'

export function request(method: string, path: string, body?: object): StoryRequest {
  const headers = { accept: 'application/json' }
  return body === undefined ? { method, path, headers } : { method, path, headers, body }
}

/** A path with a query, parameters in the order given. */
export function withQuery(path: string, query: Readonly<Record<string, string | number>>): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}

/** The same request with other parameters; those that are not named stay. */
export function withParameters(asked: StoryRequest, changed: Readonly<Record<string, number>>): StoryRequest {
  const { path, query } = split(asked)
  for (const [name, value] of Object.entries(changed)) query.set(name, String(value))
  return { ...asked, path: `${path}?${query}` }
}

/** A parameter that is a number; 0 where there is none. */
export function numberIn(asked: StoryRequest, name: string): number {
  return Number(split(asked).query.get(name) ?? 0)
}

function split(asked: StoryRequest): { readonly path: string; readonly query: URLSearchParams } {
  const [path = '', query = ''] = asked.path.split('?', 2)
  return { path, query: new URLSearchParams(query) }
}
