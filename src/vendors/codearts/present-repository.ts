import type { Project } from '../../forge/project.ts'
import { dateOfMilliseconds } from './dates.ts'
import { plainUuid } from './identifiers.ts'
import type * as schemas from './repository-schemas.ts'

/** A repository; an owner of repositories is what Huawei Cloud calls a project. */
export function presentBasic(project: Project, base: string): schemas.BasicRepository {
  const { spec } = project
  const updatedAt = dateOfMilliseconds(project.lastActivityAt)
  const isEmpty = project.repository.isEmpty
  return {
    id: spec.id,
    description: spec.description,
    name: spec.name,
    name_with_namespace: `${spec.owner.name} / ${spec.name}`,
    path: spec.slug,
    path_with_namespace: spec.path,
    created_at: dateOfMilliseconds(spec.createdAt),
    updated_at: updatedAt,
    archived: spec.archived,
    ssh_url_to_repo: `git@${hostOf(base)}:${spec.path}.git`,
    http_url_to_repo: `${base}/${spec.path}.git`,
    project_id: plainUuid(spec.owner),
    project_name: spec.owner.name,
    develop_mode: 'normal',
    default_branch: isEmpty ? null : project.defaultBranch,
    avatar_url: null,
    star_count: 0,
    forks_count: 0,
    open_issues_count: 0,
    open_merge_requests_count: 0,
    last_activity_at: updatedAt,
    empty_repo: isEmpty,
    starred: false,
    visibility: spec.visibility,
  }
}

export function presentRepository(project: Project, base: string): schemas.Repository {
  const { spec, repository } = project
  return {
    ...presentBasic(project, base),
    uuid: plainUuid(spec),
    branch_count: repository.heads.size,
    tag_count: repository.tags.size,
    label_count: 0,
    member_count: new Set([...spec.members.keys(), ...spec.owner.members.keys()]).size,
  }
}

/** The host of an address without its port: what the address was made of may have been any text. */
export function hostOf(address: string): string {
  return /^[a-z]+:\/\/(\[[^\]]*\]|[^:/]*)/.exec(address)?.[1] ?? ''
}
