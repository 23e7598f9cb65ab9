import { type Static, Type } from 'typebox'
import { NullableText, PageQuery, pageSchema } from './page-schemas.ts'
import { User } from './project-schemas.ts'
import { PersonIdent, ProjectParams } from './schemas.ts'

/** Branches and commits, their fields in the documented order. */

const lastCommit = {
  hash: Type.String(),
  message: Type.String(),
  shortMessage: Type.String(),
  createdAt: Type.String(),
  committerIdent: PersonIdent,
  authorIdent: PersonIdent,
  user: Type.Union([User, Type.Null()]),
}

export const LastCommit = Type.Object(lastCommit)
export type LastCommit = Static<typeof LastCommit>

export const Branch = Type.Object({
  name: Type.String(),
  fullName: Type.String(),
  lastCommit: LastCommit,
  default: Type.Boolean(),
  merged: Type.Boolean(),
  work: Type.Boolean(),
})
export type Branch = Static<typeof Branch>

/** A page of branches or, with `branchName`, that branch alone. */
export const BranchAnswer = Type.Union([Branch, pageSchema('branchList', Branch)])

export const BranchQuery = Type.Object({
  ...PageQuery.properties,
  branchName: Type.Optional(Type.String()),
})

export const NewBranch = Type.Object({
  newBranch: Type.String({ format: 'branch-name' }),
  originBranch: Type.String(),
})

export const BranchRule = Type.Object({
  id: Type.String(),
  branchTemplate: Type.String(),
  allowedToPush: Type.String(),
  allowedToMerge: Type.String(),
  allowForcePush: Type.Boolean(),
  codeOwnerApprovalRequired: Type.Boolean(),
  autoMergeByDefault: Type.Boolean(),
  priority: Type.Integer(),
})
export type BranchRule = Static<typeof BranchRule>

export const BranchRulePage = pageSchema('branchProtectionApiModelList', BranchRule)

export const CommitParams = Type.Object({ ...ProjectParams.properties, commitId: Type.String() })

export const Commit = Type.Object({
  ...lastCommit,
  verificationResult: Type.Union([
    Type.Object({ verified: Type.Boolean(), comment: NullableText, keyId: NullableText }),
    Type.Null(),
  ]),
  parentCommitIds: Type.Array(Type.String()),
  parentCommitBranches: Type.Array(Type.String()),
})
export type Commit = Static<typeof Commit>

export const CommitPage = pageSchema('commitList', Commit)

export const CommitQuery = Type.Object({
  ...PageQuery.properties,
  branch: Type.Optional(Type.String({ description: 'default: the default branch' })),
})
