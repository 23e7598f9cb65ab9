import { type Static, Type } from 'typebox'
import { PageQuery } from './page-schemas.ts'
import { Commit } from './schemas.ts'
import { UserBasic } from './user-basic-schemas.ts'

const NullableText = Type.Union([Type.String(), Type.Null()])
/** A text that may be sent as null, which is not the same as leaving it out. */
const ClearableText = Type.Unsafe<string | null>({ type: 'string', nullable: true })
const WithHtml = { include_html_description: Type.Optional(Type.Boolean()) }
/** Milestones do not exist here, so that every title that is named is one that cannot be found. */
const Milestones = Type.Array(Type.String(), { separator: ',' })
const Instant = Type.String({ format: 'date-time' })

export const ReleaseParams = Type.Object({ id: Type.String(), tag_name: Type.String() })
export const LinkParams = Type.Object({ ...ReleaseParams.properties, link_id: Type.Integer() })

export const ListReleases = Type.Object({
  ...PageQuery.properties,
  order_by: Type.Enum(['released_at', 'created_at'], { default: 'released_at' }),
  sort: Type.Enum(['asc', 'desc'], { default: 'desc' }),
  ...WithHtml,
})
export type ListReleases = Static<typeof ListReleases>

export const GetRelease = Type.Object(WithHtml)

export const NewReleaseLink = Type.Object({
  name: Type.String(),
  url: Type.String(),
  direct_asset_path: Type.Optional(ClearableText),
  /** What `direct_asset_path` was called before. */
  filepath: Type.Optional(ClearableText),
  link_type: Type.Optional(Type.String()),
})
export type NewReleaseLink = Static<typeof NewReleaseLink>

const LinkType = Type.Enum(['other', 'runbook', 'image', 'package'], { default: 'other' })

export const CreateLink = Type.Object({ ...NewReleaseLink.properties, link_type: LinkType })

export const UpdateLink = Type.Object({
  name: Type.Optional(Type.String()),
  url: Type.Optional(Type.String()),
  direct_asset_path: Type.Optional(ClearableText),
  filepath: Type.Optional(ClearableText),
  link_type: LinkType,
})
export type UpdateLink = Static<typeof UpdateLink>

export const NewRelease = Type.Object({
  tag_name: Type.String(),
  tag_message: Type.Optional(ClearableText),
  name: Type.Optional(ClearableText),
  description: Type.Optional(ClearableText),
  ref: Type.Optional(ClearableText),
  assets: Type.Optional(Type.Object({ links: Type.Optional(Type.Array(NewReleaseLink)) })),
  milestones: Type.Optional(Milestones),
  released_at: Type.Optional(Instant),
})
export type NewRelease = Static<typeof NewRelease>

export const UpdateRelease = Type.Object({
  name: Type.Optional(ClearableText),
  description: Type.Optional(ClearableText),
  released_at: Type.Optional(Instant),
  milestones: Type.Optional(Milestones),
})
export type UpdateRelease = Static<typeof UpdateRelease>

export const ReleaseLink = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  url: Type.String(),
  direct_asset_url: Type.String(),
  external: Type.Boolean(),
  link_type: Type.String(),
})
export type ReleaseLink = Static<typeof ReleaseLink>

export const ReleaseLinkList = Type.Array(ReleaseLink)

/** What is Optional here is left out for viewers who may not read the code. */
export const Release = Type.Object({
  name: Type.String(),
  tag_name: Type.String(),
  description: NullableText,
  created_at: Type.String(),
  released_at: Type.String(),
  upcoming_release: Type.Boolean(),
  description_html: Type.Optional(Type.String()),
  author: Type.Optional(UserBasic),
  commit: Type.Optional(Type.Union([Commit, Type.Null()])),
  commit_path: Type.Optional(Type.String()),
  tag_path: Type.Optional(Type.String()),
  assets: Type.Object({
    count: Type.Integer(),
    sources: Type.Optional(Type.Array(Type.Object({ format: Type.String(), url: Type.String() }))),
    links: Type.Array(ReleaseLink),
  }),
  evidences: Type.Optional(Type.Array(Type.Object({}))),
  _links: Type.Object({
    closed_issues_url: Type.String(),
    closed_merge_requests_url: Type.String(),
    edit_url: Type.Optional(Type.String()),
    merged_merge_requests_url: Type.String(),
    opened_issues_url: Type.String(),
    opened_merge_requests_url: Type.String(),
    self: Type.String(),
  }),
})
export type Release = Static<typeof Release>

export const ReleaseList = Type.Array(Release)
