import type { Commit, RefChange, User } from '../../forge/model.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import type { PullRequestNews } from '../webhook-dialect.ts'
import { presentRepository, presentUser } from './present.ts'
import { type PeopledScene, presentCommit, presentCommitWithParents } from './present-commit.ts'
import { presentPullRequest } from './present-pull-request.ts'

/** What moved, and all that an event says about it. */
export interface RefsView {
  readonly spec: ProjectSpec
  /** The user whose personal project it is. */
  readonly owner: User | null
  readonly actor: User | null
  /** Epoch milliseconds. */
  readonly at: number
  readonly changes: readonly RefChange[]
  readonly tip: {
    readonly commit: Commit
    readonly parents: readonly Commit[]
    /** Newest first. */
    readonly commits: readonly Commit[]
  } | null
}

const NOTHING = '0'.repeat(40)

export function presentRefsChanged({ spec, owner, actor, at, changes, tip }: RefsView, scene: PeopledScene) {
  return {
    eventKey: 'repo:refs_changed',
    date: eventDate(at),
    actor: actor && presentUser(actor, scene),
    repository: presentRepository(spec, owner, scene),
    changes: changes.map(presentChange),
    ...(tip && {
      commits: tip.commits.map((commit) => withHookDates(presentCommit(commit, scene), scene)),
      toCommit: withHookDates(
        {
          ...presentCommitWithParents(tip.commit, tip.parents, scene),
          parents: tip.parents.map((parent) => withHookDates(presentCommit(parent, scene), scene)),
        },
        scene,
      ),
    }),
  }
}

/** The source branch of a pull request has moved. */
export function presentFromRefUpdated(
  { actor, at, request, before }: Pick<PullRequestNews, 'actor' | 'at' | 'request' | 'before'>,
  scene: PeopledScene,
) {
  return {
    eventKey: 'pr:from_ref_updated',
    date: eventDate(at),
    actor: actor && presentUser(actor, scene),
    pullRequest: presentPullRequest(request, scene),
    previousFromHash: before,
  }
}

function eventDate(at: number): string {
  return `${new Date(at).toISOString().slice(0, -'.000Z'.length)}+0000`
}

function presentChange({ ref, before, after }: RefChange) {
  const isTag = ref.startsWith('refs/tags/')
  return {
    ref: {
      id: ref,
      displayId: ref.replace(/^refs\/(?:heads|tags)\//, ''),
      type: isTag ? 'TAG' : 'BRANCH',
    },
    refId: ref,
    fromHash: before ?? NOTHING,
    toHash: after ?? NOTHING,
    type: typeOf(before, after),
  }
}

function typeOf(before: string | null, after: string | null): 'ADD' | 'DELETE' | 'UPDATE' {
  if (before === null) return 'ADD'
  return after === null ? 'DELETE' : 'UPDATE'
}

/** 10 writes moments as text, in events only. */
function withHookDates<Dated extends { authorTimestamp: number; committerTimestamp: number }>(
  commit: Dated,
  { profile }: PeopledScene,
) {
  if (!profile.hasTextDatesInEvents) return commit
  return {
    ...commit,
    authorTimestamp: new Date(commit.authorTimestamp).toISOString(),
    committerTimestamp: new Date(commit.committerTimestamp).toISOString(),
  }
}
