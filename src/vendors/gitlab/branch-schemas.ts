import { type Static, Type } from 'typebox'
import { PageQuery } from './page-schemas.ts'
import { Commit } from './schemas.ts'

export const BranchParams = Type.Object({ id: Type.String(), branch: Type.String() })

export const ListBranches = Type.Object({
  search: Type.Optional(Type.String()),
  sort: Type.Optional(Type.Enum(['name_asc', 'updated_asc', 'updated_desc'])),
  page_token: Type.Optional(Type.String()),
  ...PageQuery.properties,
})
export type ListBranches = Static<typeof ListBranches>

export const NewBranch = Type.Object({
  branch: Type.String({ allowBlank: false }),
  ref: Type.String({ allowBlank: false }),
})

export const Branch = Type.Object({
  name: Type.String(),
  commit: Commit,
  merged: Type.Boolean(),
  protected: Type.Boolean(),
  developers_can_push: Type.Boolean(),
  developers_can_merge: Type.Boolean(),
  can_push: Type.Boolean(),
  default: Type.Boolean(),
  web_url: Type.String(),
})
export type Branch = Static<typeof Branch>
export const BranchList = Type.Array(Branch)
