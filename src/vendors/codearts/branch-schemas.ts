import { type Static, Type } from 'typebox'
import { Commit, Paging } from './schemas.ts'

const BranchName = Type.String({ minLength: 1, maxLength: 2000 })

export const ListBranches = Type.Object({
  branch_type: Type.Optional(Type.Enum(['not_protect'])),
  creator: Type.Optional(Type.String({ minLength: 1, maxLength: 100000 })),
  sort: Type.Enum(['name', 'updated_desc', 'updated_asc'], { default: 'updated_desc' }),
  query_view: Type.Enum(['my_branches', 'active', 'stale', 'all_branches'], { default: 'all_branches' }),
  view: Type.Enum(['simple', 'basic', 'all'], { default: 'simple' }),
  ...Paging,
})
export type ListBranches = Static<typeof ListBranches>

export const BranchQuery = Type.Object({ branch_name: BranchName })

export const NewBranch = Type.Object({
  branch: Type.String({ minLength: 1, maxLength: 200, format: 'branch-name' }),
  ref: Type.String({ minLength: 1 }),
  description: Type.Optional(Type.String({ maxLength: 2000 })),
  related_ids: Type.Optional(Type.Array(Type.String())),
})
export type NewBranch = Static<typeof NewBranch>

export const SimpleBranch = Type.Object({
  name: Type.String(),
  default: Type.Boolean(),
  can_delete: Type.Boolean(),
  can_read: Type.Boolean(),
  can_download: Type.Boolean(),
  can_push: Type.Boolean(),
  commit: Type.Optional(Commit),
  merged: Type.Optional(Type.Boolean()),
  protected: Type.Optional(Type.Boolean()),
})
export type SimpleBranch = Static<typeof SimpleBranch>

export const BranchList = Type.Array(SimpleBranch)

export const Branch = Type.Object({
  name: Type.String(),
  commit: Commit,
  merged: Type.Boolean(),
  protected: Type.Boolean(),
  developers_can_push: Type.Boolean(),
  developers_can_merge: Type.Boolean(),
  can_push: Type.Boolean(),
  default: Type.Boolean(),
})
export type Branch = Static<typeof Branch>

export const CreatedBranch = Type.Object({
  ...SimpleBranch.properties,
  commit: Commit,
  merged: Type.Boolean(),
  protected: Type.Boolean(),
  created_at: Type.String(),
  creator: Type.Object({
    id: Type.Integer(),
    name: Type.String(),
    username: Type.String(),
    state: Type.String(),
  }),
  description: Type.String(),
  create_source: Type.String(),
  create_source_exists: Type.Boolean(),
  opened_mr_count: Type.Integer(),
  diverging_commit_counts: Type.Object({ behind: Type.Integer(), ahead: Type.Integer() }),
})
export type CreatedBranch = Static<typeof CreatedBranch>

export const Success = Type.Object({ status: Type.Literal('success') })
