import { type Static, Type } from 'typebox'
import { PageQuery } from './page-schemas.ts'
import { Commit } from './schemas.ts'

const Instant = Type.String({ format: 'date-time' })

export const CommitParams = Type.Object({ id: Type.String(), sha: Type.String() })

export const ListCommits = Type.Object({
  ref_name: Type.Optional(Type.String()),
  since: Type.Optional(Instant),
  until: Type.Optional(Instant),
  path: Type.Optional(Type.String()),
  author: Type.Optional(Type.String()),
  all: Type.Optional(Type.Boolean()),
  with_stats: Type.Optional(Type.Boolean()),
  first_parent: Type.Optional(Type.Boolean()),
  order: Type.Enum(['default', 'topo'], { default: 'default' }),
  trailers: Type.Boolean({ default: false }),
  ...PageQuery.properties,
})
export type ListCommits = Static<typeof ListCommits>

export const GetCommit = Type.Object({ stats: Type.Boolean({ default: true }) })

export const ListRefs = Type.Object({
  type: Type.Enum(['branch', 'tag', 'all'], { default: 'all' }),
  ...PageQuery.properties,
})

export const Compare = Type.Object({
  from: Type.String(),
  to: Type.String(),
  straight: Type.Boolean({ default: false }),
})

export const Stats = Type.Object({
  additions: Type.Integer(),
  deletions: Type.Integer(),
  total: Type.Integer(),
})

export const CommitList = Type.Array(Type.Object({ ...Commit.properties, stats: Type.Optional(Stats) }))

export const CommitDetail = Type.Object({
  ...Commit.properties,
  stats: Type.Optional(Stats),
  status: Type.Null(),
  project_id: Type.Integer(),
  last_pipeline: Type.Null(),
})
export type CommitDetail = Static<typeof CommitDetail>

export const RefList = Type.Array(Type.Object({ type: Type.Enum(['branch', 'tag']), name: Type.String() }))

export const Diff = Type.Object({
  diff: Type.String(),
  collapsed: Type.Optional(Type.Boolean()),
  too_large: Type.Optional(Type.Boolean()),
  new_path: Type.String(),
  old_path: Type.String(),
  a_mode: Type.String(),
  b_mode: Type.String(),
  new_file: Type.Boolean(),
  renamed_file: Type.Boolean(),
  deleted_file: Type.Boolean(),
  generated_file: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
})
export type Diff = Static<typeof Diff>
export const DiffList = Type.Array(Diff)

export const Comparison = Type.Object({
  commit: Type.Union([Commit, Type.Null()]),
  commits: Type.Array(Commit),
  diffs: DiffList,
  compare_timeout: Type.Boolean(),
  compare_same_ref: Type.Boolean(),
  web_url: Type.String(),
})
