import type { Commit, RefChange, User, Visibility } from '../../forge/model.ts'
import type { ChangedPaths } from '../../forge/ref-target.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { dateOf } from './dates.ts'
import { hostOf } from './present-repository.ts'

/** A tag that moved, with all that a webhook is told of it. */
export interface TagPushView {
  readonly spec: ProjectSpec
  readonly defaultBranch: string
  readonly actor: User | null
  readonly change: RefChange
  /** What the tag leads to, with what that commit changed; null when it is gone or leads to no commit. */
  readonly target: { readonly commit: Commit; readonly files: ChangedPaths } | null
  /** Null when the tag is gone. */
  readonly message: string | null
  readonly uuid: string
}

const NOTHING = '0'.repeat(40)
const VISIBILITY_LEVELS: Readonly<Record<Visibility, number>> = { private: 0, internal: 10, public: 20 }

/** The body resembles GitLab's, from which the product descends. */
export function presentTagPush(view: TagPushView, base: string) {
  const { actor, change, spec, target } = view
  const project = presentHookProject(spec, view.defaultBranch, base)
  return {
    object_kind: 'tag_push',
    event_name: 'tag_push',
    before: change.before ?? NOTHING,
    after: change.after ?? NOTHING,
    ref: change.ref,
    checkout_sha: target?.commit.oid ?? null,
    message: view.message,
    user_id: actor?.id ?? null,
    user_name: actor?.name ?? null,
    user_username: actor?.username ?? null,
    user_email: actor?.email ?? null,
    user_avatar: actor?.avatar ?? '',
    project_id: spec.id,
    project,
    commits: target ? [presentHookCommit(target, project.web_url)] : [],
    total_commits_count: target ? 1 : 0,
    push_options: [],
    repository: {
      name: project.name,
      url: project.url,
      description: project.description,
      homepage: project.homepage,
      git_http_url: project.git_http_url,
      git_ssh_url: project.git_ssh_url,
      visibility_level: project.visibility_level,
    },
    uuid: view.uuid,
  }
}

function presentHookProject(spec: ProjectSpec, defaultBranch: string, base: string) {
  const webUrl = `${base}/${spec.path}`
  const sshUrl = `git@${hostOf(base)}:${spec.path}.git`
  return {
    id: spec.id,
    name: spec.name,
    description: spec.description,
    web_url: webUrl,
    avatar_url: null,
    git_ssh_url: sshUrl,
    git_http_url: `${webUrl}.git`,
    namespace: spec.owner.name,
    visibility_level: VISIBILITY_LEVELS[spec.visibility],
    path_with_namespace: spec.path,
    default_branch: defaultBranch,
    ci_config_path: null,
    homepage: webUrl,
    url: sshUrl,
    ssh_url: sshUrl,
    http_url: `${webUrl}.git`,
  }
}

function presentHookCommit({ commit, files }: NonNullable<TagPushView['target']>, webUrl: string) {
  const { oid, message, author, committer } = commit
  return {
    id: oid,
    message,
    timestamp: dateOf(committer.time),
    url: `${webUrl}/commit/${oid}`,
    author: { name: author.name, email: author.email },
    added: [...files.added],
    modified: [...files.modified],
    removed: [...files.removed],
  }
}
