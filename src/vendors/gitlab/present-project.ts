import { utcDate } from './dates.ts'
import { presentNamespace } from './present-namespace.ts'
import type * as schemas from './project-schemas.ts'
import type { ProjectView } from './project-view.ts'

/** Notifications as the user has set them for everything: NotificationSetting's `global`. */
const GLOBAL_NOTIFICATIONS = 3

/** lib/api/entities/basic_project_details.rb */
export function presentBasicProject(view: ProjectView, base: string): schemas.BasicProject {
  const { spec, code, namespace } = view
  const webUrl = `${base}/${spec.path}`
  return {
    id: spec.id,
    description: spec.description || null,
    name: spec.name,
    name_with_namespace: [...namespace.names, spec.name].join(' / '),
    path: spec.slug,
    path_with_namespace: spec.path,
    created_at: utcDate(spec.createdAt),
    ...(code && { default_branch: code.defaultBranch }),
    tag_list: [...spec.topics].sort(),
    topics: [...spec.topics].sort(),
    ssh_url_to_repo: `git@${new URL(base).hostname}:${spec.path}.git`,
    http_url_to_repo: `${webUrl}.git`,
    web_url: webUrl,
    ...(code && {
      readme_url: code.readme && `${webUrl}/-/blob/${code.defaultBranch}/${code.readme}`,
      forks_count: 0,
    }),
    avatar_url: null,
    star_count: 0,
    last_activity_at: utcDate(view.lastActivityAt),
    namespace: presentNamespace(namespace, base),
  }
}

/** lib/api/entities/project.rb and project_with_access.rb */
export function presentProject(view: ProjectView, base: string): schemas.Project {
  const { spec, permissions } = view
  const api = `${base}/api/v4/projects/${spec.id}`
  return {
    ...presentBasicProject(view, base),
    _links: {
      self: api,
      issues: `${api}/issues`,
      merge_requests: `${api}/merge_requests`,
      repo_branches: `${api}/repository/branches`,
      labels: `${api}/labels`,
      events: `${api}/events`,
      members: `${api}/members`,
    },
    empty_repo: view.isEmpty,
    archived: spec.archived,
    visibility: spec.visibility,
    ...(permissions && {
      permissions: {
        project_access: presentAccess(permissions.project),
        group_access: presentAccess(permissions.group),
      },
    }),
  }
}

function presentAccess(level: number | null) {
  return level === null ? null : { access_level: level, notification_level: GLOBAL_NOTIFICATIONS }
}
