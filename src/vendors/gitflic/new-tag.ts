import { fail } from '../../failure.ts'
import { getBranch } from '../../forge/branches.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Oid, Tag, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { createTag, peel } from '../../forge/tags.ts'
import { isBlank } from './blank.ts'
import type { Quirks } from './quirks.ts'
import { ruleAgainst } from './rules.ts'
import type { NewTag } from './schemas.ts'

/**
 * Creates a tag whose name is known to be valid; complaints in this order: no such target, a rule against it, the name is
 * taken. Tags are annotated, with an empty message when none is given, as JGit's tag command makes them; a message is
 * stored as it came, without the newline that git itself would see to.
 */
export function createGitFlicTag(
  project: Project,
  identity: Identity & { readonly user: User },
  wanted: NewTag,
  { lightweightWhenNoMessage }: Quirks,
): Tag {
  const { tagName: name, message = '' } = wanted
  const target = targetOf(project, wanted)
  const rule = ruleAgainst(project, identity, name)
  if (rule) return fail('tag-protected', { name, pattern: rule.pattern })
  const isLightweight = lightweightWhenNoMessage && message === ''
  return createTag(
    project,
    { name, target, message: isLightweight ? null : message },
    { user: identity.user, vendor: 'gitflic' },
  )
}

/** A commit by its full id, which wins, or the head of a branch. */
function targetOf(project: Project, { commitId = '', branchName = '' }: NewTag): Oid {
  if (isBlank(commitId)) return getBranch(project, branchName).commit.oid
  return demandCommit(project, commitId)
}

/** Ids are looked up as they are, never as abbreviations or names. Throws `object-missing`, `revision-unknown`. */
export function demandCommit(project: Project, id: string): Oid {
  const oid = id.toLowerCase()
  if (!/^[0-9a-f]{40}$/.test(oid)) return fail('revision-unknown', { revision: id, ambiguous: false })
  const peeled = peel(project, oid)
  if (peeled.oid !== oid || peeled.type !== 'commit') return fail('object-missing', { oid })
  return oid
}
