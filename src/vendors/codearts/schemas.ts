import { type Static, Type } from 'typebox'

/** The parameters of v4's tag calls and the shapes that come back. */

export const RepositoryId = { repository_id: Type.Integer({ minimum: 1, maximum: 2147483647 }) }

export const RepositoryParams = Type.Object({ ...RepositoryId })

export const Paging = {
  offset: Type.Integer({ minimum: 0, maximum: 2147483647, default: 0 }),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
}

export const Search = Type.Optional(Type.String({ minLength: 1, maxLength: 2000, emptyIsAbsent: true }))

export const ListTags = Type.Object({
  creator: Type.Optional(Type.String({ minLength: 1, maxLength: 100000 })),
  sort: Type.Enum(['asc', 'desc'], { default: 'desc' }),
  order_by: Type.Enum(['name', 'created', 'updated'], { default: 'updated' }),
  search: Search,
  view: Type.Enum(['simple', 'basic', 'detail'], { default: 'simple' }),
  ...Paging,
})
export type ListTags = Static<typeof ListTags>

/** Names of existing tags may be longer than those of new ones. */
export const TagQuery = Type.Object({ tag_name: Type.String({ minLength: 1, maxLength: 2000 }) })

export const NewTag = Type.Object({
  tag_name: Type.String({ minLength: 1, maxLength: 200, format: 'tag-name' }),
  ref: Type.String({ minLength: 1 }),
  message: Type.Optional(Type.String({ format: 'plain-text' })),
})
export type NewTag = Static<typeof NewTag>

const NullableText = Type.Union([Type.String(), Type.Null()])

export const Commit = Type.Object({
  id: Type.String(),
  message: Type.String(),
  parent_ids: Type.Array(Type.String()),
  authored_date: Type.String(),
  author_name: Type.String(),
  author_email: Type.String(),
  committed_date: Type.String(),
  committer_name: Type.String(),
  committer_email: Type.String(),
  open_gpg_verified: Type.Boolean(),
  verification_status: Type.Integer({ minimum: 0, maximum: 1 }),
  gpg_primary_key_id: NullableText,
  name: NullableText,
  gpg_nick_name: NullableText,
  gpg_tenant_name: NullableText,
  gpg_user_name: NullableText,
  short_id: Type.String(),
  created_at: Type.String(),
  title: Type.String(),
  author_avatar_url: NullableText,
  committer_avatar_url: NullableText,
  relate_url: Type.Array(Type.Object({ related_id: Type.String(), related_url: Type.String() })),
  nick_name: NullableText,
  tenant_name: NullableText,
  user_name: NullableText,
})
export type Commit = Static<typeof Commit>

const NullableCommit = Type.Union([Commit, Type.Null()])

export const GpgKey = Type.Object({
  gpg_name: NullableText,
  open_gpg_verified: Type.Boolean(),
  verification_status: Type.Integer(),
  gpg_primary_key_id: NullableText,
  gpg_nick_name: NullableText,
  gpg_tenant_name: NullableText,
  gpg_user_name: NullableText,
})

export const SimpleTag = Type.Object({
  name: Type.String(),
  message: Type.String(),
  target: Type.String(),
  gpgKey: Type.Union([GpgKey, Type.Null()]),
  can_delete: Type.Boolean(),
  can_read: Type.Boolean(),
  can_download: Type.Boolean(),
  commit: Type.Optional(NullableCommit),
})
export type SimpleTag = Static<typeof SimpleTag>

export const TagList = Type.Array(SimpleTag)

export const Tag = Type.Object({
  name: Type.String(),
  message: Type.String(),
  target: Type.String(),
  commit: NullableCommit,
})
export type Tag = Static<typeof Tag>

export const ErrorBody = Type.Object({ error_code: Type.String(), error_msg: Type.String() })
