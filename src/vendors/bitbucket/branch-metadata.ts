import { listCommits } from '../../forge/history.ts'
import type { Branch, Oid } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { findCommit } from './commit-lookup.ts'
import { type PeopledScene, presentCommit } from './present-commit.ts'

const PLUGIN = 'com.atlassian.bitbucket.server.bitbucket-branch'

/** What `details=true` adds to a branch: its latest commit, and how far it is from another one. Throws `revision-unknown`. */
export function metadataOf(
  project: Project,
  { commit }: Branch,
  base: string | undefined,
  scene: PeopledScene,
): Record<string, unknown> {
  const other = base ? findCommit(project, base) : project.repository.branch(project.defaultBranch)?.commit
  return {
    ...(other && {
      [`${PLUGIN}:ahead-behind-metadata-provider`]: {
        ahead: distance(project, commit.oid, other.oid),
        behind: distance(project, other.oid, commit.oid),
      },
    }),
    [`${PLUGIN}:latest-commit-metadata`]: presentCommit(commit, scene),
  }
}

function distance(project: Project, to: Oid, from: Oid): number {
  return listCommits(project, { tips: [to], exclude: [from] }).length
}
