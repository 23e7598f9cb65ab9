import { mayUse } from '../../forge/access.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Tag } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import type { RuleDialect } from '../../forge/tag-rules.ts'
import { describeTag } from '../../forge/tags.ts'
import type { Context } from './context.ts'
import type { Scene, TagView } from './present.ts'
import type { Profile } from './profiles.ts'

/** `*` spans slashes, and of several matching rules the most permissive one decides. */
export const RULES: RuleDialect = { wildcard: 'any-run', combine: 'any' }

/** A tag as `viewer` gets to see it. */
export function viewTag(project: Project, tag: Tag, viewer: Identity, profile: Profile): TagView {
  return {
    tag: describeTag(project, tag, RULES),
    // GitLab looks a commit up by no id at all there, and that is the root ref (app/models/repository.rb).
    commit: tag.commit ?? project.repository.branch(project.defaultBranch)?.commit ?? null,
    showsRelease: mayReadReleases(project, viewer, profile),
  }
}

/** Whether the key `release` is there at all. */
export function mayReadReleases({ spec }: Project, viewer: Identity, { hidesRelease }: Profile): boolean {
  return !hidesRelease || mayUse(viewer, spec, spec.features.releases, 'guest')
}

export function sceneOf(project: Project, { base, profile }: Context): Scene {
  return { projectUrl: `${base}/${project.spec.path}`, profile }
}
