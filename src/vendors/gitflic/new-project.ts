import { fail } from '../../failure.ts'
import type { Forge } from '../../forge/forge.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Owner, User } from '../../forge/model.ts'
import { createProject } from '../../forge/new-project.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { invalid, refuse } from './errors.ts'
import { demandOwnerRole } from './open-owner.ts'
import { ownerType } from './present-project.ts'
import type { NewProject } from './project-schemas.ts'

/**
 * Creates an empty project for whoever asks, or for a company or team that they administer; it starts with the owner's
 * tag rules when the owner's settings say so.
 */
export function createGitFlicProject(
  forge: Forge,
  identity: Identity & { readonly user: User },
  wanted: NewProject,
): ProjectSpec {
  const { alias: slug, title: name, description = '', isPrivate = true } = wanted
  const owner = ownerOf(forge, identity.user, wanted)
  demandOwnerRole(identity, owner, 'maintainer')
  const path = `${owner.alias}/${slug}`.toLowerCase()
  if (forge.specs.some((spec) => spec.path.toLowerCase() === path))
    refuse('project-exists', invalid({ field: 'alias', title: 'error.field.exists' }))
  return createProject(forge, {
    owner,
    slug,
    name,
    description,
    visibility: isPrivate ? 'private' : 'public',
  })
}

function ownerOf(forge: Forge, user: User, { ownerAlias, ownerAliasType }: NewProject): Owner {
  const alias = ownerAlias?.trim() || user.username
  const owner = forge.world.owners.find((known) => known.alias === alias)
  const isFit = owner && (ownerAliasType === undefined || ownerType(owner) === ownerAliasType)
  return isFit ? owner : fail('owner-missing', { owner: alias })
}
