import { fail } from '../failure.ts'
import { checkTagName } from '../git/ref-name.ts'
import { resolveRevision } from '../git/revision.ts'
import type {
  Direction,
  ForgeTag,
  NewTag,
  ObjectType,
  Oid,
  RefOrder,
  RefsChanged,
  Tag,
  User,
} from './model.ts'
import type { Project } from './project.ts'
import { tagPage } from './tag-page.ts'
import { matchingRules, type RuleDialect } from './tag-rules.ts'

const PREFIX = 'refs/tags/'

export interface TagPage {
  readonly tags: readonly Tag[]
  /** How many there are before paging. */
  readonly total: number
}

export interface TagQuery {
  readonly order: RefOrder
  readonly direction: Direction
  readonly offset: number
  readonly limit: number
  /** Keeps the tags whose short name passes; it costs a look at every tag. */
  readonly keep?: (name: string) => boolean
}

export function listTags(project: Project, { order, direction, offset, limit, keep }: TagQuery): TagPage {
  const { repository } = project
  if (!keep) return tagPage(repository, { order, direction, offset, limit })
  const kept = [...repository.tags.entries(order, direction)].filter((entry) => keep(entry.name))
  return {
    tags: kept.slice(offset, offset + limit).map((entry) => repository.toTag(entry)),
    total: kept.length,
  }
}

/** A tag by its short name, exactly. Throws `ref-missing`. */
export function getTag(project: Project, name: string): Tag {
  return project.repository.tag(name) ?? fail('ref-missing', { ref: PREFIX + name, name })
}

/** What the forge adds to git's view of a tag, in the eyes of a dialect. */
export function describeTag(project: Project, tag: Tag, dialect: RuleDialect): ForgeTag {
  const { name, target, targetType, annotation, peeled, peeledType, commit, created } = tag
  const isProtected = matchingRules(project.tagRules, name, dialect).length > 0
  const release = project.releases.get(name) ?? null
  // No spread here: V8 takes microseconds for one that is followed by further properties.
  return {
    name,
    target,
    targetType,
    annotation,
    peeled,
    peeledType,
    commit,
    created,
    protected: isProtected,
    release,
  }
}

/** How a write is put down: who made it and through which vendor. */
export interface Author {
  readonly user: User
  readonly vendor: RefsChanged['vendor']
}

/**
 * Creates a tag, annotated when it has a message: tagger is the author, now. Throws `ref-exists` (unless `force`),
 * `ref-name-invalid`, `ref-conflict`, `object-missing`.
 */
export function createTag(
  project: Project,
  { name, target, message }: NewTag,
  author: Author,
  force = false,
): Tag {
  // Before the tag object is written, so that a refused name leaves nothing behind.
  if (!force && project.repository.tags.has(name)) fail('ref-exists', { ref: PREFIX + name, name })
  const after = message === null ? target : annotate(project, name, target, message, author.user)
  const update = { ref: PREFIX + name, after, ...(force ? {} : { before: null }) }
  project.moveRefs([update], { actor: author.user, via: 'api', vendor: author.vendor })
  return getTag(project, name)
}

/** Deletes a tag. Throws `ref-missing`. */
export function deleteTag(project: Project, name: string, author: Author): void {
  const before = getTag(project, name).target
  project.moveRefs([{ ref: PREFIX + name, before, after: null }], {
    actor: author.user,
    via: 'api',
    vendor: author.vendor,
  })
}

/** Resolves what a client wants a tag to point at. Throws `revision-empty`, `revision-unknown`. */
export function resolveTarget(project: Project, revision: string, prefer: 'tag' | 'branch' = 'tag'): Oid {
  return resolveRevision(project.repository, revision, { prefer })
}

/** The first object behind `oid` that is not a tag object. */
export function peel(project: Project, oid: Oid): { readonly oid: Oid; readonly type: ObjectType } {
  return project.repository.objects.peel(oid)
}

/** What git has against a tag's short name, or null. */
export function tagNameRule(name: string): string | null {
  return checkTagName(name)
}

function annotate(project: Project, name: string, target: Oid, message: string, user: User): Oid {
  const time = Math.floor(project.forge.clock.now() / 1000)
  const tagger = { name: user.name, email: user.email, time, offset: 0 }
  return project.repository.createTagObject({ name, target, tagger, message })
}
