import { type Static, Type } from 'typebox'
import { Commit, Paging, RepositoryId } from './schemas.ts'

export const ListRefs = Type.Object({
  type: Type.Enum(['branch', 'tag'], { default: 'branch' }),
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 2000, emptyIsAbsent: true })),
  ...Paging,
})

export const PageQuery = Type.Object({ ...Paging })

export const CommitParams = Type.Object({
  ...RepositoryId,
  sha: Type.String({ minLength: 1, maxLength: 2000 }),
})

export const RefNames = Type.Array(Type.String())

export const CommitQuery = Type.Object({
  sha: Type.String({ minLength: 1, maxLength: 2000 }),
  stats: Type.Boolean({ default: false }),
  show_code_changes: Type.Boolean({ default: false }),
})

export const CommitDetail = Type.Object({
  ...Commit.properties,
  stats: Type.Optional(
    Type.Object({ additions: Type.Integer(), deletions: Type.Integer(), total: Type.Integer() }),
  ),
  code_changes: Type.Optional(
    Type.Array(
      Type.Object({ added_line: Type.Integer(), deleted_line: Type.Integer(), path: Type.String() }),
    ),
  ),
})

const Instant = Type.Optional(Type.String({ minLength: 1, format: 'date-time', emptyIsAbsent: true }))
const Text = Type.Optional(Type.String({ maxLength: 2000, emptyIsAbsent: true }))

export const ListCommits = Type.Object({
  ref_name: Type.Optional(Type.String({ minLength: 1, maxLength: 2000, emptyIsAbsent: true })),
  since: Instant,
  until: Instant,
  path: Text,
  message: Text,
  author: Text,
  order_by_date: Type.Boolean({ default: true }),
  follow: Type.Boolean({ default: false }),
  ...Paging,
})
export type ListCommits = Static<typeof ListCommits>

export const CommitList = Type.Object({
  commits: Type.Array(Commit),
  date_title: Type.Array(Type.Object({ day: Type.String(), commits_count: Type.Integer() })),
})
export type CommitList = Static<typeof CommitList>

export const Compare = Type.Object({
  from: Type.String({ minLength: 1, maxLength: 2000 }),
  to: Type.String({ minLength: 1, maxLength: 2000 }),
  straight: Type.Boolean({ default: false }),
})

export const Diff = Type.Object({
  old_path: Type.String(),
  new_path: Type.String(),
  a_mode: Type.String(),
  b_mode: Type.String(),
  new_file: Type.Boolean(),
  renamed_file: Type.Boolean(),
  deleted_file: Type.Boolean(),
  diff: Type.String(),
  binary: Type.Boolean(),
  too_large: Type.Boolean(),
  collapsed: Type.Boolean(),
  added_lines: Type.Integer(),
  removed_lines: Type.Integer(),
})
export type Diff = Static<typeof Diff>

export const Comparison = Type.Object({
  commit: Type.Union([Commit, Type.Null()]),
  commits: Type.Array(Commit),
  diffs: Type.Array(Diff),
  compare_timeout: Type.Boolean(),
  compare_same_ref: Type.Boolean(),
  added_lines: Type.Integer(),
  removed_lines: Type.Integer(),
  commits_count: Type.Integer(),
  diffs_count: Type.Integer(),
})
