import { isMerged, listCommits } from '../../forge/history.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Branch } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { may, mayDownload } from './access.ts'
import type * as schemas from './branch-schemas.ts'
import { presentCommit } from './present.ts'
import type { Quirks } from './quirks.ts'

/** A branch as somebody gets to see it. */
export interface BranchView {
  readonly branch: Branch
  readonly isDefault: boolean
  /** Reachable from the default branch, which is not merged into itself. */
  readonly isMerged: boolean
  readonly mayDelete: boolean
  readonly mayDownload: boolean
  readonly mayPush: boolean
}

/** The default branch is protected, as a new repository's is: it stays, and only managers push to it. */
export function viewBranch(project: Project, branch: Branch, viewer: Identity, quirks: Quirks): BranchView {
  const isDefault = branch.name === project.defaultBranch
  const root = project.repository.branch(project.defaultBranch)
  return {
    branch,
    isDefault,
    isMerged: !isDefault && root !== undefined && isMerged(project, branch.commit.oid, root.commit.oid),
    mayDelete: !isDefault && may(viewer, project.spec, 'write', quirks),
    mayDownload: mayDownload(viewer, project.spec),
    mayPush: may(viewer, project.spec, isDefault ? 'set' : 'write', quirks),
  }
}

/** BranchSimpleDto, with what the larger views add. */
export function presentListed(view: BranchView, detail: schemas.ListBranches['view']): schemas.SimpleBranch {
  const { name, commit } = view.branch
  return {
    name,
    default: view.isDefault,
    can_delete: view.mayDelete,
    can_read: true,
    can_download: view.mayDownload,
    can_push: view.mayPush,
    ...(detail !== 'simple' && { commit: presentCommit(commit) }),
    ...(detail === 'all' && { merged: view.isMerged, protected: view.isDefault }),
  }
}

export function presentBranch(view: BranchView): schemas.Branch {
  const { name, commit } = view.branch
  return {
    name,
    commit: presentCommit(commit),
    merged: view.isMerged,
    protected: view.isDefault,
    developers_can_push: false,
    developers_can_merge: false,
    can_push: view.mayPush,
    default: view.isDefault,
  }
}

/** The commits that only a branch has, and those that only the default branch has. */
export function divergence(project: Project, { commit }: Branch): { ahead: number; behind: number } {
  const root = project.repository.branch(project.defaultBranch)?.commit
  if (!root) return { ahead: 0, behind: 0 }
  return {
    ahead: listCommits(project, { tips: [commit.oid], exclude: [root.oid] }).length,
    behind: listCommits(project, { tips: [root.oid], exclude: [commit.oid] }).length,
  }
}
