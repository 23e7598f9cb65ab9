import { givenRole, visibleProjects } from '../../forge/catalogue.ts'
import type { Forge } from '../../forge/forge.ts'
import type { Identity } from '../../forge/identity.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { isAtLevel } from './access-levels.ts'
import type { ListProjects } from './project-schemas.ts'

type SortKey = (spec: ProjectSpec) => number | string

/** The projects that a list request is about, filtered and in its order. app/finders/projects_finder.rb */
export async function findProjects(
  forge: Forge,
  viewer: Identity,
  query: ListProjects,
  among: readonly ProjectSpec[] = visibleProjects(forge, viewer),
): Promise<ProjectSpec[]> {
  const found = among.filter((spec) => fits(spec, viewer, query))
  return sortBy(found, await sortKey(forge, found, query.order_by), query.sort)
}

function fits(spec: ProjectSpec, viewer: Identity, query: ListProjects): boolean {
  const { visibility, archived, topic, search, id_after, id_before } = query
  if (visibility !== undefined && spec.visibility !== visibility) return false
  if (archived !== undefined && spec.archived !== archived) return false
  if (topic && !topic.split(',').every((name) => spec.topics.includes(name.trim()))) return false
  if (id_after !== undefined && spec.id <= id_after) return false
  if (id_before !== undefined && spec.id >= id_before) return false
  if (search && !isFound(spec, search, query.search_namespaces === true)) return false
  return fitsViewer(spec, viewer, query)
}

/** Nobody in particular has no projects of their own: these filters are then passed over. */
function fitsViewer(
  spec: ProjectSpec,
  viewer: Identity,
  { membership, owned, min_access_level }: ListProjects,
): boolean {
  if (!viewer.user) return true
  const role = givenRole(viewer, spec)
  if (membership && role === null) return false
  if (owned && role !== 'owner') return false
  return min_access_level === undefined || isAtLevel(role, min_access_level)
}

/** Every word of three letters or more has to be somewhere in one of the fields; shorter ones have to be all of it. */
function isFound(
  { slug, name, description, path }: ProjectSpec,
  search: string,
  withNamespace: boolean,
): boolean {
  const term = search.trim().toLowerCase()
  const words = term.split(/\s+/).filter((word) => word.length >= 3)
  const fields = [slug, name, description, ...(withNamespace ? [path] : [])].map((text) => text.toLowerCase())
  return fields.some((field) =>
    words.length > 0 ? words.every((word) => field.includes(word)) : field === term,
  )
}

async function sortKey(
  forge: Forge,
  specs: readonly ProjectSpec[],
  order: ListProjects['order_by'],
): Promise<SortKey> {
  if (order === 'name') return (spec) => spec.name.toLowerCase()
  if (order === 'path') return (spec) => spec.slug.toLowerCase()
  if (order === 'created_at' || order === 'similarity') return (spec) => spec.createdAt
  if (order === 'id' || order === 'star_count') return (spec) => spec.id
  const projects = await Promise.all(specs.map((spec) => forge.open(spec)))
  const activity = new Map(projects.map((project) => [project.spec.id, project.lastActivityAt]))
  return (spec) => activity.get(spec.id) ?? 0
}

function sortBy(specs: readonly ProjectSpec[], key: SortKey, direction: 'asc' | 'desc'): ProjectSpec[] {
  const sign = direction === 'asc' ? 1 : -1
  return [...specs].sort((a, b) => sign * (compare(key(a), key(b)) || a.id - b.id))
}

export function compare(a: number | string, b: number | string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
