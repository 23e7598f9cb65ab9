import { type Static, Type } from 'typebox'
import { Repository } from './project-schemas.ts'
import { Links, PageOf, Paging, RepositoryParams, User } from './schemas.ts'

export const PullRequestParams = Type.Object({
  ...RepositoryParams.properties,
  id: Type.String({ description: 'counted from 1 in the repository of the target' }),
})

export const ListPullRequests = Type.Object({
  state: Type.Enum(['OPEN', 'MERGED', 'DECLINED', 'ALL'], { default: 'OPEN' }),
  at: Type.Optional(Type.String({ description: 'full name of the ref at this end' })),
  direction: Type.Enum(['INCOMING', 'OUTGOING'], { default: 'INCOMING' }),
  order: Type.Enum(['NEWEST', 'OLDEST'], { default: 'NEWEST' }),
  ...Paging,
})
export type ListPullRequests = Static<typeof ListPullRequests>

const RefAddress = Type.Object({
  id: Type.Optional(Type.String({ description: 'short or full' })),
  repository: Type.Optional(
    Type.Object({
      slug: Type.Optional(Type.String()),
      project: Type.Optional(Type.Object({ key: Type.Optional(Type.String()) })),
    }),
  ),
})
export type RefAddress = Static<typeof RefAddress>

export const NewPullRequest = Type.Object({
  title: Type.Optional(Type.String({ description: 'required' })),
  description: Type.Optional(Type.String()),
  fromRef: Type.Optional(RefAddress),
  toRef: Type.Optional(RefAddress),
  reviewers: Type.Optional(
    Type.Array(Type.Object({ user: Type.Optional(Type.Object({ name: Type.Optional(Type.String()) })) })),
  ),
})
export type NewPullRequest = Static<typeof NewPullRequest>

const Version = Type.Integer({ description: 'as the client knows it' })

export const VersionQuery = Type.Object({ version: Type.Optional(Version) })

export const VersionBody = Type.Object({ version: Type.Optional(Version) })

const PullRequestRef = Type.Object({
  id: Type.String({ description: 'refs/heads/…' }),
  displayId: Type.String(),
  latestCommit: Type.String(),
  type: Type.Optional(Type.Enum(['BRANCH', 'TAG'])),
  repository: Repository,
})
export type PullRequestRef = Static<typeof PullRequestRef>

const Participant = Type.Object({
  user: User,
  role: Type.Enum(['AUTHOR', 'REVIEWER', 'PARTICIPANT']),
  approved: Type.Boolean(),
  status: Type.Enum(['UNAPPROVED', 'NEEDS_WORK', 'APPROVED']),
})
export type Participant = Static<typeof Participant>

export const PullRequest = Type.Object({
  id: Type.Integer(),
  version: Type.Integer(),
  title: Type.String(),
  description: Type.Optional(Type.String()),
  state: Type.Enum(['OPEN', 'MERGED', 'DECLINED']),
  open: Type.Boolean(),
  closed: Type.Boolean(),
  draft: Type.Optional(Type.Boolean()),
  createdDate: Type.Integer({ description: 'epoch milliseconds' }),
  updatedDate: Type.Integer({ description: 'epoch milliseconds' }),
  closedDate: Type.Optional(Type.Integer({ description: 'epoch milliseconds' })),
  fromRef: PullRequestRef,
  toRef: PullRequestRef,
  locked: Type.Boolean(),
  author: Participant,
  reviewers: Type.Array(Participant),
  participants: Type.Array(Participant),
  links: Links,
})
export type PullRequest = Static<typeof PullRequest>

export const PullRequestPage = PageOf(PullRequest)

export const Nothing = Type.Null()

const Veto = Type.Object({ summaryMessage: Type.String(), detailedMessage: Type.String() })
export type Veto = Static<typeof Veto>

export const Rebaseability = Type.Object({
  canRebase: Type.Boolean(),
  canWrite: Type.Boolean(),
  vetoes: Type.Array(Veto),
})
export type Rebaseability = Static<typeof Rebaseability>

export const RebaseResult = Type.Object({
  refChange: Type.Object({
    ref: Type.Object({ id: Type.String(), displayId: Type.String(), type: Type.Literal('BRANCH') }),
    refId: Type.String(),
    fromHash: Type.String(),
    toHash: Type.String(),
    type: Type.Literal('UPDATE'),
  }),
})
export type RebaseResult = Static<typeof RebaseResult>
