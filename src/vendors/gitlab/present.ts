import type { Commit, ForgeTag } from '../../forge/model.ts'
import { commitDate, utcDate } from './dates.ts'
import type { Profile } from './profiles.ts'
import type * as schemas from './schemas.ts'
import { readTrailers } from './trailers.ts'

/** Where a project's pages are, and whose version is speaking. */
export interface Scene {
  /** `https://host/group/project`. */
  readonly projectUrl: string
  readonly profile: Profile
}

/** A tag with the commit to show beside it and whether its release may be shown. */
export interface TagView {
  readonly tag: ForgeTag
  /** The peeled commit; for a tag on a tree or a blob the tip of the default branch; null in an empty repository. */
  readonly commit: Commit | null
  readonly showsRelease: boolean
}

/** lib/api/entities/tag.rb */
export function presentTag({ tag, commit, showsRelease }: TagView, scene: Scene): schemas.Tag {
  const { annotation, release } = tag
  const { profile } = scene
  const tagger = annotation?.tagger
  return {
    name: tag.name,
    message: annotation ? messageOf(annotation) : lightMessage(profile),
    target: tag.target,
    commit: commit && presentCommit(commit, scene),
    ...(showsRelease && { release: release && { tag_name: release.tag, description: release.description } }),
    protected: tag.protected,
    ...(profile.hasTagCreatedAt && { created_at: tagger ? utcDate(tagger.time * 1000) : null }),
  }
}

/** lib/api/entities/commit.rb */
export function presentCommit(commit: Commit, { projectUrl, profile }: Scene): schemas.Commit {
  const committed = commitDate(commit.committer)
  return {
    id: commit.oid,
    short_id: commit.oid.slice(0, 8),
    created_at: committed,
    parent_ids: [...commit.parents],
    title: titleOf(commit.message),
    message: commit.message,
    author_name: commit.author.name,
    author_email: commit.author.email,
    authored_date: commitDate(commit.author),
    committer_name: commit.committer.name,
    committer_email: commit.committer.email,
    committed_date: committed,
    ...presentTrailers(commit.message, profile.trailers),
    web_url: `${projectUrl}/-/commit/${commit.oid}`,
  }
}

export function titleOf(message: string): string {
  const first = message.trimStart().split('\n', 1)[0]?.trimEnd()
  return first || '--no commit message'
}

/** The documentation prints null where servers send an empty text. */
function lightMessage(profile: Profile): string | null {
  return profile.isDocumented ? null : ''
}

/** Trailing newlines go, a signature stays. */
export function messageOf({
  message,
  signature,
}: {
  readonly message: string
  readonly signature: string | null
}): string {
  return `${message}${signature ?? ''}`.replace(/\n+$/, '')
}

function presentTrailers(
  message: string,
  kind: Profile['trailers'],
): Pick<schemas.Commit, 'trailers' | 'extended_trailers'> {
  if (kind === 'none') return {}
  const read = readTrailers(message)
  const trailers = Object.fromEntries([...read].map(([key, values]) => [key, values.at(-1) ?? '']))
  if (kind === 'trailers') return { trailers }
  return {
    trailers,
    extended_trailers: Object.fromEntries([...read].map(([key, values]) => [key, [...values]])),
  }
}
