import type { Oid, RefChange } from './model.ts'

export const PULL_REQUEST_STATES = ['open', 'merged', 'declined'] as const
export type PullRequestState = (typeof PULL_REQUEST_STATES)[number]

/** One end of a pull request. */
export interface PullRequestEnd {
  readonly projectId: number
  /** Full name: `refs/heads/feature/x`. The source may be a tag. */
  readonly ref: string
  /** What the ref held when it was last looked at; null: not yet. It counts once the ref is gone or the request is closed. */
  readonly commit: Oid | null
}

/** A wish to have the commits of one ref in a branch. It belongs to the project of its target. */
export interface PullRequest {
  /** Counts from 1 in each project. */
  readonly number: number
  /** Grows with each change that a person makes to it, not when its branches move. */
  readonly version: number
  readonly state: PullRequestState
  readonly title: string
  readonly description: string | null
  /** Usernames. */
  readonly author: string
  readonly reviewers: readonly string[]
  readonly source: PullRequestEnd
  readonly target: PullRequestEnd
  /** Epoch milliseconds, all three. */
  readonly createdAt: number
  readonly updatedAt: number
  /** Null while it is open. */
  readonly closedAt: number | null
}

export type PullRequests = ReadonlyMap<number, PullRequest>

/** Pull requests after refs of a project have moved: open ones know the new tips, and a moved source is an update. */
export function followRefs(
  requests: PullRequests,
  projectId: number,
  changes: readonly RefChange[],
  now: number,
): PullRequests {
  const moved = [...requests.values()].flatMap((request) => {
    const source = follow(request.source, projectId, changes)
    const target = follow(request.target, projectId, changes)
    if (request.state !== 'open' || (source === request.source && target === request.target)) return []
    return [{ ...request, source, target, updatedAt: source === request.source ? request.updatedAt : now }]
  })
  return moved.length === 0
    ? requests
    : new Map([...requests, ...moved.map((request) => [request.number, request] as const)])
}

function follow(end: PullRequestEnd, projectId: number, changes: readonly RefChange[]): PullRequestEnd {
  const change = end.projectId === projectId ? changes.find(({ ref }) => ref === end.ref) : undefined
  const commit = change?.after ?? change?.before
  return commit ? { ...end, commit } : end
}
