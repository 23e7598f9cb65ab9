import { ForgeError } from '../../failure.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Oid, Tag, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { createTag, resolveTarget } from '../../forge/tags.ts'
import { refuseField } from './errors.ts'
import { demandPattern, policyOf } from './policy.ts'
import { demandUnprotected } from './rules.ts'
import type { NewTag } from './schemas.ts'

/** Creates a tag, annotated when it has a message. Tags are never moved. Throws `tag-protected`, `ref-conflict`, CodeArtsError. */
export function createCodeArtsTag(
  project: Project,
  identity: Identity & { readonly user: User },
  { tag_name: name, ref, message }: NewTag,
): Tag {
  demandUnprotected(project, identity, name)
  demandPattern(policyOf(project).tag_name_regex, 'tag_name', name)
  const { tags, heads } = project.repository
  if (tags.has(name)) refuseField('tag-exists', 'tag_name', 'The tag already exists.')
  if (heads.has(name))
    refuseField('tag-named-like-branch', 'tag_name', 'A branch with the same name already exists.')
  const target = findTarget(project, ref) ?? refuseField('ref-unknown', 'ref', 'The ref does not exist.')
  const author = { user: identity.user, vendor: 'codearts' }
  return createTag(project, { name, target, message: message || null }, author)
}

/** A branch, a tag or a commit by its id, of which seven digits are enough; a branch wins over a tag of its name. */
export function findTarget(project: Project, ref: string): Oid | null {
  const { repository } = project
  const named = repository.branch(ref) ?? repository.tag(ref)
  if (named) return named.commit?.oid ?? null
  if (!/^[0-9a-f]{7,40}$/i.test(ref)) return null
  try {
    const oid = resolveTarget(project, `${ref}^{commit}`)
    // The id of a tag object leads to a commit, but is none.
    return oid.startsWith(ref.toLowerCase()) ? oid : null
  } catch (error) {
    if (error instanceof ForgeError && error.code === 'revision-unknown') return null
    throw error
  }
}
