import { listCommits } from '../../forge/history.ts'
import type { Commit } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import type { CommitList, ListCommits } from './commit-schemas.ts'
import { dateOf, readInstant } from './dates.ts'
import { demandCommit } from './revision.ts'
import { searchFor } from './search.ts'

/** One page of the history of a ref, the default branch unless another is named. Throws `object-missing`. */
export function findCommits(project: Project, query: ListCommits): readonly Commit[] {
  const { ref_name = project.defaultBranch, path, offset, limit } = query
  const isUnborn = query.ref_name === undefined && !project.repository.heads.has(ref_name)
  if (isUnborn) return []
  return listCommits(project, {
    tips: [demandCommit(project, ref_name).oid],
    ...(path !== undefined && { path }),
    order: query.order_by_date ? 'date' : 'topo',
    keep: filterOf(query),
    offset,
    limit,
  })
}

/** How many commits of a page there are for each day, in the order of the page. */
export function presentDays(commits: readonly Commit[]): CommitList['date_title'] {
  const counts = new Map<string, number>()
  for (const { committer } of commits) {
    const day = dateOf(committer.time).slice(0, 10)
    counts.set(day, (counts.get(day) ?? 0) + 1)
  }
  return [...counts].map(([day, commits_count]) => ({ day, commits_count }))
}

function filterOf({ since, until, message, author }: ListCommits): (commit: Commit) => boolean {
  const first = secondsOf(since, Number.NEGATIVE_INFINITY)
  const last = secondsOf(until, Number.POSITIVE_INFINITY)
  const saysIt = searchFor(message) ?? (() => true)
  const wroteIt = searchFor(author) ?? (() => true)
  return (commit) => {
    const { time } = commit.committer
    if (time < first || time > last) return false
    return saysIt(commit.message) && wroteIt(`${commit.author.name} <${commit.author.email}>`)
  }
}

function secondsOf(text: string | undefined, fallback: number): number {
  return text === undefined ? fallback : (readInstant(text) ?? fallback)
}
