import type { FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import type { Identity } from '../../forge/identity.ts'

/** The rights that a token can be made with. */
export type Scope =
  | 'USER_READ'
  | 'PROJECT_READ'
  | 'PROJECT_WRITE'
  | 'PROJECT_EDIT'
  | 'TEAM_READ'
  | 'TEAM_WRITE'
  | 'COMPANY_READ'
  | 'COMPANY_WRITE'

/** Either of them lets a token change a project: which call needs which is not documented. */
export const PROJECT_CHANGE: readonly Scope[] = ['PROJECT_WRITE', 'PROJECT_EDIT']

/**
 * Whose request it is. `Authorization: token …` is the only form there is, and nothing is open to strangers, not even
 * public projects. Throws `credential-missing`, `credential-unknown`, `token-expired`, `token-revoked`, `user-blocked`.
 */
export function authenticate(request: FastifyRequest): Identity {
  const token = /^token (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return token === undefined ? fail('credential-missing', {}) : request.forge.identifyToken(token)
}

/** Throws `scope-missing` unless the token has one of `scopes`, or none at all written down. */
export function demandScope({ token }: Identity, scopes: readonly Scope[]): void {
  const granted = token?.scopes
  if (granted && !scopes.some((scope) => granted.includes(scope))) fail('scope-missing', { needed: scopes })
}
