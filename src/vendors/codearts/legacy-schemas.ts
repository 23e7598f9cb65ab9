import { type Static, Type } from 'typebox'
import { RuleName } from './protected-tag-schemas.ts'
import { RepositoryId } from './schemas.ts'

/** The deprecated generations: what they take, and results, each in an envelope. */

function envelope<Result extends Type.TSchema>(result: Result) {
  return Type.Object({ result, status: Type.Literal('success') })
}

export const TagParams = Type.Object({
  ...RepositoryId,
  tag_name: Type.String({ minLength: 1, maxLength: 2000 }),
})

export const TagNames = envelope(
  Type.Object({
    total: Type.Integer(),
    tags: Type.Array(Type.Object({ name: Type.String(), is_double_name: Type.Boolean() })),
  }),
)

export const Commit = Type.Object({
  id: Type.String(),
  short_id: Type.String(),
  created_at: Type.String(),
  title: Type.String(),
  parent_ids: Type.Array(Type.String()),
  message: Type.String(),
  author_name: Type.String(),
  committer_name: Type.String(),
  committed_date: Type.String(),
})
export type Commit = Static<typeof Commit>

export const CreatedTag = envelope(
  Type.Object({ name: Type.String(), message: Type.String(), commit: Commit }),
)

export const TextResult = envelope(Type.String())

export const NewRule = Type.Object({
  name: RuleName,
  create_access_level: Type.Enum([0, 30, 40]),
})
export type NewRule = Static<typeof NewRule>

export const RuleParams = Type.Object({ ...RepositoryId, name: RuleName })

export const Rule = envelope(
  Type.Object({
    name: Type.String(),
    create_access_levels: Type.Object({
      access_level: Type.Enum([0, 30, 40]),
      access_level_description: Type.String(),
    }),
  }),
)

export const ListBranches = Type.Object({
  page: Type.Integer({ minimum: 1, maximum: 2147483647, default: 1 }),
  per_page: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  match: Type.Optional(Type.String({ minLength: 1, maxLength: 2000, emptyIsAbsent: true })),
})

/** v1 */
export const BranchNames = envelope(
  Type.Object({
    total: Type.Integer(),
    branches: Type.Array(Type.Object({ name: Type.String(), is_protected: Type.Boolean() })),
  }),
)

/** v2 */
export const BranchList = envelope(
  Type.Object({
    total: Type.Integer(),
    branches: Type.Array(
      Type.Object({
        name: Type.String(),
        commit: Type.Object({
          id: Type.String(),
          short_id: Type.String(),
          title: Type.String(),
          message: Type.String(),
          committer_name: Type.String(),
          committed_date: Type.String(),
        }),
        diverging_commit_counts: Type.Object({ ahead: Type.Integer(), behind: Type.Integer() }),
      }),
    ),
  }),
)

export const CommitParams = Type.Object({
  ...RepositoryId,
  sha: Type.String({ minLength: 1, maxLength: 2000 }),
})

export const OneCommit = envelope(
  Type.Object({
    id: Type.String(),
    short_id: Type.String(),
    title: Type.String(),
    author_name: Type.String(),
    author_email: Type.String(),
    committer_name: Type.String(),
    committer_email: Type.String(),
    created_at: Type.String(),
    message: Type.String(),
    parent_ids: Type.Array(Type.String()),
    committed_date: Type.String(),
    authored_date: Type.String(),
    stats: Type.Object({
      additions: Type.Integer(),
      deletions: Type.Integer(),
      total: Type.Integer(),
    }),
    last_pipeline: Type.Null(),
  }),
)

export const ErrorBody = Type.Object({
  error: Type.Object({ code: Type.String(), message: Type.String() }),
  status: Type.Literal('failed'),
})
