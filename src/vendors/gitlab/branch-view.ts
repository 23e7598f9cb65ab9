import { roleOf } from '../../forge/access.ts'
import { mergedInto } from '../../forge/history.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Branch } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { reaches } from '../../forge/roles.ts'
import type * as schemas from './branch-schemas.ts'
import { presentListed } from './commit-view.ts'
import type { Scene } from './present.ts'

/** A branch as somebody gets to see it. */
export interface BranchView {
  readonly branch: Branch
  readonly isDefault: boolean
  /** Reachable from the default branch, which is not merged into itself. */
  readonly isMerged: boolean
  readonly mayPush: boolean
}

/** How `viewer` sees the branches of a project. The default branch is protected, as a new project's is, and no other. */
export function viewBranches(project: Project, viewer: Identity): (branch: Branch) => BranchView {
  const root = project.repository.branch(project.defaultBranch)
  const isMerged = root ? mergedInto(project, root.commit.oid) : () => false
  const role = roleOf(viewer, project.spec)
  return (branch) => {
    const isDefault = branch.name === project.defaultBranch
    return {
      branch,
      isDefault,
      isMerged: !isDefault && isMerged(branch.commit.oid),
      mayPush: !project.spec.archived && reaches(role, isDefault ? 'maintainer' : 'developer'),
    }
  }
}

/** lib/api/entities/branch.rb */
export function presentBranch(view: BranchView, scene: Scene): schemas.Branch {
  const { name, commit } = view.branch
  return {
    name,
    commit: presentListed(commit, scene),
    merged: view.isMerged,
    protected: view.isDefault,
    developers_can_push: false,
    developers_can_merge: false,
    can_push: view.mayPush,
    default: view.isDefault,
    web_url: `${scene.projectUrl}/-/tree/${encodePath(name)}`,
  }
}

/** Slashes stay: the page's route takes the rest of the path. */
function encodePath(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/')
}
