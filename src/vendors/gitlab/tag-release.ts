import { fail } from '../../failure.ts'
import type { Release, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'

/** A release as 13 and older made one with or for a tag: a description and nothing else. Throws `release-exists`. */
export function createReleaseOfTag(
  project: Project,
  tag: string,
  description: string,
  author: User,
): Release {
  if (project.releases.has(tag)) return fail('release-exists', { tag })
  const now = project.forge.clock.now()
  const release: Release = {
    id: project.forge.nextId('release'),
    tag,
    name: tag,
    description,
    author: author.username,
    createdAt: now,
    releasedAt: now,
    links: [],
  }
  project.putRelease(release)
  return release
}
