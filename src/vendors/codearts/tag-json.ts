import type { Tag, TagRule, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { presentListed, presentTag, type TagView } from './present.ts'
import type { Quirks } from './quirks.ts'
import type { Context } from './request-context.ts'
import { viewerOf } from './tag-view.ts'

/** A list as it was written, with everything that it depends on beside its tags. */
interface WrittenList {
  readonly json: string
  readonly spec: ProjectSpec
  /** Replaced as a whole when a rule changes. */
  readonly rules: readonly TagRule[]
  readonly user: User
  readonly quirks: Quirks
  readonly hasCommit: boolean
}

/** What a tag looks like in a list, by what somebody may do and sees of it. */
type Fragments = (string | undefined)[]

/** Most of what an answer costs is making JSON of tags that have not changed since the last time. */
const singles = new WeakMap<Tag, string>()
const fragments = new WeakMap<Tag, Fragments>()
const lists = new WeakMap<readonly Tag[], WrittenList>()

/** A tag as bytes: what `JSON.stringify` makes of it once it is presented. */
export function writeTag(tag: Tag): string {
  const known = singles.get(tag)
  if (known !== undefined) return known
  const json = JSON.stringify(presentTag(tag))
  singles.set(tag, json)
  return json
}

/** The same of a list of tags as somebody gets to see it; of the same list twice the very same text. */
export function writeTags(
  project: Project,
  tags: readonly Tag[],
  { identity, quirks }: Context,
  hasCommit: boolean,
): string {
  const { spec, tagRules: rules } = project
  const wanted = { spec, rules, user: identity.user, quirks, hasCommit }
  const known = lists.get(tags)
  if (known && isCurrent(known, wanted)) return known.json
  const view = viewerOf(project, identity, quirks)
  const items = tags.map((tag) => writeListed(view(tag), hasCommit)).join(',')
  // Joined, it is one text in memory; a template would be measured piece by piece each time that it is sent.
  const json = ['[', items, ']'].join('')
  lists.set(tags, { json, ...wanted })
  return json
}

function isCurrent(known: WrittenList, wanted: Omit<WrittenList, 'json'>): boolean {
  return (
    known.rules === wanted.rules &&
    known.user === wanted.user &&
    known.spec === wanted.spec &&
    known.quirks === wanted.quirks &&
    known.hasCommit === wanted.hasCommit
  )
}

function writeListed(view: TagView, hasCommit: boolean): string {
  const place = Number(view.mayDelete) + 2 * Number(view.mayDownload) + 4 * Number(hasCommit)
  const known = fragments.get(view.tag) ?? []
  const before = known[place]
  if (before !== undefined) return before
  const json = JSON.stringify(presentListed(view, hasCommit))
  known[place] = json
  fragments.set(view.tag, known)
  return json
}
