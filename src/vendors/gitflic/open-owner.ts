import type { FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import { maySeeOwner, visibilityOf } from '../../forge/catalogue.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Owner, Role } from '../../forge/model.ts'
import { reaches } from '../../forge/roles.ts'
import { demandScope } from './auth.ts'
import type { Endpoint } from './context.ts'

/**
 * The company or team of the path, spelled exactly, once the caller may do with it what the call does. Throws
 * `owner-missing`, then `scope-missing` and `role-too-low`.
 */
export function openOwner(request: FastifyRequest, endpoint: Endpoint, kind: 'company' | 'team'): Owner {
  const { alias } = request.params as { alias: string }
  const owner = request.forge.world.owners.find((known) => known.kind === kind && known.alias === alias)
  if (!owner) return fail('owner-missing', { owner: alias })
  demandScope(request.gitflic, endpoint.scopes)
  if (endpoint.role) demandOwnerRole(request.gitflic, owner, endpoint.role)
  else if (
    visibilityOf(request.forge, owner) === 'private' &&
    !maySeeOwner(request.forge, request.gitflic, owner)
  )
    fail('role-too-low', { needed: 'guest', role: null })
  return owner
}

/** Throws `role-too-low` unless somebody has the role in the owner itself; instance administrators have every role. */
export function demandOwnerRole({ user }: Identity, owner: Owner, needed: Role): void {
  const role = owner.members.get(user?.username ?? '') ?? null
  if (!user?.admin && !reaches(role, needed)) fail('role-too-low', { needed, role })
}
