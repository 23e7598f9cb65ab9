import { ForgeError } from '../../failure.ts'
import { resolveCommit } from '../../forge/history.ts'
import type { Commit } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { presentCommit, type Scene } from './present.ts'
import type * as schemas from './schemas.ts'

/** The commit that a client names by id, branch or tag; null where GitLab finds none. Of a tag and a branch the tag counts. */
export function findCommit(project: Project, revision: string): Commit | null {
  // Git would take it for an option.
  if (revision.startsWith('-')) return null
  try {
    return resolveCommit(project, revision)
  } catch (error) {
    const isUnknown =
      error instanceof ForgeError && (error.code === 'revision-unknown' || error.code === 'revision-empty')
    if (isUnknown) return null
    throw error
  }
}

/** A commit out of a list of commits or branches: those are read without looking for trailers, so that there are none. */
export function presentListed(commit: Commit, scene: Scene): schemas.Commit {
  const { trailers, extended_trailers, web_url, ...rest } = presentCommit(commit, scene)
  return {
    ...rest,
    ...(trailers && { trailers: {} }),
    ...(extended_trailers && { extended_trailers: {} }),
    web_url,
  }
}
