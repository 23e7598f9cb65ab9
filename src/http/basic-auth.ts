import type { FastifyRequest } from 'fastify'

/** What an `Authorization: Basic` header holds. */
export interface BasicCredentials {
  readonly username: string
  readonly password: string
}

/** The Basic credentials of a request; null when it has none, or none that can be read. */
export function basicCredentials(request: FastifyRequest): BasicCredentials | null {
  const match = /^Basic\s+([A-Za-z0-9+/_-]+=*)\s*$/i.exec(request.headers.authorization ?? '')
  if (!match?.[1]) return null
  const text = Buffer.from(match[1], 'base64').toString()
  const colon = text.indexOf(':')
  return colon < 0 ? null : { username: text.slice(0, colon), password: text.slice(colon + 1) }
}
