import { ForgeError } from '../../failure.ts'
import { branchNameRule, createBranch } from '../../forge/branches.ts'
import type { Branch, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { findCommit } from './commit-view.ts'
import { message, refuse } from './errors.ts'
import type { Profile } from './profiles.ts'

export interface BranchRequest {
  readonly name: string
  readonly ref: string
}

/** Creates a branch by the rules of Branches::CreateService: the name, whether it is taken, server hooks, where to start. */
export function createGitLabBranch(
  project: Project,
  user: User,
  { name, ref }: BranchRequest,
  profile: Profile,
): Branch {
  if (isInvalid(name)) refuse('branch-name-invalid', message(400, 'Branch name is invalid'))
  if (project.repository.heads.has(name)) refuse('branch-exists', message(400, 'Branch already exists'))
  const commit =
    findCommit(project, ref) ?? refuse('branch-ref-unknown', message(400, badRef(name, ref, profile)))
  demandAllowedName(name, profile)
  try {
    return createBranch(project, name, commit.oid, { user, vendor: 'gitlab' })
  } catch (error) {
    if (!(error instanceof ForgeError) || error.code !== 'ref-conflict') throw error
    return refuse('branch-name-clash', message(400, clash(name, ref, profile)))
  }
}

function badRef(name: string, ref: string, { namesFailedBranch }: Profile): string {
  if (!namesFailedBranch) return `Invalid reference name: ${ref}`
  return `Failed to create branch '${name}': invalid reference name '${ref}'`
}

/** A branch `v1` and a branch `v1/x` cannot be files of the same repository. */
function clash(name: string, ref: string, profile: Profile): string {
  if (!profile.namesFailedBranch) return badRef(name, ref, profile)
  return `Failed to create branch '${name}': Branch name conflicts with existing branch hierarchy.`
}

/** lib/gitlab/git_ref_validator.rb */
function isInvalid(name: string): boolean {
  if (name === 'HEAD' || name.startsWith('-') || /^refs\/(?:heads|remotes)\//.test(name)) return true
  return branchNameRule(name) !== null
}

/** lib/gitlab/checks/branch_check.rb: what would be mistaken for a commit. */
function demandAllowedName(name: string, { refusesShaNames }: Profile): void {
  if (!/^[0-9a-fA-F]{40}/.test(name)) return
  const kind = refusesShaNames ? 'SHA-1 or SHA-256' : '40-character hexadecimal'
  refuse('branch-name-like-sha', message(400, `You cannot create a branch with a ${kind} branch name.`))
}
