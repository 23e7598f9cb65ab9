import type { FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import type { Forge } from '../../forge/forge.ts'
import { ANONYMOUS, type Identity } from '../../forge/identity.ts'
import type { Params } from './rack-params.ts'

/** What an endpoint accepts of a token. */
export interface AuthRules {
  /** Any one of these scopes lets a token in. */
  readonly scopes: readonly string[]
  /** Whether a CI job token counts here; elsewhere it is not looked at. */
  readonly jobToken: boolean
}

/** Scopes that let any method in, and those that let reads in, of an endpoint that knows them. */
const WRITE_SCOPES = new Set(['api'])

/**
 * Whose request it is, in GitLab's order of look-up (lib/gitlab/auth/auth_finders.rb). A bad token is 401 even on a public
 * project. Whoever acts for somebody else needs the scope `sudo` and none of the endpoint's (lib/api/helpers.rb, current_user).
 * Throws `credential-unknown`, `token-expired`, `token-revoked`, `scope-missing`, `sudo-refused`, `user-missing`.
 */
export function authenticate(request: FastifyRequest, params: Params, rules: AuthRules): Identity {
  const caller = jobIdentity(request, params, rules) ?? personalIdentity(request, params, rules)
  const sudo = textOf(params.sudo) ?? headerOf(request, 'sudo')
  const identity = sudo === null ? caller : impersonate(request.forge, caller, sudo)
  if (identity.user?.id === caller.user?.id) demandScope(identity, request.method, rules.scopes)
  return identity
}

function jobIdentity(request: FastifyRequest, params: Params, { jobToken }: AuthRules): Identity | null {
  if (!jobToken) return null
  const token = textOf(params.job_token) ?? headerOf(request, 'job-token')
  return token === null ? null : ofKind(request.forge.identifyToken(token), 'job')
}

function personalIdentity(request: FastifyRequest, params: Params, rules: AuthRules): Identity {
  const bearer = bearerOf(request)
  const given =
    textOf(params.private_token) ??
    headerOf(request, 'private-token') ??
    bearer ??
    textOf(params.access_token)
  if (given === null) return ANONYMOUS
  const identity = request.forge.identifyToken(given)
  if (identity.token?.kind === 'job') {
    if (given !== bearer) return fail('credential-unknown', {})
    return rules.jobToken ? identity : ANONYMOUS
  }
  return identity
}

/** `api` may do everything, the other scopes only read. */
function demandScope({ token }: Identity, method: string, scopes: readonly string[]): void {
  if (!token?.scopes || token.kind === 'job') return
  const isRead = method === 'GET' || method === 'HEAD'
  const enough = token.scopes.some((scope) => scopes.includes(scope) && (isRead || WRITE_SCOPES.has(scope)))
  if (!enough) fail('scope-missing', { needed: scopes })
}

function impersonate(forge: Forge, { user, token }: Identity, target: string): Identity {
  if (!user) return fail('credential-missing', {})
  if (!user.admin) return fail('sudo-refused', { reason: 'not-admin' })
  if (!token) return fail('sudo-refused', { reason: 'scope' })
  if (token.scopes && !token.scopes.includes('sudo')) return fail('scope-missing', { needed: ['sudo'] })
  const found = forge.user(/^\d+$/.test(target) ? Number(target) : target)
  return { user: found ?? fail('user-missing', { user: target }), token }
}

function ofKind(identity: Identity, kind: 'job'): Identity {
  return identity.token?.kind === kind ? identity : fail('credential-unknown', {})
}

function bearerOf(request: FastifyRequest): string | null {
  const match = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')
  return match?.[1]?.trim() || null
}

function headerOf(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name]
  return (Array.isArray(value) ? value[0] : value)?.trim() || null
}

function textOf(value: Params[string] | undefined): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) || null : null
}
