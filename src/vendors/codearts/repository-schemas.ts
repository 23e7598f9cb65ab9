import { type Static, Type } from 'typebox'
import { Paging, Search } from './schemas.ts'

const NullableText = Type.Union([Type.String(), Type.Null()])

const basics = {
  id: Type.Integer(),
  description: Type.String(),
  name: Type.String(),
  name_with_namespace: Type.String(),
  path: Type.String(),
  path_with_namespace: Type.String(),
  created_at: Type.String(),
  updated_at: Type.String(),
  archived: Type.Boolean(),
  ssh_url_to_repo: Type.String(),
  http_url_to_repo: Type.String(),
  project_id: Type.String(),
  project_name: Type.String(),
  develop_mode: Type.Enum(['normal', 'CR']),
  default_branch: NullableText,
  avatar_url: NullableText,
  star_count: Type.Integer(),
  forks_count: Type.Integer(),
  open_issues_count: Type.Integer(),
  open_merge_requests_count: Type.Integer(),
  last_activity_at: Type.String(),
  empty_repo: Type.Boolean(),
  starred: Type.Boolean(),
  visibility: Type.String(),
}

export const BasicRepository = Type.Object(basics)
export type BasicRepository = Static<typeof BasicRepository>

export const RepositoryList = Type.Array(BasicRepository)

export const Repository = Type.Object({
  ...basics,
  uuid: Type.String(),
  branch_count: Type.Integer(),
  tag_count: Type.Integer(),
  label_count: Type.Integer(),
  member_count: Type.Integer(),
})
export type Repository = Static<typeof Repository>

export const ListRepositories = Type.Object({ search: Search, ...Paging })

export const ProjectParams = Type.Object({
  project_id: Type.String({ minLength: 32, maxLength: 32, format: 'project-id' }),
})
