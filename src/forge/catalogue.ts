import { maySee, roleOf } from './access.ts'
import type { Forge } from './forge.ts'
import type { Identity } from './identity.ts'
import { type Owner, type Role, VISIBILITIES, type Visibility } from './model.ts'
import { higherRole } from './roles.ts'
import type { ProjectSpec } from './spec.ts'

/** What somebody finds when looking around a forge: the projects and owners that exist for them. */

/** The projects that somebody may see, in the order of their ids. */
export function visibleProjects(forge: Forge, identity: Identity): ProjectSpec[] {
  return forge.specs.filter((spec) => maySee(identity, spec)).sort((a, b) => a.id - b.id)
}

/** A role that was given to somebody, not one that comes with being an administrator. */
export function givenRole({ user }: Identity, spec: ProjectSpec): Role | null {
  if (!user) return null
  const { username } = user
  return higherRole(spec.members.get(username) ?? null, spec.owner.members.get(username) ?? null)
}

/** The projects that belong to an owner itself, not to those below it. */
export function projectsOf(specs: readonly ProjectSpec[], owner: Owner): ProjectSpec[] {
  return specs.filter((spec) => spec.owner.id === owner.id)
}

/** An owner is as visible as the most visible of its projects, those of owners below it included. */
export function visibilityOf(forge: Forge, owner: Owner): Visibility {
  const levels = below(forge, owner).map((spec) => VISIBILITIES.indexOf(spec.visibility))
  return VISIBILITIES[Math.max(0, ...levels)] ?? 'private'
}

/** Whether an owner exists for somebody: as a member, as an administrator, or because a project of it does. */
export function maySeeOwner(forge: Forge, identity: Identity, owner: Owner): boolean {
  if (identity.user?.admin || isMember(identity, owner)) return true
  return below(forge, owner).some((spec) => maySee(identity, spec) || roleOf(identity, spec) !== null)
}

export function isMember({ user }: Identity, owner: Owner): boolean {
  return user !== null && owner.members.has(user.username)
}

/** The owner that an owner with a slash in its alias is in: `acme` of `acme/deep`; null at the top. */
export function parentOf(forge: Forge, owner: Owner): Owner | null {
  const cut = owner.alias.lastIndexOf('/')
  return cut < 0 ? null : (forge.owner(owner.alias.slice(0, cut)) ?? null)
}

/** Names from the top down: `['Acme', 'Deep']`. */
export function nameChain(forge: Forge, owner: Owner): string[] {
  const parent = parentOf(forge, owner)
  return parent ? [...nameChain(forge, parent), owner.name] : [owner.name]
}

function below(forge: Forge, owner: Owner): ProjectSpec[] {
  const prefix = `${owner.alias.toLowerCase()}/`
  return forge.specs.filter((spec) => spec.path.toLowerCase().startsWith(prefix))
}
