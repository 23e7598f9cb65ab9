import type { Tag } from '../../forge/model.ts'
import { type PageQuery, pageOf } from './paging.ts'
import { presentTag } from './present.ts'

/** A page as it was written, with everything that it depends on beside its tags. */
interface WrittenPage {
  readonly json: string
  readonly page: PageQuery
  readonly hasFilter: boolean
}

/** Most of what an answer costs is making JSON of tags that have not changed since the last time. */
const fragments = new WeakMap<Tag, string>()
const pages = new WeakMap<readonly Tag[], WrittenPage>()

/** A tag as bytes: what `JSON.stringify` makes of it once it is presented. */
export function writeTag(tag: Tag): string {
  const known = fragments.get(tag)
  if (known !== undefined) return known
  const json = JSON.stringify(presentTag(tag))
  fragments.set(tag, json)
  return json
}

/** The same of the page that `pageOf` makes of tags; of the same list twice the very same text. */
export function writeTagPage(tags: readonly Tag[], page: PageQuery, hasFilter: boolean): string {
  const known = pages.get(tags)
  if (known && known.hasFilter === hasFilter && isSame(known.page, page)) return known.json
  const { values, ...envelope } = pageOf(tags, page, { hasFilter })
  const json = writeEnvelope(envelope, values.map(writeTag))
  pages.set(tags, { json, page, hasFilter })
  return json
}

/** `values` stand behind `isLastPage`. */
function writeEnvelope(envelope: object, values: readonly string[]): string {
  return JSON.stringify(envelope).replace(
    /("isLastPage":(?:true|false))/,
    (before) => `${before},"values":[${values.join(',')}]`,
  )
}

function isSame(one: PageQuery, other: PageQuery): boolean {
  return one.start === other.start && one.limit === other.limit
}
