import type { DiffStat } from '../../forge/history.ts'
import type { Branch, Commit } from '../../forge/model.ts'
import { dateOf } from './dates.ts'
import type * as legacy from './legacy-schemas.ts'
import { shortId, titleOf } from './present.ts'

/** The commit of a tag: nine keys. */
export function presentLegacyCommit(commit: Commit): legacy.Commit {
  return {
    id: commit.oid,
    short_id: shortId(commit),
    created_at: dateOf(commit.committer.time),
    title: titleOf(commit),
    parent_ids: [...commit.parents],
    message: commit.message,
    author_name: commit.author.name,
    committer_name: commit.committer.name,
    committed_date: dateOf(commit.committer.time),
  }
}

/** The tip of a branch: six. */
export function presentTip({ commit }: Branch) {
  return {
    id: commit.oid,
    short_id: shortId(commit),
    title: titleOf(commit),
    message: commit.message,
    committer_name: commit.committer.name,
    committed_date: dateOf(commit.committer.time),
  }
}

/** A commit by itself. */
export function presentFullCommit(commit: Commit, { additions, deletions }: DiffStat) {
  return {
    id: commit.oid,
    short_id: shortId(commit),
    title: titleOf(commit),
    author_name: commit.author.name,
    author_email: commit.author.email,
    committer_name: commit.committer.name,
    committer_email: commit.committer.email,
    created_at: dateOf(commit.committer.time),
    message: commit.message,
    parent_ids: [...commit.parents],
    committed_date: dateOf(commit.committer.time),
    authored_date: dateOf(commit.author.time),
    stats: { additions, deletions, total: additions + deletions },
    last_pipeline: null,
  }
}
