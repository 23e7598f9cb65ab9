import type { Tag } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { listTags, type TagPage } from '../../forge/tags.ts'
import { isCreator } from './creator.ts'
import type { ListTags } from './schemas.ts'
import { searchFor } from './search.ts'

const ORDERS = { name: 'name', created: 'created', updated: 'committed' } as const

/** The tags of one list request, and how many there are before paging. */
export function findTags(project: Project, query: ListTags): TagPage {
  const { order_by, sort: direction, offset, limit, search, creator } = query
  // Most ask for nothing special, and an object that is put together from parts takes its time.
  if (search === undefined && creator === undefined)
    return listTags(project, { order: ORDERS[order_by], direction, offset, limit })
  const keep = searchFor(search)
  const wanted = { order: ORDERS[order_by], direction, ...(keep && { keep }) }
  if (creator === undefined) return listTags(project, { ...wanted, offset, limit })
  const all = listTags(project, { ...wanted, offset: 0, limit: Number.MAX_SAFE_INTEGER })
  const own = all.tags.filter((tag) => isCreator(creator, project, `refs/tags/${tag.name}`, taggerOf(tag)))
  return { tags: own.slice(offset, offset + limit), total: own.length }
}

function taggerOf({ annotation }: Tag): string | null {
  return annotation?.tagger?.email ?? null
}
