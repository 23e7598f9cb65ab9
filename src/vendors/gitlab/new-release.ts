import { fail } from '../../failure.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Release, ReleaseLink, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { readInstant } from './dates.ts'
import { message, refuse } from './errors.ts'
import { duplicatesOf, isLinkKind, type LinkDraft, linkProblems } from './link-rules.ts'
import { createGitLabTag } from './new-tag.ts'
import type { Profile } from './profiles.ts'
import type { NewRelease, NewReleaseLink } from './release-schemas.ts'
import { demandCreatableTag } from './release-view.ts'

/**
 * Creates a release, and its tag where that is missing, with the checks in the order of Releases::CreateService. A link
 * that does not fit is found last of all, when the tag has already been made; the tag then stays.
 */
export function createRelease(
  project: Project,
  identity: Identity & { user: User },
  wanted: NewRelease,
  profile: Profile,
): Release {
  const tag = wanted.tag_name
  demandCreatableTag(project, identity, tag)
  if (project.releases.has(tag)) fail('release-exists', { tag })
  demandNoMilestones(wanted.milestones)
  ensureTag(project, identity, wanted, profile)
  const links = (wanted.assets?.links ?? []).map(draftLink)
  demandSoundLinks(links)
  const createdAt = project.forge.clock.now()
  const release: Release = {
    id: project.forge.nextId('release'),
    tag,
    name: wanted.name ?? tag,
    description: wanted.description ?? null,
    author: identity.user.username,
    createdAt,
    releasedAt: readInstant(wanted.released_at ?? '') ?? createdAt,
    links: links.map((link): ReleaseLink => ({ id: project.forge.nextId('link'), ...link })),
  }
  project.putRelease(release)
  return release
}

/** There are no milestones in this forge, so each one that is named cannot be found. */
export function demandNoMilestones(titles: readonly string[] = []): void {
  if (titles.length > 0)
    refuse('milestone-unknown', message(400, `Milestone(s) not found: ${titles.join(', ')}`))
}

export function draftLink({ name, url, direct_asset_path, filepath, link_type }: NewReleaseLink): LinkDraft {
  return { name, url, path: direct_asset_path || filepath || null, kind: link_type ?? 'other' }
}

function ensureTag(
  project: Project,
  identity: Identity & { user: User },
  { tag_name: name, ref, tag_message }: NewRelease,
  profile: Profile,
): void {
  if (project.repository.tags.has(name)) return
  const target = ref ?? refuse('release-ref-missing', message(422, 'Ref is not specified'))
  createGitLabTag(project, identity, { name, ref: target, message: tag_message ?? undefined }, profile)
}

function demandSoundLinks(links: readonly LinkDraft[]): void {
  const unknown = links.find((link) => !isLinkKind(link.kind))
  if (unknown) refuse('link-type-unknown', message(400, `'${unknown.kind}' is not a valid link_type`))
  const problems = [...new Set(links.flatMap((link) => linkProblems(link, [])))].map(
    (problem) => `Links ${problem.charAt(0).toLowerCase()}${problem.slice(1)}`,
  )
  const twice = duplicatesOf(links)
  if (twice.length > 0) problems.push(`Links have duplicate values (${twice.join(', ')})`)
  if (problems.length > 0) refuse('link-invalid', message(400, `Validation failed: ${problems.join(', ')}`))
}
