import type { User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import type { CreatedBranch } from './branch-schemas.ts'
import { type BranchView, divergence, presentListed } from './branch-view.ts'
import { dateOfMilliseconds } from './dates.ts'
import { presentCommit } from './present.ts'

/** What is known of a branch only when it is made. */
export interface Creation {
  readonly description: string
  /** The ref that it was made from, as it was given. */
  readonly source: string
  readonly creator: User
}

export function presentCreated(
  project: Project,
  view: BranchView,
  { description, source, creator }: Creation,
): CreatedBranch {
  const { ahead, behind } = divergence(project, view.branch)
  return {
    ...presentListed(view, 'all'),
    commit: presentCommit(view.branch.commit),
    merged: view.isMerged,
    protected: view.isDefault,
    created_at: dateOfMilliseconds(project.forge.clock.now()),
    creator: { id: creator.id, name: creator.name, username: creator.username, state: 'active' },
    description,
    create_source: source,
    create_source_exists: true,
    opened_mr_count: 0,
    diverging_commit_counts: { behind, ahead },
  }
}
