import type { FastifyRequest } from 'fastify'
import type { Forge } from '../../forge/forge.ts'
import type { Credential } from '../../vendors/fault-dialect.ts'
import { basicCredentials } from '../basic-auth.ts'
import type { Operations } from '../operations.ts'
import { rawQuery } from '../origin.ts'
import { withoutSandbox } from '../sandbox-address.ts'
import type { Call } from './fault-board.ts'
import type { Faults } from './faults.ts'

/** A request as fault rules see it, before anybody has checked anything. */
export function callOf(request: FastifyRequest, operations: Operations, { dialects }: Faults): Call {
  const errand = operations.errandOf(
    request,
    request.is404 ? undefined : request.routeOptions.config.operation,
  )
  const credential = isGit(errand.operation)
    ? gitCredential(request)
    : errand.vendor && (dialects.get(errand.vendor)?.credentialOf(request) ?? null)
  return {
    ...errand,
    method: request.method,
    path: withoutSandbox(request.originalUrl).split('?', 1)[0] ?? '',
    token: credential?.secret ?? null,
    user: credential ? holderOf(request.forge, credential) : null,
    query: new URLSearchParams(rawQuery(request)),
    now: request.sandbox.clock.now(),
  }
}

export function isGit(operation: string | null): boolean {
  return operation?.startsWith('git.') ?? false
}

function gitCredential(request: FastifyRequest): Credential | null {
  const basic = basicCredentials(request)
  return basic && { secret: basic.password, username: basic.username }
}

/** Whose a credential is, be it expired or blocked. */
function holderOf(forge: Forge, { secret, username }: Credential): string | null {
  const user = username === null ? undefined : forge.user(username)
  if (user && user.password === secret) return user.username
  return forge.token(secret)?.username ?? forge.world.accessKeys.get(secret)?.username ?? null
}
