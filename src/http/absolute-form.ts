import type { IncomingMessage } from 'node:http'

const ORIGIN = /^https?:\/\/(?:[^/?#]*@)?([^/?#]*)/i

/**
 * A request as proxies get it, with the whole address in its first line, is made one like all others; the host that it names there
 * takes the place of its Host header. Every server has to take both: RFC 9112, 3.2.2.
 */
export function toOriginForm(request: IncomingMessage): void {
  const { url = '/' } = request
  if (url.startsWith('/')) return
  const match = ORIGIN.exec(url)
  if (!match) return
  const rest = url.slice(match[0].length)
  request.url = rest.startsWith('/') ? rest : `/${rest}`
  request.headers.host = match[1]
}
