import { type Static, Type } from 'typebox'
import { PageOf, Paging, RefOrder } from './schemas.ts'

export const ListBranches = Type.Object({
  filterText: Type.Optional(Type.String({ description: 'part of the short name, ignoring case' })),
  orderBy: RefOrder,
  boostMatches: Type.Optional(Type.Boolean({ description: 'exact matches first, then prefixes' })),
  details: Type.Optional(Type.Boolean({ description: 'adds metadata' })),
  base: Type.Optional(
    Type.String({ description: 'what metadata compare with; default: the default branch' }),
  ),
  ...Paging,
})
export type ListBranches = Static<typeof ListBranches>

export const NewBranch = Type.Object({
  name: Type.String(),
  startPoint: Type.String(),
  message: Type.Optional(Type.String()),
})

export const DeletedBranch = Type.Object({
  name: Type.String({ description: 'short or full' }),
  dryRun: Type.Optional(Type.Boolean()),
  endPoint: Type.Optional(Type.String({ description: 'the commit that the branch must be at' })),
})

export const DefaultBranchId = Type.Object({ id: Type.String() })

export const MinimalRef = Type.Object({
  id: Type.String({ description: 'refs/heads/…' }),
  displayId: Type.String(),
  type: Type.Literal('BRANCH'),
})
export type MinimalRef = Static<typeof MinimalRef>

export const Branch = Type.Object({
  ...MinimalRef.properties,
  latestCommit: Type.String(),
  latestChangeset: Type.String(),
  isDefault: Type.Boolean(),
  metadata: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
export type Branch = Static<typeof Branch>

export const BranchPage = PageOf(Branch)

/** An answer without a body. */
export const NoBody = Type.Null()
