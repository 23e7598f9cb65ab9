import { fail } from '../failure.ts'
import { isAncestor } from '../git/history.ts'
import { copyObjects } from '../git/object-copy.ts'
import type { Oid } from './model.ts'
import type { Project } from './project.ts'
import type { PullRequest, PullRequestEnd } from './pull-request.ts'
import { type SeenEnd, seePullRequest } from './pull-request-view.ts'
import type { Author } from './tags.ts'

export interface NewPullRequest {
  readonly title: string
  readonly description: string | null
  readonly reviewers: readonly string[]
  /** Where the commits are, in this project or in another one. */
  readonly source: Project
  /** Full names. */
  readonly sourceRef: string
  readonly targetRef: string
}

/** `empty`: the target has all commits of the source. `existing`: one is open between the same refs. */
export type CreatedPullRequest =
  | { readonly kind: 'created'; readonly request: PullRequest }
  | { readonly kind: 'existing'; readonly request: PullRequest }
  | { readonly kind: 'empty' }

/** Opens a pull request, unless there is nothing to pull or one is open already. Throws `ref-missing`. */
export function createPullRequest(
  project: Project,
  wanted: NewPullRequest,
  author: Author,
): CreatedPullRequest {
  const { source, sourceRef, targetRef, title, description, reviewers } = wanted
  const from = endAt(source, sourceRef)
  const to = endAt(project, targetRef)
  const existing = findOpen(project, from, to)
  if (existing) return { kind: 'existing', request: existing }
  if (source !== project) copyObjects(source.repository.objects, project.repository.objects, from.commit)
  if (isAncestor(project.repository, from.commit, to.commit)) return { kind: 'empty' }
  const now = project.forge.clock.now()
  const request: PullRequest = {
    number: Math.max(0, ...project.pullRequests.keys()) + 1,
    version: 0,
    state: 'open',
    title,
    description,
    author: author.user.username,
    reviewers,
    source: from,
    target: to,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
  }
  return { kind: 'created', request: put(project, request) }
}

/** Closes an open pull request; whether it may be closed is for the vendor to say. */
export async function declinePullRequest(project: Project, request: PullRequest): Promise<PullRequest> {
  const { source, target } = await seePullRequest(project, request)
  const now = project.forge.clock.now()
  return put(project, {
    ...request,
    source: withoutProject(source),
    target: withoutProject(target),
    state: 'declined',
    version: request.version + 1,
    updatedAt: now,
    closedAt: now,
  })
}

/** Opens a declined pull request again, or answers the other one that is open between the same refs. */
export function reopenPullRequest(project: Project, request: PullRequest): CreatedPullRequest {
  const existing = findOpen(project, request.source, request.target)
  if (existing) return { kind: 'existing', request: existing }
  const { version } = request
  const updatedAt = project.forge.clock.now()
  const reopened: PullRequest = { ...request, state: 'open', version: version + 1, updatedAt, closedAt: null }
  return { kind: 'created', request: put(project, reopened) }
}

/** Throws `ref-missing` for what is not there, or leads to no commit. */
function endAt({ repository, spec }: Project, ref: string): PullRequestEnd & { readonly commit: Oid } {
  const held = repository.ref(ref)
  const peeled = held === undefined ? undefined : repository.objects.peel(held)
  if (peeled?.type !== 'commit') return fail('ref-missing', { ref, name: ref.replace(/^refs\/[^/]*\//, '') })
  return { projectId: spec.id, ref, commit: peeled.oid }
}

function findOpen(project: Project, source: PullRequestEnd, target: PullRequestEnd): PullRequest | undefined {
  return [...project.pullRequests.values()].find(
    (request) =>
      request.state === 'open' && isSameEnd(request.source, source) && isSameEnd(request.target, target),
  )
}

function isSameEnd(a: PullRequestEnd, b: PullRequestEnd): boolean {
  return a.projectId === b.projectId && a.ref === b.ref
}

function withoutProject({ projectId, ref, commit }: SeenEnd): PullRequestEnd {
  return { projectId, ref, commit }
}

function put(project: Project, request: PullRequest): PullRequest {
  project.pullRequests = new Map(project.pullRequests).set(request.number, request)
  return request
}
