import { type Static, Type } from 'typebox'

/** Parameters that Grape declares, in the order in which it complains about them, and the shapes that come back. */

const ProjectId = { id: Type.String({ description: 'id, or URL-encoded path' }) }

export const ProjectParams = Type.Object({ ...ProjectId })

export const Paging = {
  page: Type.Optional(Type.Integer({ default: 1 })),
  per_page: Type.Optional(Type.Integer({ default: 20, exceptValues: [0] })),
}

export const ListTags = Type.Object({
  sort: Type.Enum(['asc', 'desc'], { default: 'desc' }),
  order_by: Type.Enum(['name', 'updated', 'version'], { default: 'updated' }),
  search: Type.Optional(Type.String()),
  page_token: Type.Optional(Type.String()),
  page: Type.Integer({ default: 1 }),
  per_page: Type.Integer({ default: 20, exceptValues: [0] }),
})
export type ListTags = Static<typeof ListTags>

/** Before 15.4. */
export const ListTagsWithoutVersion = Type.Object({
  ...ListTags.properties,
  order_by: Type.Enum(['name', 'updated'], { default: 'updated' }),
})

/** Before keyset pages, in 14.0. */
export const ListTagsWithoutToken = Type.Omit(ListTagsWithoutVersion, ['page_token'])

export const TagParams = Type.Object({ ...ProjectId, tag_name: Type.String() })

export const NewTag = Type.Object({
  tag_name: Type.String(),
  ref: Type.String(),
  message: Type.Optional(Type.String()),
})
export type NewTag = Static<typeof NewTag>

/** Until 13.12. */
export const NewTagWithRelease = Type.Object({
  ...NewTag.properties,
  release_description: Type.Optional(
    Type.String({
      deprecated: true,
      description: 'Since 11.7 POST /projects/:id/releases describes a release.',
    }),
  ),
})

const NullableText = Type.Union([Type.String(), Type.Null()])

export const Commit = Type.Object({
  id: Type.String(),
  short_id: Type.String(),
  created_at: Type.String(),
  parent_ids: Type.Array(Type.String()),
  title: Type.String(),
  message: Type.String(),
  author_name: Type.String(),
  author_email: Type.String(),
  authored_date: Type.String(),
  committer_name: Type.String(),
  committer_email: Type.String(),
  committed_date: Type.String(),
  trailers: Type.Optional(Type.Record(Type.String(), Type.String())),
  extended_trailers: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
  web_url: Type.String(),
})
export type Commit = Static<typeof Commit>

export const TagRelease = Type.Object({ tag_name: Type.String(), description: NullableText })
export type TagRelease = Static<typeof TagRelease>

/** What `POST|PUT …/release` took until 13.12. */
export const ReleaseNotes = Type.Object({ description: Type.String() })

export const Tag = Type.Object({
  name: Type.String(),
  message: NullableText,
  target: Type.String(),
  commit: Type.Union([Commit, Type.Null()]),
  release: Type.Optional(Type.Union([TagRelease, Type.Null()])),
  protected: Type.Boolean(),
  created_at: Type.Optional(NullableText),
})
export type Tag = Static<typeof Tag>

export const TagList = Type.Array(Tag)

export const ErrorBody = Type.Object({
  error: Type.Optional(Type.String()),
  message: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
})
