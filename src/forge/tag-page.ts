import type { Repository } from '../git/repository.ts'
import type { Tag } from './model.ts'
import type { TagPage, TagQuery } from './tags.ts'

/** Pages of a repository as they are since its last write. */
interface KnownPages {
  readonly generation: number
  readonly pages: Map<string, readonly Tag[]>
}

const known = new WeakMap<Repository, KnownPages>()

/** More pages than these, or longer ones, are read anew each time: their tags are held. */
const MOST_PAGES = 64
const LONGEST_PAGE = 200

/** A page of all tags, as fast the second time as it is to look it up. */
export function tagPage(repository: Repository, query: Omit<TagQuery, 'keep'>): TagPage {
  const total = repository.tags.size
  if (query.limit > LONGEST_PAGE) return { tags: readPage(repository, query), total }
  const { pages } = pagesOf(repository)
  const key = `${query.order} ${query.direction} ${query.offset} ${query.limit}`
  const before = pages.get(key)
  if (before) return { tags: before, total }
  const tags = readPage(repository, query)
  if (pages.size >= MOST_PAGES) pages.clear()
  pages.set(key, tags)
  return { tags, total }
}

function pagesOf(repository: Repository): KnownPages {
  const { generation } = repository.tags
  const found = known.get(repository)
  if (found?.generation === generation) return found
  const fresh = { generation, pages: new Map() }
  known.set(repository, fresh)
  return fresh
}

function readPage(
  repository: Repository,
  { order, direction, offset, limit }: Omit<TagQuery, 'keep'>,
): Tag[] {
  return repository.tags.page(order, direction, offset, limit).map((entry) => repository.toTag(entry))
}
