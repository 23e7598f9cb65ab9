import type { IncomingMessage } from 'node:http'

/** Where sandboxes are: `/__sandbox/{id}` in front of any path of the server. */
export const SANDBOX_ROOT = '/__sandbox'

const PATTERN = /^\/__sandbox\/([^/?#]+)(?=[/?#]|$)/

const addresses = new WeakMap<IncomingMessage, string>()

/**
 * Takes the base path of a sandbox off a URL and remembers it with the request, so that routes and vendors see the path
 * that they know. To be called once per request, before it is routed.
 */
export function stripSandbox(request: IncomingMessage, url: string): string {
  const match = PATTERN.exec(url)
  if (!match?.[1]) return url
  addresses.set(request, match[1])
  return withoutSandbox(url)
}

/** A URL without the base path of a sandbox. */
export function withoutSandbox(url: string): string {
  const match = PATTERN.exec(url)
  if (!match) return url
  const rest = url.slice(match[0].length)
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** The sandbox that a request names in its path. */
export function sandboxOfPath(request: IncomingMessage): string | null {
  return addresses.get(request) ?? null
}

/** The sandbox that a request names in its header. */
export function sandboxOfHeader(request: IncomingMessage): string | null {
  const header = request.headers['x-fakeforge-sandbox']
  return typeof header === 'string' && header !== '' ? header : null
}
