import type { Forge } from '../../forge/forge.ts'
import type { Tag } from '../../forge/model.ts'
import type { TagPage } from '../../forge/tags.ts'
import type { World } from '../../forge/world.ts'
import { toJson } from './json.ts'
import { type PageRequest, presentPage } from './paging.ts'
import { presentTag, viewTag } from './present.ts'

/** A tag as it was written, with the people that its tagger was looked for among. */
interface Fragment {
  readonly json: string
  readonly world: World
}

/** The same of a page, with everything that it depends on beside its tags. */
interface WrittenPage extends Fragment {
  readonly total: number
  readonly page: PageRequest
}

/** Most of what an answer costs is making JSON of tags that have not changed since the last time. */
const fragments = new WeakMap<Tag, Fragment>()
const pages = new WeakMap<readonly Tag[], WrittenPage>()

/** A tag as bytes: what `toJson` makes of it once it is presented. */
export function writeTag(forge: Forge, tag: Tag): string {
  const { world } = forge
  const known = fragments.get(tag)
  if (known?.world === world) return known.json
  const json = toJson(presentTag(viewTag(forge, tag)))
  fragments.set(tag, { json, world })
  return json
}

/** The same of a page of tags in its envelope; of the same list twice the very same text. */
export function writeTagPage(forge: Forge, { tags, total }: TagPage, page: PageRequest): string {
  const { world } = forge
  const known = pages.get(tags)
  if (known?.world === world && known.total === total && isSame(known.page, page)) return known.json
  const envelope = toJson(presentPage('tagList', [], total, page))
  const items = tags.map((tag) => writeTag(forge, tag)).join(',')
  // Joined, it is one text in memory; a template would be measured piece by piece each time that it is sent.
  const json =
    tags.length === 0 ? envelope : ['{"_embedded":{"tagList":[', items, ']},', envelope.slice(1)].join('')
  pages.set(tags, { json, world, total, page })
  return json
}

function isSame(one: PageRequest, other: PageRequest): boolean {
  return one.number === other.number && one.size === other.size
}
