import type { Visibility } from '../../forge/model.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { commitDate } from './dates.ts'
import { titleOf } from './present.ts'
import type { Profile } from './profiles.ts'
import type { PushedCommit, PushView } from './push-view.ts'

const VISIBILITY_LEVELS: Readonly<Record<Visibility, number>> = { private: 0, internal: 10, public: 20 }

/** The body that webhooks are sent when a ref moves. lib/gitlab/data_builder/push.rb */
export function presentPush(view: PushView, base: string, profile: Profile) {
  const { actor, spec } = view
  const kind = view.ref.startsWith('refs/tags/') ? 'tag_push' : 'push'
  const project = presentHookProject(spec, view.defaultBranch, base)
  return {
    object_kind: kind,
    event_name: kind,
    before: view.before,
    after: view.after,
    ref: view.ref,
    ...(profile.hasRecentPushData && { ref_protected: view.isProtected }),
    checkout_sha: view.commit,
    message: view.message,
    user_id: actor?.id ?? null,
    user_name: actor?.name ?? null,
    user_username: actor?.username ?? null,
    // The public address, of which nobody has one here.
    user_email: '',
    user_avatar: actor?.avatar ?? null,
    project_id: spec.id,
    project,
    commits: view.commits.map((commit) => presentHookCommit(commit, project.web_url, profile)),
    total_commits_count: view.total,
    push_options: {},
    repository: {
      name: project.name,
      url: project.url,
      description: project.description,
      homepage: project.homepage,
      git_http_url: project.git_http_url,
      git_ssh_url: project.git_ssh_url,
      visibility_level: project.visibility_level,
    },
  }
}

/** app/models/project.rb, hook_attrs */
function presentHookProject(spec: ProjectSpec, defaultBranch: string, base: string) {
  const webUrl = `${base}/${spec.path}`
  const sshUrl = `git@${hostOf(base)}:${spec.path}.git`
  return {
    id: spec.id,
    name: spec.name,
    description: spec.description || null,
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

/** app/models/commit.rb, hook_attrs */
function presentHookCommit({ commit, files, hidesEmail }: PushedCommit, webUrl: string, profile: Profile) {
  const { author } = commit
  const email = hidesEmail && profile.hasRecentPushData ? '[REDACTED]' : author.email
  return {
    id: commit.oid,
    message: commit.message,
    ...(profile.hookHeaders !== 'event' && { title: titleOf(commit.message) }),
    timestamp: commitDate(commit.committer).replace('.000', ''),
    url: `${webUrl}/-/commit/${commit.oid}`,
    author: { name: author.name, email },
    added: [...files.added],
    modified: [...files.modified],
    removed: [...files.removed],
  }
}

/** A Host header may hold anything. */
function hostOf(base: string): string {
  return URL.canParse(base) ? new URL(base).hostname : 'localhost'
}
