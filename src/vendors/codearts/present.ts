import type { Commit, Tag } from '../../forge/model.ts'
import { dateOf } from './dates.ts'
import type * as schemas from './schemas.ts'

/** A tag in a list, as somebody gets to see it. */
export interface TagView {
  readonly tag: Tag
  readonly mayDelete: boolean
  readonly mayDownload: boolean
}

/** SimpleTagDto, with the commit for the views that show more. */
export function presentListed(
  { tag, mayDelete, mayDownload }: TagView,
  hasCommit: boolean,
): schemas.SimpleTag {
  return {
    name: tag.name,
    message: messageOf(tag),
    target: tag.peeled,
    gpgKey: tag.annotation?.signature ? UNVERIFIED : null,
    can_delete: mayDelete,
    can_read: true,
    can_download: mayDownload,
    ...(hasCommit && { commit: tag.commit && presentCommit(tag.commit) }),
  }
}

/** The target of an annotated tag is its commit too, never the tag object. */
export function presentTag(tag: Tag): schemas.Tag {
  return {
    name: tag.name,
    message: messageOf(tag),
    target: tag.peeled,
    commit: tag.commit && presentCommit(tag.commit),
  }
}

/** The text of an annotation, without the newlines at its end; empty for a lightweight tag. */
export function messageOf({ annotation }: Tag): string {
  return annotation?.message.replace(/\n+$/, '') ?? ''
}

/** CommitDto. Nothing is known of keys, pictures and tenants. */
export function presentCommit(commit: Commit): schemas.Commit {
  return {
    id: commit.oid,
    message: commit.message,
    parent_ids: [...commit.parents],
    authored_date: dateOf(commit.author.time),
    author_name: commit.author.name,
    author_email: commit.author.email,
    committed_date: dateOf(commit.committer.time),
    committer_name: commit.committer.name,
    committer_email: commit.committer.email,
    open_gpg_verified: false,
    verification_status: 0,
    gpg_primary_key_id: null,
    name: null,
    gpg_nick_name: null,
    gpg_tenant_name: null,
    gpg_user_name: null,
    short_id: shortId(commit),
    created_at: dateOf(commit.committer.time),
    title: titleOf(commit),
    author_avatar_url: null,
    committer_avatar_url: null,
    relate_url: [],
    nick_name: null,
    tenant_name: null,
    user_name: null,
  }
}

export function shortId({ oid }: Commit): string {
  return oid.slice(0, 8)
}

export function titleOf({ message }: Commit): string {
  return message.split('\n', 1)[0] ?? ''
}

/** What is said of a signed tag: no key is known that could verify it. */
const UNVERIFIED = {
  gpg_name: null,
  open_gpg_verified: false,
  verification_status: 0,
  gpg_primary_key_id: null,
  gpg_nick_name: null,
  gpg_tenant_name: null,
  gpg_user_name: null,
} as const
