/**
 * Bitbucket has several spellings of one resource. They are reduced to one before routing, so that each resource is one
 * route: version `1.0`, personal projects as `projects/~slug`, no matrix parameters, no trailing slash.
 */
export function canonicalUrl(url: string, prefix: string): string {
  if (isCanonical(url, `${prefix}/rest/`)) return url
  const end = url.search(/[?#]/)
  const path = end < 0 ? url : url.slice(0, end)
  const root = `${prefix}/rest/`
  if (!path.startsWith(root) || hasEncodedSeparator(path)) return url
  const below = path
    .slice(root.length)
    // The servlet container takes matrix parameters off every segment.
    .replace(/;[^/]*/g, '')
    .replace(/^([^/]+)\/(?:latest|1)(?=\/|$)/, '$1/1.0')
    .replace(/^([^/]+\/1\.0\/)users\/(?:~|%7[eE])?([^/]+)(?=\/repos(?:\/|$))/, '$1projects/~$2')
    .replace(/^([^/]+\/1\.0\/projects\/)%7[eE]/, '$1~')
  return root + trimSlash(below) + (end < 0 ? '' : url.slice(end))
}

/** Whether an address is plainly in that spelling, as most are; false leaves it open. */
function isCanonical(url: string, root: string): boolean {
  const query = url.indexOf('?')
  const end = query < 0 ? url.length : query
  const version = url.indexOf('/', root.length)
  if (!url.startsWith(root) || !url.startsWith('/1.0/projects/', version) || url[end - 1] === '/')
    return false
  // A query may have any of these, but then a closer look does no harm.
  return !url.includes(';') && !url.includes('%') && !url.includes('#')
}

/** Whether the path holds a slash or backslash in disguise, which the servlet container refuses. */
export function hasEncodedSeparator(path: string): boolean {
  return path.includes('%') && /%2f|%5c/i.test(path)
}

/** A slash at the end means the resource itself, except where it is part of a name: `…/tags/{name:.*}`. */
function trimSlash(path: string): string {
  const isName = /\/repos\/[^/]+\/(?:tags|commits)\/./.test(path)
  return isName ? path : path.replace(/\/$/, '')
}

/** Whether the client used the `users/{slug}/repos` spelling, wherever the server is. */
export function namesUser(originalUrl: string): boolean {
  return /^[^?]*\/rest\/[^/?]+\/[^/?]+\/users\//.test(originalUrl)
}
