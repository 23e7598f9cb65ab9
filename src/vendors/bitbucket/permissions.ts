import { fail } from '../../failure.ts'
import { mayReadCode, roleOf } from '../../forge/access.ts'
import { ANONYMOUS, type Identity } from '../../forge/identity.ts'
import type { Role, Token } from '../../forge/model.ts'
import { reaches } from '../../forge/roles.ts'
import type { ProjectSpec } from '../../forge/spec.ts'

export const PERMISSIONS = ['REPO_READ', 'REPO_WRITE', 'REPO_ADMIN'] as const
export type Permission = (typeof PERMISSIONS)[number]

const ROLES: Readonly<Record<Permission, Role>> = {
  REPO_READ: 'reporter',
  REPO_WRITE: 'developer',
  REPO_ADMIN: 'maintainer',
}

/** Whether somebody has a permission for a repository: through a role or because it is public, and as far as the token goes. */
export function permits(identity: Identity, spec: ProjectSpec, needed: Permission): boolean {
  if (needed === 'REPO_READ' && mayReadCode(ANONYMOUS, spec)) return true
  if (!reachesCap(identity.token, needed)) return false
  if (needed === 'REPO_READ') return mayReadCode(identity, spec)
  return reaches(roleOf(identity, spec), ROLES[needed])
}

/** Throws `role-too-low`, and for writes into an archived repository `project-archived`. */
export function demandPermission(identity: Identity, spec: ProjectSpec, needed: Permission): void {
  if (!permits(identity, spec, needed)) fail('role-too-low', { needed, role: roleOf(identity, spec) })
  if (needed === 'REPO_WRITE' && spec.archived) fail('project-archived', { project: spec.path })
}

/** A token does no more than it was made for: `REPO_READ`, or `PROJECT_READ`, which stands for it in each repository. */
export function reachesCap(token: Token | null, needed: Permission): boolean {
  if (!token?.scopes) return true
  return token.scopes.some(
    (scope) =>
      PERMISSIONS.findIndex((permission) => permission.slice(4) === scope.replace(/^(?:REPO|PROJECT)/, '')) >=
      PERMISSIONS.indexOf(needed),
  )
}
