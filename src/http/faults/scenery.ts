import type { Project } from '../../forge/project.ts'
import { resolveTarget } from '../../forge/tags.ts'

/** Deletes a tag as nobody in particular; does nothing when it is not there. */
export function takeTagAway(project: Project, name: string, vendor: string): void {
  const tag = project.repository.tag(name)
  if (!tag) return
  project.moveRefs([{ ref: `refs/tags/${name}`, before: tag.target, after: null }], {
    actor: null,
    via: 'api',
    vendor,
  })
}

/**
 * Adds lightweight tags at the default branch until the project has so many; answers how many it has then, which is more
 * when it had more. Throws `revision-unknown` for an empty repository.
 */
export function fillTags(project: Project, wanted: number, vendor: string): number {
  const { tags } = project.repository
  const missing = wanted - tags.size
  if (missing <= 0) return tags.size
  const after = resolveTarget(project, project.defaultBranch, 'branch')
  const updates: { ref: string; before: null; after: string }[] = []
  for (let i = 1; updates.length < missing; i++) {
    const name = `scenario-${String(i).padStart(3, '0')}`
    if (!tags.has(name)) updates.push({ ref: `refs/tags/${name}`, before: null, after })
  }
  project.moveRefs(updates, { actor: null, via: 'api', vendor })
  return tags.size
}
