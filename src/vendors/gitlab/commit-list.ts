import type { FastifyReply, FastifyRequest } from 'fastify'
import { allTips, listCommits } from '../../forge/history.ts'
import type { Commit, Oid } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import type { ListCommits } from './commit-schemas.ts'
import { findCommit } from './commit-view.ts'
import { readInstant } from './dates.ts'
import { message, refuse } from './errors.ts'
import { effectivePageSize, writeOffsetHeaders } from './paging.ts'

/**
 * One page of a list of commits, its headers written. Nobody counts the commits of a branch: there is a next page when
 * this one is full, and there are no totals.
 */
export function commitPage(
  request: FastifyRequest,
  reply: FastifyReply,
  project: Project,
  query: ListCommits,
): readonly Commit[] {
  const size = effectivePageSize(query.per_page)
  const page = Math.max(query.page, 1)
  const rows = listCommits(project, {
    tips: tipsOf(project, query),
    ...(query.path && { path: query.path }),
    firstParent: query.first_parent ?? false,
    order: query.order === 'topo' ? 'topo' : 'date',
    keep: filterOf(query),
    offset: (page - 1) * size,
    limit: size,
  })
  writeOffsetHeaders(request, reply, {
    page,
    perPage: size,
    total: null,
    totalPages: 0,
    next: rows.length === size ? page + 1 : null,
    previous: page > 1 ? page - 1 : null,
  })
  return rows
}

/** A name that leads nowhere has no commits; git's complaint about it is swallowed on the way. */
function tipsOf(project: Project, { all, ref_name }: ListCommits): readonly Oid[] {
  if (all) return allTips(project)
  if (ref_name?.startsWith('-')) refuse('revision-like-option', message(400, 'ref_name is invalid'))
  const tip = findCommit(project, ref_name?.trim() ? ref_name : project.defaultBranch)
  return tip ? [tip.oid] : []
}

/** By committer date, and by a piece of the author line, as `git log --since --until --author`. */
function filterOf({ since, until, author }: ListCommits): (commit: Commit) => boolean {
  const first = secondsOf(since, Number.NEGATIVE_INFINITY)
  const last = secondsOf(until, Number.POSITIVE_INFINITY)
  return (commit) => {
    const { time } = commit.committer
    if (time < first || time > last) return false
    return !author || `${commit.author.name} <${commit.author.email}>`.includes(author)
  }
}

function secondsOf(text: string | undefined, fallback: number): number {
  const milliseconds = text === undefined ? null : readInstant(text)
  return milliseconds === null ? fallback : Math.floor(milliseconds / 1000)
}
