import type { Release, Tag, TagRule } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { etagOf } from './conditional.ts'
import type { Context } from './context.ts'
import { toJson } from './json.ts'
import { presentTag } from './present.ts'
import type { Profile } from './profiles.ts'
import { mayReadReleases, sceneOf, viewTag } from './tag-view.ts'

/** What the JSON of all tags of one list depends on, beside the tag itself and its release. */
interface Scope {
  readonly projectUrl: string
  readonly profile: Profile
  /** Replaced as a whole when a rule changes. */
  readonly rules: readonly TagRule[]
  readonly showsRelease: boolean
}

/** A tag's JSON, with everything that it depends on beside the tag. */
interface Fragment extends Scope {
  readonly json: string
  readonly release: Release | undefined
}

/** A list of tags as bytes. */
export interface WrittenList {
  readonly json: string
  readonly etag: string
}

interface KnownList extends WrittenList {
  readonly fragments: readonly Fragment[]
}

/** Most of what a list costs is making JSON of tags that have not changed since the last time. */
const fragments = new WeakMap<Tag, Fragment>()

/** Lists by their first fragment: the same fragments in the same order are the same text. */
const lists = new WeakMap<Fragment, KnownList>()

/** A list of tags as bytes: what `toJson` makes of presented tags. */
export function writeTags(project: Project, tags: readonly Tag[], context: Context): WrittenList {
  const { identity, profile } = context
  const scope = {
    projectUrl: sceneOf(project, context).projectUrl,
    profile,
    rules: project.tagRules,
    showsRelease: mayReadReleases(project, identity, profile),
  }
  const written = tags.map((tag) => fragmentOf(project, tag, scope, context))
  const first = written[0]
  const known = first && lists.get(first)
  if (known && isSame(known.fragments, written)) return known
  // One flat text: Node takes several times as long to measure one that is pieced together.
  const json = ['[', written.map((fragment) => fragment.json).join(','), ']'].join('')
  const list = { json, etag: etagOf(json), fragments: written }
  if (first) lists.set(first, list)
  return list
}

function fragmentOf(project: Project, tag: Tag, scope: Scope, context: Context): Fragment {
  const release = project.releases.get(tag.name)
  const known = fragments.get(tag)
  if (known && known.release === release && isCurrent(known, scope)) return known
  const { identity, profile } = context
  const json = toJson(presentTag(viewTag(project, tag, identity, profile), sceneOf(project, context)))
  const fragment = { json, release, ...scope }
  // A tag on a tree or a blob shows the tip of the default branch, which moves on its own.
  if (tag.commit) fragments.set(tag, fragment)
  return fragment
}

function isCurrent(known: Scope, wanted: Scope): boolean {
  return (
    known.rules === wanted.rules &&
    known.showsRelease === wanted.showsRelease &&
    known.profile === wanted.profile &&
    known.projectUrl === wanted.projectUrl
  )
}

function isSame(some: readonly Fragment[], others: readonly Fragment[]): boolean {
  if (some.length !== others.length) return false
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false
  return true
}
