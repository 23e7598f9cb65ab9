/** What a Spring application on Tomcat turns away before any code of it runs, looked for in the path as it was sent. */

const METHODS = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'])

/** Percent sign, dot, backslash, semicolon and control characters, encoded; and what may not be there raw. */
const REFUSED = /%25|%2e|%5c|%3b|%[01][0-9a-f]|%7f|[;\\]|\/\/|\/\.\.?(?:\/|$)|[^\x20-\x7e]/i

/** A path with nothing special in it, as most are. */
const PLAIN = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+\/?$/

/**
 * Whether a request is answered 400 whatever it asks for. Only spelling counts: `release%2F1.0` is refused, so a tag of
 * that name can be created and listed but not fetched.
 */
export function isRefusedUrl(method: string, path: string, allowEncodedSlash: boolean): boolean {
  if (!METHODS.has(method)) return true
  if (PLAIN.test(path)) return false
  if (REFUSED.test(path)) return true
  return !allowEncodedSlash && /%2f/i.test(path)
}
