import type { Commit, Release, ReleaseLink, User } from '../../forge/model.ts'
import { utcDate } from './dates.ts'
import { descriptionHtml } from './description-html.ts'
import { presentCommit, type Scene } from './present.ts'
import { presentUserBasic } from './present-user.ts'
import { addressOf } from './release-address.ts'
import type * as schemas from './release-schemas.ts'

export interface ReleaseScene extends Scene {
  /** What web addresses begin with. */
  readonly base: string
  readonly slug: string
}

/** A release with what surrounds it, and what its viewer may see and do. */
export interface ReleaseView {
  readonly release: Release
  readonly author: User | null
  /** The commit that its tag leads to. */
  readonly commit: Commit | null
  readonly showsCode: boolean
  readonly mayEdit: boolean
  readonly withHtml: boolean
  /** Epoch milliseconds. */
  readonly now: number
}

const FORMATS = ['zip', 'tar.gz', 'tar.bz2', 'tar']

/** lib/api/entities/release.rb */
export function presentRelease(view: ReleaseView, scene: ReleaseScene): schemas.Release {
  const { release, author, commit, showsCode, withHtml, now } = view
  const address = addressOf(scene.projectUrl, scene.slug, release.tag)
  return {
    name: release.name,
    tag_name: release.tag,
    description: release.description,
    created_at: utcDate(release.createdAt),
    released_at: utcDate(release.releasedAt),
    upcoming_release: Math.floor(release.releasedAt / 1000) > Math.floor(now / 1000),
    ...(withHtml && { description_html: descriptionHtml(release.description) }),
    ...(author && { author: presentUserBasic(author, scene.base) }),
    ...(showsCode && { commit: commit && presentCommit(commit, scene) }),
    ...(showsCode && commit && { commit_path: pathOf(`${scene.projectUrl}/-/commit/${commit.oid}`) }),
    ...(showsCode && { tag_path: pathOf(address.tag()) }),
    assets: presentAssets(view, scene),
    ...(showsCode && { evidences: [] }),
    _links: presentLinks(view, scene),
  }
}

/** lib/api/entities/releases/link.rb */
export function presentReleaseLink(
  { id, name, url, kind, path }: ReleaseLink,
  tag: string,
  { projectUrl, slug }: ReleaseScene,
): schemas.ReleaseLink {
  return {
    id,
    name,
    url,
    direct_asset_url: path ? `${addressOf(projectUrl, slug, tag).self}/downloads${path}` : url,
    external: !url.startsWith(projectUrl),
    link_type: kind,
  }
}

/** The latest link comes first. */
export function sortLinks(links: readonly ReleaseLink[]): ReleaseLink[] {
  return [...links].sort((a, b) => b.id - a.id)
}

function presentAssets({ release, showsCode }: ReleaseView, scene: ReleaseScene): schemas.Release['assets'] {
  const address = addressOf(scene.projectUrl, scene.slug, release.tag)
  const sources = showsCode ? FORMATS.map((format) => ({ format, url: address.archive(format) })) : null
  return {
    count: release.links.length + (sources?.length ?? 0),
    ...(sources && { sources }),
    links: sortLinks(release.links).map((link) => presentReleaseLink(link, release.tag, scene)),
  }
}

function presentLinks({ release, mayEdit }: ReleaseView, scene: ReleaseScene): schemas.Release['_links'] {
  const address = addressOf(scene.projectUrl, scene.slug, release.tag)
  return {
    closed_issues_url: address.list('issues', 'closed'),
    closed_merge_requests_url: address.list('merge_requests', 'closed'),
    ...(mayEdit && { edit_url: address.edit }),
    merged_merge_requests_url: address.list('merge_requests', 'merged'),
    opened_issues_url: address.list('issues', 'opened'),
    opened_merge_requests_url: address.list('merge_requests', 'opened'),
    self: address.self,
  }
}

function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]+/i, '')
}
