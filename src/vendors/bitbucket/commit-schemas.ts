import { type Static, Type } from 'typebox'
import { PageOf, Paging, User } from './schemas.ts'

export const ListCommits = Type.Object({
  until: Type.Optional(Type.String({ description: 'a commit, branch or tag; default: the default branch' })),
  since: Type.Optional(Type.String({ description: 'leaves out this commit and what it descends from' })),
  path: Type.Optional(Type.String()),
  merges: Type.Enum(['EXCLUDE', 'INCLUDE', 'ONLY'], { default: 'INCLUDE' }),
  followRenames: Type.Optional(Type.Boolean()),
  ignoreMissing: Type.Optional(Type.Boolean()),
  withCounts: Type.Optional(Type.Boolean()),
  ...Paging,
})
export type ListCommits = Static<typeof ListCommits>

/** A name and an e-mail, and all that is known of the user whose e-mail it is. */
export const Person = Type.Object({
  name: User.properties.name,
  emailAddress: User.properties.emailAddress,
  id: Type.Optional(User.properties.id),
  displayName: Type.Optional(User.properties.displayName),
  active: Type.Optional(User.properties.active),
  slug: Type.Optional(User.properties.slug),
  type: Type.Optional(User.properties.type),
  links: Type.Optional(User.properties.links),
})
export type Person = Static<typeof Person>

export const MinimalCommit = Type.Object({ id: Type.String(), displayId: Type.String() })
export type MinimalCommit = Static<typeof MinimalCommit>

const facts = {
  ...MinimalCommit.properties,
  author: Person,
  authorTimestamp: Type.Integer({ description: 'epoch milliseconds' }),
  committer: Person,
  committerTimestamp: Type.Integer(),
  message: Type.String(),
}

export const Commit = Type.Object({ ...facts, parents: Type.Array(MinimalCommit) })
export type Commit = Static<typeof Commit>

/** As a single commit is shown: its parents are complete but for their own parents. */
export const CommitWithParents = Type.Object({ ...facts, parents: Type.Array(Commit) })
export type CommitWithParents = Static<typeof CommitWithParents>

export const CommitPage = Type.Object({
  ...PageOf(Commit).properties,
  authorCount: Type.Optional(Type.Integer()),
  totalCount: Type.Optional(Type.Integer()),
})
