import type { FastifyRequest } from 'fastify'
import { ForgeError, fail } from '../../failure.ts'
import type { Forge } from '../../forge/forge.ts'
import { ANONYMOUS, type Identity } from '../../forge/identity.ts'

/**
 * Whose request it is. A credential that is wrong is refused everywhere, never taken for anonymous. Throws
 * `credential-unknown`, `token-expired`, `token-revoked`, `user-blocked`.
 */
export function authenticate(request: FastifyRequest): Identity {
  const [scheme = '', value = ''] = split(request.headers.authorization ?? '')
  switch (scheme.toLowerCase()) {
    case 'basic':
      return basicIdentity(request.forge, value)
    case 'bearer':
      return tokenIdentity(request.forge, value)
    case 'oauth':
      // A signed OAuth 1.0a request; no consumer is known here.
      return fail('credential-unknown', {})
    default:
      return ANONYMOUS
  }
}

/** A user with a password, or anybody with an HTTP access token in its place. */
function basicIdentity(forge: Forge, value: string): Identity {
  const text = Buffer.from(value, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) return fail('credential-unknown', {})
  const password = text.slice(colon + 1)
  try {
    return forge.identifyPassword(text.slice(0, colon), password)
  } catch (error) {
    if (!(error instanceof ForgeError) || error.code !== 'credential-unknown') throw error
    return tokenIdentity(forge, password)
  }
}

function tokenIdentity(forge: Forge, value: string): Identity {
  const identity = forge.identifyToken(value)
  // The tokens of CI jobs are another forge's kind.
  return identity.token?.kind === 'personal' ? identity : fail('credential-unknown', {})
}

function split(header: string): string[] {
  const match = /^\s*(\S+)\s*(.*?)\s*$/.exec(header)
  return match ? match.slice(1) : []
}
