import { ForgeError, fail } from '../../failure.ts'
import { roleOf } from '../../forge/access.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Oid, Tag, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { forbiddingRule } from '../../forge/tag-rules.ts'
import { createTag, peel, resolveTarget, tagNameRule } from '../../forge/tags.ts'
import { message as answer, refuse } from './errors.ts'
import type { Profile } from './profiles.ts'
import { RULES } from './tag-view.ts'

export interface TagRequest {
  readonly name: string
  readonly ref: string
  readonly message?: string | undefined
}

/**
 * Creates a tag by the rules of Tags::CreateService and Gitaly, which complain in this order: no target, a bad name, a
 * target that does not resolve, a name that is taken, a name that a server hook refuses.
 */
export function createGitLabTag(
  project: Project,
  identity: Identity & { user: User },
  wanted: TagRequest,
  profile: Profile,
): Tag {
  const { name, ref } = wanted
  if (ref.trim() === '') fail('revision-empty', {})
  const broken = nameRule(name)
  if (broken) fail('ref-name-invalid', { name, rule: broken })
  const message = wanted.message?.trim() || null
  const target = targetOf(project, ref, message)
  if (project.repository.tags.has(name)) fail('ref-exists', { ref: `refs/tags/${name}`, name })
  demandAllowedName(project, identity, name, profile)
  try {
    return createTag(project, { name, target, message }, { user: identity.user, vendor: 'gitlab' })
  } catch (error) {
    // A ref update that fails at the very end is told as a bad target, whatever the reason.
    if (error instanceof ForgeError && error.code === 'ref-conflict')
      return fail('revision-unknown', { revision: ref, ambiguous: false })
    throw error
  }
}

/** With a message the tag object points at what `ref` names, tag objects included; without one the ref is peeled. */
function targetOf(project: Project, ref: string, message: string | null): Oid {
  const oid = resolveTarget(project, ref)
  const peeled = peel(project, oid)
  if (peeled.type !== 'commit') fail('revision-unknown', { revision: ref, ambiguous: false })
  return message === null ? peeled.oid : oid
}

function demandAllowedName(
  project: Project,
  identity: Identity,
  name: string,
  { refusesShaNames }: Profile,
): void {
  if (name === project.defaultBranch)
    refuse('tag-named-like-default-branch', answer(400, 'You cannot use default branch name to create a tag'))
  if (name.startsWith('refs/tags/'))
    refuse('tag-name-prohibited', answer(400, 'You cannot create a tag with a prohibited pattern.'))
  if (refusesShaNames && /^[0-9a-fA-F]{40}/.test(name))
    refuse('tag-name-like-sha', answer(400, 'You cannot create a tag with a SHA-1 or SHA-256 tag name.'))
  demandUnprotected(project, identity, name)
}

/** Throws `tag-protected`; instance administrators pass every rule. */
export function demandUnprotected(project: Project, identity: Identity, name: string): void {
  if (identity.user?.admin) return
  const rule = forbiddingRule(project.tagRules, name, roleOf(identity, project.spec), RULES, identity.user)
  if (rule) fail('tag-protected', { name, pattern: rule.pattern })
}

/** lib/gitlab/git_ref_validator.rb: git's own rules and a few words that would confuse git's look-up. */
export function nameRule(name: string): string | null {
  if (name === 'HEAD' || name.startsWith('-')) return 'is reserved'
  if (/^refs\/(?:heads|remotes)\//.test(name)) return 'begins with a reserved prefix'
  return tagNameRule(name)
}
