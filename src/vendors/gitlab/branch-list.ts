import type { FastifyReply, FastifyRequest } from 'fastify'
import { listBranches } from '../../forge/branches.ts'
import type { Branch } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import type { ListBranches } from './branch-schemas.ts'
import { message, refuse } from './errors.ts'
import { effectivePageSize, link, offsetPage, writeOffsetHeaders } from './paging.ts'
import { exactFirst, readSearch } from './search.ts'

/** The rows of one list request, its headers written. */
export function branchPage(
  request: FastifyRequest,
  reply: FastifyReply,
  project: Project,
  query: ListBranches,
): readonly Branch[] {
  const { profile, params } = request.gitlab
  if (profile.hasKeyset && params.merged.pagination === 'keyset')
    return keysetPage(request, reply, project, query)
  const { page, per_page } = query
  const size = effectivePageSize(per_page)
  const found = find(project, query, (Math.max(page, 1) - 1) * size, size)
  writeOffsetHeaders(request, reply, offsetPage(page, per_page, found.total))
  return found.branches
}

function find(project: Project, query: ListBranches, offset: number, limit: number) {
  const order = orderOf(query)
  const search = readSearch(query.search)
  if (!search) return listBranches(project, { ...order, offset, limit })
  const everything = { offset: 0, limit: Number.MAX_SAFE_INTEGER, keep: search.matches }
  const { branches, total } = listBranches(project, { ...order, ...everything })
  return { branches: exactFirst(branches, search).slice(offset, offset + limit), total }
}

/** A page that begins after the branch of `page_token`; there is a next one when this one is full. */
function keysetPage(
  request: FastifyRequest,
  reply: FastifyReply,
  project: Project,
  query: ListBranches,
): readonly Branch[] {
  const { order, direction } = orderOf(query)
  const token = query.page_token
  const rank = token ? project.repository.heads.rank(order, direction, token) : -1
  if (rank === undefined)
    return refuse('page-token-unknown', message(422, `Invalid page token: refs/heads/${token}`))
  // As with tags, a search switches the pages off.
  const isSearch = readSearch(query.search) !== null
  const limit = isSearch ? Number.MAX_SAFE_INTEGER : effectivePageSize(query.per_page)
  const { branches } = find(project, query, isSearch ? 0 : rank + 1, limit)
  const last = branches.at(-1)
  if (last && branches.length === query.per_page)
    reply.header('link', link(request, { page_token: last.name }, 'next'))
  return branches
}

function orderOf({ sort }: ListBranches) {
  if (sort === 'updated_asc') return { order: 'committed', direction: 'asc' } as const
  if (sort === 'updated_desc') return { order: 'committed', direction: 'desc' } as const
  return { order: 'name', direction: 'asc' } as const
}
