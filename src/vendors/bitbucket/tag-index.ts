import type { Forge } from '../../forge/forge.ts'
import type { RefsChanged, Tag } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { listTags } from '../../forge/tags.ts'

/**
 * The index from commits to tags that the pages of Bitbucket show. It follows git, except that in 4.5.2 deleting a tag
 * through REST raised no event: the index kept the tag until another event about its name came by. So only those
 * phantoms are kept here; everything else in the index is what git has.
 */
interface Remembered {
  readonly phantoms: readonly Tag[]
}

const NOTHING: Remembered = { phantoms: [] }
const watched = new WeakSet<Forge>()

/** All tags of the index, by name. */
export function indexedTags(project: Project): Tag[] {
  const { tags } = listTags(project, {
    order: 'name',
    direction: 'asc',
    offset: 0,
    limit: Number.MAX_SAFE_INTEGER,
  })
  const phantoms = remembered(project).phantoms.filter(({ name }) => !project.repository.tags.has(name))
  return phantoms.length === 0
    ? [...tags]
    : [...tags, ...phantoms].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
}

/** Keeps showing a tag that is gone. */
export function rememberDeleted(project: Project, tag: Tag): void {
  const others = remembered(project).phantoms.filter(({ name }) => name !== tag.name)
  write(project, [...others, tag])
}

/** Lets go of phantoms once a tag of the same name is created, whoever does it. */
export function watchTags(forge: Forge): void {
  if (watched.has(forge)) return
  watched.add(forge)
  forge.onRefsChanged((event) => forget(forge, event))
}

function forget(forge: Forge, { projectId, changes }: RefsChanged): void {
  // Nobody's refs move before somebody has opened the project.
  const project = forge.opened(projectId)
  const phantoms = project ? remembered(project).phantoms : []
  if (!project || phantoms.length === 0) return
  const created = new Set(changes.flatMap(({ ref, after }) => (after === null ? [] : [ref])))
  const kept = phantoms.filter(({ name }) => !created.has(`refs/tags/${name}`))
  if (kept.length < phantoms.length) write(project, kept)
}

function remembered(project: Project): Remembered {
  return (project.vendorState.get('bitbucket') as Remembered | undefined) ?? NOTHING
}

function write(project: Project, phantoms: Remembered['phantoms']): void {
  const state: Remembered = { ...remembered(project), phantoms }
  project.vendorState = new Map(project.vendorState).set('bitbucket', state)
}
