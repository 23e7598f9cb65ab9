import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Tag } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { listTags, type TagPage } from '../../forge/tags.ts'
import { message, refuse } from './errors.ts'
import { effectivePageSize, link, type OffsetPage, offsetPage, writeOffsetHeaders } from './paging.ts'
import type { Profile } from './profiles.ts'
import type { ListTags } from './schemas.ts'
import { exactFirst, type RefSearch, readSearch } from './search.ts'

const EVERYTHING = { offset: 0, limit: Number.MAX_SAFE_INTEGER }

/**
 * The rows of one list request, its headers written. The first page, keyset pages and all other pages go three different
 * ways, each with habits of its own (lib/gitlab/pagination/gitaly_keyset_pager.rb).
 */
export function listPage(
  request: FastifyRequest,
  reply: FastifyReply,
  project: Project,
  query: ListTags,
): readonly Tag[] {
  const { profile, params } = request.gitlab
  const search = readSearch(query.search)
  if (profile.hasKeyset && params.merged.pagination === 'keyset')
    return keysetPage(request, reply, project, query, search)
  if (profile.firstPage !== 'plain' && query.page === 1)
    return firstPage(request, reply, project, query, search)
  const { page, per_page } = query
  const size = effectivePageSize(per_page)
  const found = find(project, query, search, profile, { offset: (Math.max(page, 1) - 1) * size, limit: size })
  writeOffsetHeaders(request, reply, offsetPage(page, per_page, found.total))
  return found.tags
}

/** Path A: rows straight from git with a limit, which a search switches off; headers made up around them. */
function firstPage(
  request: FastifyRequest,
  reply: FastifyReply,
  project: Project,
  query: ListTags,
  search: RefSearch | null,
): readonly Tag[] {
  const tags = rowsFromGit(request.gitlab.profile, project, query, search)
  writeOffsetHeaders(
    request,
    reply,
    firstPageHeaders(request.gitlab.profile, query.per_page, project.repository.tags.size),
  )
  return tags
}

/** The total is that of all tags, searching or not, and the page size is echoed without clamping. */
function firstPageHeaders({ firstPage }: Profile, perPage: number, total: number): OffsetPage {
  const hasBug = firstPage === 'floor-plus-one'
  const totalPages = hasBug ? Math.floor(total / perPage) + 1 : Math.ceil(total / perPage) + 0
  return { page: 1, perPage, total, totalPages, next: hasBug || totalPages > 1 ? 2 : null, previous: null }
}

function keysetPage(
  request: FastifyRequest,
  reply: FastifyReply,
  project: Project,
  query: ListTags,
  search: RefSearch | null,
): readonly Tag[] {
  const tags = rowsFromGit(request.gitlab.profile, project, query, search)
  const last = tags.at(-1)
  if (last && tags.length === query.per_page)
    reply.header('link', link(request, { page_token: last.name }, 'next'))
  return tags
}

function rowsFromGit(
  profile: Profile,
  project: Project,
  query: ListTags,
  search: RefSearch | null,
): readonly Tag[] {
  if (search) return find(project, query, search, profile, EVERYTHING).tags
  const offset = query.page_token ? afterToken(project, query, profile, query.page_token) : 0
  return find(project, query, null, profile, { offset, limit: effectivePageSize(query.per_page) }).tags
}

function afterToken(project: Project, query: ListTags, profile: Profile, token: string): number {
  const { order, direction } = orderOf(query, profile)
  const rank = project.repository.tags.rank(order, direction, token)
  return rank === undefined
    ? refuse('page-token-unknown', message(422, `Invalid page token: refs/tags/${token}`))
    : rank + 1
}

function find(
  project: Project,
  query: ListTags,
  search: RefSearch | null,
  profile: Profile,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): TagPage {
  if (profile.sortsLikeRuby && query.sort === 'desc')
    return reversed(project, query, search, profile, { offset, limit })
  const { order, direction } = orderOf(query, profile)
  // No spread here: V8 takes microseconds for one that is followed by further properties.
  if (!search) return listTags(project, { order, direction, offset, limit })
  const matches = listTags(project, { order, direction, ...EVERYTHING, keep: search.matches })
  const tags = exactFirst(matches.tags, search)
  return { tags: tags.slice(offset, offset + limit), total: matches.total }
}

/** 13 turned the ascending list round, ties included. */
function reversed(
  project: Project,
  query: ListTags,
  search: RefSearch | null,
  profile: Profile,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): TagPage {
  const ascending = find(project, { ...query, sort: 'asc' }, null, profile, EVERYTHING).tags.filter(
    (tag) => search?.matches(tag.name) ?? true,
  )
  const tags = [...ascending].reverse()
  return {
    tags: (search ? exactFirst(tags, search) : tags).slice(offset, offset + limit),
    total: tags.length,
  }
}

function orderOf({ order_by, sort }: ListTags, { sortsLikeRuby }: Profile) {
  if (order_by === 'version') return { order: 'version', direction: sort } as const
  if (order_by === 'name') return { order: sortsLikeRuby ? 'version' : 'name', direction: sort } as const
  return { order: sortsLikeRuby ? 'committed' : 'created', direction: sort } as const
}
