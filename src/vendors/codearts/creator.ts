import type { User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { plainUuid } from './identifiers.ts'

/**
 * Whether a ref was created by the user of an id, a number or an IAM id. Of refs that were there from the start only the
 * `email` in the tag tells; whoever pushed or created one since is remembered.
 */
export function isCreator(id: string, project: Project, ref: string, email: string | null): boolean {
  const creator = project.creatorOf(ref)
  if (creator) return hasId(creator, id)
  const { users } = project.forge.world
  return email !== null && users.some((user) => user.email === email && hasId(user, id))
}

function hasId(user: User, id: string): boolean {
  return String(user.id) === id || plainUuid(user) === id.toLowerCase()
}
