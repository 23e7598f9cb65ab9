import { type Static, Type } from 'typebox'
import { PageQuery } from './page-schemas.ts'

const NullableText = Type.Union([Type.String(), Type.Null()])
const Visibility = Type.Enum(['private', 'internal', 'public'])

export const NameParams = Type.Object({ id: Type.String() })

const ACCESS_LEVELS = [0, 5, 10, 15, 20, 25, 30, 40, 50]

export const ListProjects = Type.Object({
  order_by: Type.Enum(
    ['id', 'name', 'path', 'created_at', 'updated_at', 'last_activity_at', 'similarity', 'star_count'],
    { default: 'created_at' },
  ),
  sort: Type.Enum(['asc', 'desc'], { default: 'desc' }),
  archived: Type.Optional(Type.Boolean()),
  visibility: Type.Optional(Visibility),
  search: Type.Optional(Type.String()),
  search_namespaces: Type.Optional(Type.Boolean()),
  owned: Type.Boolean({ default: false }),
  membership: Type.Boolean({ default: false }),
  min_access_level: Type.Optional(Type.Unsafe<number>({ enum: ACCESS_LEVELS })),
  topic: Type.Optional(Type.String()),
  id_after: Type.Optional(Type.Integer()),
  id_before: Type.Optional(Type.Integer()),
  simple: Type.Boolean({ default: false }),
  ...PageQuery.properties,
})
export type ListProjects = Static<typeof ListProjects>

export const ListGroups = Type.Object({
  search: Type.Optional(Type.String()),
  owned: Type.Boolean({ default: false }),
  min_access_level: Type.Optional(Type.Unsafe<number>({ enum: ACCESS_LEVELS })),
  top_level_only: Type.Optional(Type.Boolean()),
  order_by: Type.Enum(['name', 'path', 'id', 'similarity'], { default: 'name' }),
  sort: Type.Enum(['asc', 'desc'], { default: 'asc' }),
  ...PageQuery.properties,
})
export type ListGroups = Static<typeof ListGroups>

export const GetGroup = Type.Object({ with_projects: Type.Boolean({ default: true }) })

export const ListNamespaces = Type.Object({
  search: Type.Optional(Type.String()),
  owned_only: Type.Optional(Type.Boolean()),
  top_level_only: Type.Optional(Type.Boolean()),
  ...PageQuery.properties,
})
export type ListNamespaces = Static<typeof ListNamespaces>

export const Namespace = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  path: Type.String(),
  kind: Type.Enum(['user', 'group']),
  full_path: Type.String(),
  parent_id: Type.Union([Type.Integer(), Type.Null()]),
  avatar_url: NullableText,
  web_url: Type.String(),
})
export type Namespace = Static<typeof Namespace>
export const NamespaceList = Type.Array(Namespace)

const Access = Type.Union([
  Type.Object({ access_level: Type.Integer(), notification_level: Type.Integer() }),
  Type.Null(),
])

/** What `simple=true` gives. Those who may not read the code are not told what is in it. */
const Basic = Type.Object({
  id: Type.Integer(),
  description: NullableText,
  name: Type.String(),
  name_with_namespace: Type.String(),
  path: Type.String(),
  path_with_namespace: Type.String(),
  created_at: Type.String(),
  default_branch: Type.Optional(NullableText),
  tag_list: Type.Array(Type.String()),
  topics: Type.Array(Type.String()),
  ssh_url_to_repo: Type.String(),
  http_url_to_repo: Type.String(),
  web_url: Type.String(),
  readme_url: Type.Optional(NullableText),
  forks_count: Type.Optional(Type.Integer()),
  avatar_url: NullableText,
  star_count: Type.Integer(),
  last_activity_at: Type.String(),
  namespace: Namespace,
})
export type BasicProject = Static<typeof Basic>

export const Project = Type.Object({
  ...Basic.properties,
  _links: Type.Object({
    self: Type.String(),
    issues: Type.String(),
    merge_requests: Type.String(),
    repo_branches: Type.String(),
    labels: Type.String(),
    events: Type.String(),
    members: Type.String(),
  }),
  empty_repo: Type.Boolean(),
  archived: Type.Boolean(),
  visibility: Visibility,
  permissions: Type.Optional(Type.Object({ project_access: Access, group_access: Access })),
})
export type Project = Static<typeof Project>
export const ProjectList = Type.Array(Type.Union([Project, Basic]))

export const Group = Type.Object({
  id: Type.Integer(),
  web_url: Type.String(),
  name: Type.String(),
  path: Type.String(),
  description: Type.String(),
  visibility: Visibility,
  avatar_url: NullableText,
  request_access_enabled: Type.Boolean(),
  full_name: Type.String(),
  full_path: Type.String(),
  created_at: Type.String(),
  parent_id: Type.Union([Type.Integer(), Type.Null()]),
  projects: Type.Optional(Type.Array(Project)),
  shared_projects: Type.Optional(Type.Array(Project)),
})
export type Group = Static<typeof Group>
export const GroupList = Type.Array(Group)
