import { fail } from '../../failure.ts'
import { demandWrite, mayUse, roleOf } from '../../forge/access.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Role } from '../../forge/model.ts'
import { reaches } from '../../forge/roles.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import type { Quirks } from './quirks.ts'

/**
 * What a call does to a repository, after its permission matrix. `write` is for developers and up; `delete-tag` too, but
 * only where a manager has granted it; `set` is for managers.
 */
export type Need = 'read' | 'write' | 'delete-tag' | 'set'

/** Names of IAM actions; a token whose scopes are written down needs the one of its call. */
export type Action =
  | 'codeartsrepo:repository:getRepository'
  | 'codeartsrepo:repository:createTag'
  | 'codeartsrepo:repository:deleteTag'
  | 'codeartsrepo:repository:setRepository'
  | 'codeartsrepo:repository:createBranch'
  | 'codeartsrepo:repository:deleteBranch'

const ALL_ACTIONS = ['codeartsrepo:repository:*', 'codeartsrepo:*:*', '*:*:*']

/** Throws `project-hidden`, `feature-hidden`, `role-too-low`, `project-archived`. */
export function demandAccess(identity: Identity, spec: ProjectSpec, need: Need, quirks: Quirks): void {
  if (roleOf(identity, spec) === null && spec.visibility === 'private')
    fail('project-hidden', { project: spec.path })
  if (!mayUse(identity, spec, spec.features.repository, 'guest'))
    fail('feature-hidden', { project: spec.path, feature: 'repository' })
  if (need === 'read') return
  demandWrite(identity, spec, roleFor(need, quirks))
}

/** Throws `scope-missing` for a token that may not do this. */
export function demandAction({ token }: Identity, action: Action | undefined): void {
  if (!token?.scopes || action === undefined) return
  const isGranted = token.scopes.some((scope) => scope === action || ALL_ACTIONS.includes(scope))
  if (!isGranted) fail('scope-missing', { needed: [action] })
}

/** Whether somebody may do something to a repository, its rules for tags aside. */
export function may(
  identity: Identity,
  spec: ProjectSpec,
  need: Exclude<Need, 'read'>,
  quirks: Quirks,
): boolean {
  return !spec.archived && reaches(roleOf(identity, spec), roleFor(need, quirks))
}

/** Viewers see what there is, but cannot have the code. */
export function mayDownload(identity: Identity, spec: ProjectSpec): boolean {
  return reaches(roleOf(identity, spec), 'developer')
}

function roleFor(need: Exclude<Need, 'read'>, { developersDeleteTags }: Quirks): Role {
  if (need === 'set') return 'maintainer'
  return need === 'write' || developersDeleteTags ? 'developer' : 'maintainer'
}
