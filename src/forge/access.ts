import { fail } from '../failure.ts'
import type { Identity } from './identity.ts'
import type { FeatureAccess, Role } from './model.ts'
import { higherRole, reaches } from './roles.ts'
import type { ProjectSpec } from './spec.ts'

/** The role of somebody in a project: as its member or as a member of its owner, the higher of both; admins own everything. */
export function roleOf({ user }: Identity, spec: ProjectSpec): Role | null {
  if (!user) return null
  if (user.admin) return 'owner'
  return higherRole(spec.members.get(user.username) ?? null, spec.owner.members.get(user.username) ?? null)
}

/** Whether the project exists for somebody at all. */
export function maySee(identity: Identity, spec: ProjectSpec): boolean {
  if (spec.visibility === 'public') return true
  if (spec.visibility === 'internal' && identity.user) return true
  return roleOf(identity, spec) !== null
}

/** Whether somebody may read the code: reporters and up, and everybody who sees a project that is not private. */
export function mayReadCode(identity: Identity, spec: ProjectSpec): boolean {
  return mayUse(identity, spec, spec.features.repository, 'reporter')
}

/** Whether somebody may use a feature of a project that members need `needed` for. */
export function mayUse(identity: Identity, spec: ProjectSpec, feature: FeatureAccess, needed: Role): boolean {
  if (feature === 'disabled' || !maySee(identity, spec)) return false
  if (reaches(roleOf(identity, spec), needed)) return true
  return feature === 'enabled' && spec.visibility !== 'private'
}

/** Throws `role-too-low` unless somebody reaches `needed`; archived projects let nobody write (`project-archived`). */
export function demandRole(identity: Identity, spec: ProjectSpec, needed: Role): Role {
  const role = roleOf(identity, spec)
  if (role === null || !reaches(role, needed)) return fail('role-too-low', { needed, role })
  return role
}

/** As demandRole, for an action that changes the project. */
export function demandWrite(identity: Identity, spec: ProjectSpec, needed: Role): Role {
  const role = demandRole(identity, spec, needed)
  return spec.archived ? fail('project-archived', { project: spec.path }) : role
}
