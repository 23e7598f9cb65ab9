import { ForgeError, fail } from '../../failure.ts'
import type { Oid, Tag, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { createTag, resolveTarget } from '../../forge/tags.ts'
import { exception, refuse } from './answers.ts'
import { notAnIdentifier } from './errors.ts'
import { tidyMessage } from './tag-message.ts'

export interface TagRequest {
  readonly name: string
  readonly startPoint: string
  /** Null makes a lightweight tag. */
  readonly message: string | null
  readonly force: boolean
}

/**
 * Creates a tag as `git tag` does for Bitbucket. It complains in this order: an empty repository, a start point that does
 * not resolve, a bad name, a name that is taken. What the start point names is tagged as it is, tag objects included.
 */
export function createBitbucketTag(project: Project, user: User, wanted: TagRequest): Tag {
  const { name, startPoint, message, force } = wanted
  if (project.repository.isEmpty) fail('repository-empty', { project: project.spec.path })
  const target = findStartPoint(project, startPoint)
  if (name.trim() === '' || name.startsWith('-')) {
    fail('ref-name-invalid', { name, rule: 'a tag name is not blank and does not look like an option' })
  }
  return createTag(
    project,
    { name, target, message: message === null ? null : tidyMessage(message) },
    { user, vendor: 'bitbucket' },
    force,
  )
}

function findStartPoint(project: Project, startPoint: string): Oid {
  if (startPoint.startsWith('-')) refuse('identifier-looks-like-option', notAnIdentifier(startPoint))
  try {
    const oid = resolveTarget(project, startPoint)
    // A submodule's commit has an id but is not in the repository.
    return project.repository.objects.has(oid) ? oid : refuseStartPoint(startPoint)
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return refuseStartPoint(startPoint)
  }
}

function refuseStartPoint(startPoint: string): never {
  return refuse(
    'start-point-unknown',
    exception(400, 'commit.NoSuchCommitException', `'${startPoint}' is an invalid tag point.`),
  )
}
