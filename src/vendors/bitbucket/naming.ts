import type { Forge } from '../../forge/forge.ts'
import type { Owner } from '../../forge/model.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { tabulate } from '../../forge/table.ts'

/** The key of an owner's Bitbucket project, in its canonical upper case: `ACME`; `~JSMITH` for a user. */
export function keyOf(owner: Owner): string {
  if (owner.kind === 'user') return `~${owner.alias.toUpperCase()}`
  return (owner.key ?? owner.alias.replace(/[^A-Za-z0-9_-]/g, '_')).toUpperCase()
}

/** A repository's slug, lower case as Bitbucket renders it. */
export function slugOf({ slug }: { readonly slug: string }): string {
  return slug.toLowerCase()
}

/** A user's slug, as it stands in addresses. */
export function userSlug(username: string): string {
  return username.toLowerCase()
}

/** `ACME/widgets`: how messages name a repository. */
export function fullName(spec: ProjectSpec): string {
  return `${keyOf(spec.owner)}/${slugOf(spec)}`
}

/** `/acme/widgets.git`: the end of clone addresses, where keys are in lower case. */
export function clonePath(spec: ProjectSpec): string {
  return `/${keyOf(spec.owner).toLowerCase()}/${slugOf(spec)}.git`
}

/** The owner behind a project key, whatever its case. */
export function findOwner(forge: Forge, key: string): Owner | undefined {
  return ownerOfKey(forge.world.owners, key.toUpperCase())
}

export function findProject(forge: Forge, owner: Owner, slug: string): ProjectSpec | undefined {
  return specOfSlug(forge.specs, `${owner.id}/${slug.toLowerCase()}`)
}

const ownerOfKey = tabulate((owner: Owner) => [keyOf(owner)])
const specOfSlug = tabulate((spec: ProjectSpec) => [`${spec.owner.id}/${slugOf(spec)}`])
