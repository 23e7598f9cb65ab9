import { nameChain, parentOf, visibilityOf } from '../../forge/catalogue.ts'
import { EPOCH_OF_FIXTURES } from '../../forge/fixture/people.ts'
import type { Forge } from '../../forge/forge.ts'
import type { Owner, Visibility } from '../../forge/model.ts'
import { utcDate } from './dates.ts'
import type * as schemas from './project-schemas.ts'

/** An owner with what surrounds it. */
export interface NamespaceView {
  readonly owner: Owner
  readonly parentId: number | null
  /** From the top down. */
  readonly names: readonly string[]
  readonly visibility: Visibility
}

export function viewNamespace(forge: Forge, owner: Owner): NamespaceView {
  return {
    owner,
    parentId: parentOf(forge, owner)?.id ?? null,
    names: nameChain(forge, owner),
    visibility: visibilityOf(forge, owner),
  }
}

/** lib/api/entities/namespace_basic.rb */
export function presentNamespace({ owner, parentId }: NamespaceView, base: string): schemas.Namespace {
  return {
    id: owner.id,
    name: owner.name,
    path: lastSegment(owner.alias),
    kind: owner.kind === 'user' ? 'user' : 'group',
    full_path: owner.alias,
    parent_id: parentId,
    avatar_url: null,
    web_url: webUrl(owner, base),
  }
}

/** lib/api/entities/group.rb */
export function presentGroup(
  { owner, parentId, names, visibility }: NamespaceView,
  base: string,
): schemas.Group {
  return {
    id: owner.id,
    web_url: webUrl(owner, base),
    name: owner.name,
    path: lastSegment(owner.alias),
    description: '',
    visibility,
    avatar_url: null,
    request_access_enabled: true,
    full_name: names.join(' / '),
    full_path: owner.alias,
    created_at: utcDate(EPOCH_OF_FIXTURES),
    parent_id: parentId,
  }
}

function webUrl(owner: Owner, base: string): string {
  return owner.kind === 'user' ? `${base}/${owner.alias}` : `${base}/groups/${owner.alias}`
}

function lastSegment(alias: string): string {
  return alias.slice(alias.lastIndexOf('/') + 1)
}
