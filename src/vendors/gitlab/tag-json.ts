import type { Release, Tag, TagRule } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import type { Context } from './context.ts'
import { toJson } from './json.ts'
import { presentTag } from './present.ts'
import type { Profile } from './profiles.ts'
import { mayReadReleases, sceneOf, viewTag } from './tag-view.ts'

/** A tag's JSON, with everything that it depends on beside the tag. */
interface Fragment {
  readonly json: string
  readonly projectUrl: string
  readonly profile: Profile
  /** Replaced as a whole when a rule changes. */
  readonly rules: readonly TagRule[]
  readonly release: Release | undefined
  readonly showsRelease: boolean
}

/** Most of what a list costs is making JSON of tags that have not changed since the last time. */
const fragments = new WeakMap<Tag, Fragment>()

/** A list of tags as bytes: what `toJson` makes of presented tags. */
export function tagsJson(project: Project, tags: readonly Tag[], context: Context): string {
  const { identity, profile } = context
  const scene = sceneOf(project, context)
  const showsRelease = mayReadReleases(project, identity, profile)
  const written = tags.map((tag) => {
    const wanted = {
      projectUrl: scene.projectUrl,
      profile,
      rules: project.tagRules,
      release: project.releases.get(tag.name),
      showsRelease,
    }
    const known = fragments.get(tag)
    if (known && isCurrent(known, wanted)) return known.json
    const json = toJson(presentTag(viewTag(project, tag, identity, profile), scene))
    // A tag on a tree or a blob shows the tip of the default branch, which moves on its own.
    if (tag.commit) fragments.set(tag, { json, ...wanted })
    return json
  })
  return `[${written.join(',')}]`
}

function isCurrent(known: Fragment, wanted: Omit<Fragment, 'json'>): boolean {
  return (
    known.rules === wanted.rules &&
    known.release === wanted.release &&
    known.showsRelease === wanted.showsRelease &&
    known.profile === wanted.profile &&
    known.projectUrl === wanted.projectUrl
  )
}
