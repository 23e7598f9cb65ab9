import type { Identity } from '../../forge/identity.ts'
import type { Tag } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { may, mayDownload } from './access.ts'
import type { TagView } from './present.ts'
import type { Quirks } from './quirks.ts'
import { patternAgainst } from './rules.ts'

/** Gives tags the rights that somebody has to each of them. */
export function viewerOf(project: Project, viewer: Identity, quirks: Quirks): (tag: Tag) => TagView {
  const mayDelete = may(viewer, project.spec, 'delete-tag', quirks)
  const canDownload = mayDownload(viewer, project.spec)
  return (tag) => ({
    tag,
    mayDelete: mayDelete && patternAgainst(project, viewer, tag.name) === null,
    mayDownload: canDownload,
  })
}
