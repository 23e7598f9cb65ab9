import { type Static, type TSchema, Type } from 'typebox'
import { DEFAULT_LIMIT } from './paging.ts'

/** What all resources share: addresses, pages, errors, people; and the resource of tags. */

export const RepositoryParams = Type.Object({
  key: Type.String({ description: 'project key, or ~ and the slug of a user' }),
  slug: Type.String({ description: 'repository slug' }),
})

/** `*` is a name that may contain slashes. */
export const RefParams = Type.Object({ ...RepositoryParams.properties, '*': Type.String() })

export const Paging = {
  start: Type.Integer({ default: 0 }),
  limit: Type.Integer({ default: DEFAULT_LIMIT }),
}

export const PageQuery = Type.Object(Paging)

/** The page of a list of `value`. */
export function PageOf<Value extends TSchema>(value: Value) {
  return Type.Object({
    size: Type.Integer(),
    limit: Type.Integer(),
    isLastPage: Type.Boolean(),
    values: Type.Array(value),
    start: Type.Integer(),
    filter: Type.Optional(Type.Null()),
    nextPageStart: Type.Optional(Type.Integer()),
  })
}

const NullableText = Type.Union([Type.String(), Type.Null()])

export const Errors = Type.Object({
  errors: Type.Array(
    Type.Object({ context: NullableText, message: NullableText, exceptionName: NullableText }),
  ),
})

export const Links = Type.Object({ self: Type.Array(Type.Object({ href: Type.String() })) })

export const User = Type.Object({
  name: Type.String(),
  emailAddress: Type.String(),
  id: Type.Integer(),
  displayName: Type.String(),
  active: Type.Boolean(),
  slug: Type.String(),
  type: Type.Literal('NORMAL'),
  links: Links,
})
export type User = Static<typeof User>

export const RefOrder = Type.Enum(['ALPHABETICAL', 'MODIFICATION'], { default: 'MODIFICATION' })

export const ListTags = Type.Object({
  filterText: Type.Optional(Type.String({ description: 'part of the short name, ignoring case' })),
  orderBy: RefOrder,
  ...Paging,
})
export type ListTags = Static<typeof ListTags>

/** The core resource annotates when there is a message. */
export const NewTag = Type.Object({
  name: Type.String(),
  startPoint: Type.String({ description: 'a commit, branch or tag' }),
  message: Type.Optional(Type.String()),
})
export type NewTag = Static<typeof NewTag>

export const NewGitTag = Type.Object({
  // First, as an unknown constant is a failure before anything else is looked at.
  type: Type.Optional(Type.Enum(['LIGHTWEIGHT', 'ANNOTATED'])),
  ...NewTag.properties,
  force: Type.Optional(Type.Boolean({ description: 'also "true" and "false"' })),
})
export type NewGitTag = Static<typeof NewGitTag>

export const IndexedTags = Type.Object({
  commitId: Type.Array(Type.String(), { description: 'shows the tags of these commits only' }),
  ...Paging,
})

export const Tag = Type.Object({
  id: Type.String({ description: 'refs/tags/…' }),
  displayId: Type.String(),
  type: Type.Literal('TAG'),
  latestCommit: Type.String(),
  latestChangeset: Type.String(),
  hash: Type.Union([Type.String(), Type.Null()], { description: 'the tag object, if there is one' }),
})
export type Tag = Static<typeof Tag>

export const TagPage = PageOf(Tag)
