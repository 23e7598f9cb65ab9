import type { Owner, Tag, User } from '../../forge/model.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { clonePath, keyOf, slugOf, userSlug } from './naming.ts'
import type { Profile } from './profiles.ts'
import type * as projects from './project-schemas.ts'
import type * as schemas from './schemas.ts'

/** Where the server is, and which one it is. */
export interface Scene {
  /** Scheme, host and context path. */
  readonly base: string
  readonly profile: Profile
}

/** `latestCommit` is what the tag leads to, whatever its kind; a lightweight tag has no `hash`. */
export function presentTag(tag: Tag): schemas.Tag {
  return {
    id: `refs/tags/${tag.name}`,
    displayId: tag.name,
    type: 'TAG',
    latestCommit: tag.peeled,
    latestChangeset: tag.peeled,
    hash: tag.targetType === 'tag' ? tag.target : null,
  }
}

export function presentUser(user: User, { base }: Scene): schemas.User {
  return {
    name: user.username,
    emailAddress: user.email,
    id: user.id,
    displayName: user.name,
    active: !user.blocked,
    slug: userSlug(user.username),
    type: 'NORMAL',
    links: selfLink(`${base}/users/${userSlug(user.username)}`),
  }
}

/** `user` is the owner of a personal project, null of any other. */
export function presentProject(owner: Owner, user: User | null, scene: Scene): projects.Project {
  const { base } = scene
  if (user) {
    const links = selfLink(`${base}/users/${userSlug(user.username)}`)
    return {
      key: keyOf(owner),
      id: owner.id,
      name: user.username,
      type: 'PERSONAL',
      owner: presentUser(user, scene),
      links,
    }
  }
  const links = selfLink(`${base}/projects/${keyOf(owner)}`)
  return { key: keyOf(owner), id: owner.id, name: owner.name, public: false, type: 'NORMAL', links }
}

/** Clone addresses carry the key in lower case. */
export function presentRepository(spec: ProjectSpec, user: User | null, scene: Scene): projects.Repository {
  const { base, profile } = scene
  const key = keyOf(spec.owner)
  const slug = slugOf(spec)
  const place = user ? `users/${userSlug(user.username)}` : `projects/${key}`
  return {
    slug,
    id: spec.id,
    name: spec.name,
    ...(spec.description !== '' && { description: spec.description }),
    ...(profile.hasRepositoryExtras && { hierarchyId: spec.uuid.replaceAll('-', '').slice(0, 20) }),
    scmId: 'git',
    state: 'AVAILABLE',
    statusMessage: 'Available',
    forkable: true,
    project: presentProject(spec.owner, user, scene),
    public: spec.visibility === 'public',
    ...(profile.hasRepositoryExtras && { archived: spec.archived }),
    links: {
      clone: [
        { href: `${base}/scm${clonePath(spec)}`, name: 'http' },
        {
          href: `ssh://git@${hostOf(base)}:7999${clonePath(spec)}`,
          name: 'ssh',
        },
      ],
      ...selfLink(`${base}/${place}/repos/${slug}/browse`),
    },
  }
}

/** A Host header may hold anything. */
function hostOf(base: string): string {
  return URL.canParse(base) ? new URL(base).hostname : 'localhost'
}

function selfLink(href: string): { self: { href: string }[] } {
  return { self: [{ href }] }
}
