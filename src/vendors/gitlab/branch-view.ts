import { roleOf } from '../../forge/access.ts'
import { isMerged } from '../../forge/history.ts'
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

/** The default branch is protected, as a new project's is; nothing else is. Developers may not push to it. */
export function viewBranch(project: Project, branch: Branch, viewer: Identity): BranchView {
  const isDefault = branch.name === project.defaultBranch
  const root = project.repository.branch(project.defaultBranch)
  const needed = isDefault ? 'maintainer' : 'developer'
  return {
    branch,
    isDefault,
    isMerged: !isDefault && root !== undefined && isMerged(project, branch.commit.oid, root.commit.oid),
    mayPush: !project.spec.archived && reaches(roleOf(viewer, project.spec), needed),
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
