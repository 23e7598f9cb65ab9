import { listCommits } from '../../forge/history.ts'
import type { Commit, Oid, RefChange, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { type ChangedPaths, changedPaths, targetOf } from '../../forge/ref-target.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { matchingRules } from '../../forge/tag-rules.ts'
import type { RefsNews } from '../webhook-dialect.ts'
import { messageOf } from './present.ts'
import { RULES } from './tag-view.ts'

export const TAGS = 'refs/tags/'
export const BRANCHES = 'refs/heads/'

/** How many commits a push is told with, and how many of a new branch are counted. app/services/git/branch_hooks_service.rb */
const TOLD_COMMITS = 20
const COUNTED_COMMITS = 100
const ZERO = '0'.repeat(40)

/** Where something was pushed, and by whom. */
export type PushScene = Pick<RefsNews, 'project' | 'actor' | 'defaultBranch' | 'tagRules'>

export interface PushedCommit {
  readonly commit: Commit
  readonly files: ChangedPaths
  /** Whether the author is one of the users, who keep their addresses to themselves. */
  readonly hidesEmail: boolean
}

/** A ref that moved, with all that a webhook is told of it. */
export interface PushView {
  readonly spec: ProjectSpec
  readonly defaultBranch: string
  readonly actor: User | null
  readonly ref: string
  readonly before: Oid
  readonly after: Oid
  readonly isProtected: boolean
  /** The commit to check out. */
  readonly commit: Oid | null
  /** Of a tag that is there. */
  readonly message: string | null
  readonly commits: readonly PushedCommit[]
  readonly total: number
}

export function viewPush(news: RefsNews, { ref, before, after }: RefChange): PushView {
  const { project } = news
  const isTag = ref.startsWith(TAGS)
  const target = after === null ? null : targetOf(project, after)
  const light = isTag && target ? '' : null
  const commits = isTag ? [target?.commit ?? []].flat() : branchCommits(news, ref, before, after)
  return {
    ...circumstances(news, ref),
    ref,
    before: before ?? ZERO,
    after: after ?? ZERO,
    commit: target?.commit?.oid ?? null,
    message: target?.annotation ? messageOf(target.annotation) : light,
    commits: commits
      .slice(0, TOLD_COMMITS)
      .reverse()
      .map((commit) => viewCommit(project, commit)),
    total: commits.length,
  }
}

/**
 * What a test of a webhook shows: the newest commits of the default branch, as if they had just come in. Null where there
 * are none. lib/gitlab/data_builder/push.rb, build_sample
 */
export function viewSample(scene: PushScene, isTag: boolean): PushView | null {
  const { project, defaultBranch } = scene
  const tip = project.repository.branch(defaultBranch)
  if (!tip) return null
  const commits = listCommits(project, { tips: [tip.commit.oid], limit: 3 })
  const [tag] = project.repository.tags.page('name', 'desc', 0, 1)
  const ref = isTag ? `${TAGS}${tag?.name ?? 'v1.0.0'}` : BRANCHES + defaultBranch
  const tagged = tag ? targetOf(project, tag.target).commit?.oid : undefined
  return {
    ...circumstances(scene, ref),
    ref,
    before: commits.at(-1)?.oid ?? ZERO,
    after: tip.commit.oid,
    commit: isTag ? (tagged ?? null) : tip.commit.oid,
    message: null,
    commits: commits.map((commit) => viewCommit(project, commit)),
    total: commits.length,
  }
}

function circumstances({ project, actor, defaultBranch, tagRules }: PushScene, ref: string) {
  const isProtected = ref.startsWith(TAGS)
    ? matchingRules(tagRules, ref.slice(TAGS.length), RULES).length > 0
    : ref === BRANCHES + defaultBranch
  return { spec: project.spec, actor, defaultBranch, isProtected }
}

/** Newest first. Of a new branch those that the default branch does not have. */
function branchCommits(
  { project, defaultBranch }: RefsNews,
  ref: string,
  before: Oid | null,
  after: Oid | null,
): Commit[] {
  if (after === null) return []
  const root = ref === BRANCHES + defaultBranch ? undefined : project.repository.branch(defaultBranch)
  const known = before ?? root?.commit.oid
  return listCommits(project, {
    tips: [after],
    exclude: known === undefined ? [] : [known],
    ...(before === null && { limit: COUNTED_COMMITS }),
  })
}

function viewCommit(project: Project, commit: Commit): PushedCommit {
  const email = commit.author.email.toLowerCase()
  const hidesEmail = project.forge.world.users.some((user) => user.email.toLowerCase() === email)
  return { commit, files: changedPaths(project, commit), hidesEmail }
}
