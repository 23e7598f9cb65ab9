import { ForgeError, fail } from '../../failure.ts'
import { branchNameRule, createBranch } from '../../forge/branches.ts'
import { resolveCommit } from '../../forge/history.ts'
import type { Branch, Commit, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { exception, refuse } from './answers.ts'
import { conflictingRef, duplicateRef, invalidRefName, notAnIdentifier } from './errors.ts'
import { slugOf } from './naming.ts'

export interface BranchRequest {
  readonly name: string
  readonly startPoint: string
}

/** With which statuses a resource tells of a name that is taken, and of one that clashes with a folder of names. */
export interface ClashStatuses {
  readonly duplicate: number
  readonly overlap: number
}

/** Creates a branch. Throws `repository-empty`, BitbucketError. */
export function createBitbucketBranch(
  project: Project,
  user: User,
  { name, startPoint }: BranchRequest,
  { duplicate, overlap }: ClashStatuses,
): Branch {
  if (project.repository.isEmpty) fail('repository-empty', { project: project.spec.path })
  const commit = findStartPoint(project, startPoint)
  if (name.startsWith('-') || branchNameRule(name) !== null) {
    refuse('branch-name-invalid', invalidRefName(`'${name}' is an invalid branch name.`))
  }
  const { heads } = project.repository
  if (heads.has(name)) refuse('branch-exists', duplicateRef('Branch', name, slugOf(project.spec), duplicate))
  const other = heads.conflict(name)
  if (other !== undefined) refuse('branch-conflict', conflictingRef('Branch', name, other, overlap))
  return createBranch(project, name, commit.oid, { user, vendor: 'bitbucket' })
}

function findStartPoint(project: Project, startPoint: string): Commit {
  if (startPoint.startsWith('-')) refuse('identifier-looks-like-option', notAnIdentifier(startPoint))
  try {
    return resolveCommit(project, startPoint)
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return refuse(
      'branch-point-unknown',
      exception(400, 'commit.NoSuchCommitException', `'${startPoint}' is an invalid branch point.`),
    )
  }
}
