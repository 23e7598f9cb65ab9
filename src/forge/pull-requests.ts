import { fail } from '../failure.ts'
import { isAncestor } from '../git/history.ts'
import { copyObjects } from '../git/object-copy.ts'
import type { Oid } from './model.ts'
import type { Project } from './project.ts'
import type { PullRequest, PullRequestEnd, PullRequestState } from './pull-request.ts'
import type { Author } from './tags.ts'

export type { PullRequest, PullRequestEnd, PullRequestState } from './pull-request.ts'

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

export interface PullRequestQuery {
  /** Absent: all of them. */
  readonly state?: PullRequestState
  /** Full name of the ref at this project's end. */
  readonly ref?: string
  /** `incoming`: those into this project. `outgoing`: those out of it, wherever they lead. */
  readonly direction: 'incoming' | 'outgoing'
  readonly order: 'newest' | 'oldest'
}

/** A pull request with the project that it belongs to. */
export interface ProjectPullRequest {
  readonly project: Project
  readonly request: PullRequest
}

export async function listPullRequests(
  project: Project,
  query: PullRequestQuery,
): Promise<ProjectPullRequest[]> {
  const projects = query.direction === 'incoming' ? [project] : await projectsWithRequests(project)
  const end = query.direction === 'incoming' ? 'target' : 'source'
  const sign = query.order === 'oldest' ? 1 : -1
  return projects
    .flatMap((each) => [...each.pullRequests.values()].map((request) => ({ project: each, request })))
    .filter(({ request }) => request[end].projectId === project.spec.id)
    .filter(({ request }) => query.state === undefined || request.state === query.state)
    .filter(({ request }) => query.ref === undefined || request[end].ref === query.ref)
    .sort((a, b) => sign * (a.request.createdAt - b.request.createdAt || a.request.number - b.request.number))
}

/** The projects that might have pull requests out of this one, itself included. */
async function projectsWithRequests({ forge, spec: { id } }: Project): Promise<Project[]> {
  const opened = new Set(Array.from(forge.openProjects, ({ spec }) => spec.id))
  const specs = forge.specs.filter(
    (spec) => opened.has(spec.id) || spec.pullRequests.some(({ source }) => source.projectId === id),
  )
  return Promise.all(specs.map((spec) => forge.open(spec)))
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

/** One end of a pull request, complete. */
export interface SeenEnd extends PullRequestEnd {
  readonly project: Project
  readonly commit: Oid
}

export interface SeenPullRequest extends PullRequest {
  readonly source: SeenEnd
  readonly target: SeenEnd
}

/** A pull request with the projects and commits at its ends. */
export async function seePullRequest(project: Project, request: PullRequest): Promise<SeenPullRequest> {
  const isOpen = request.state === 'open'
  const source = await sourceOf(project, request)
  return {
    ...request,
    source: { ...request.source, project: source, commit: commitOf(source, request.source, isOpen) },
    target: { ...request.target, project, commit: commitOf(project, request.target, isOpen) },
  }
}

/** The project that a pull request takes its commits from. */
export async function sourceOf({ forge }: Project, { source }: PullRequest): Promise<Project> {
  const spec = forge.spec(source.projectId)
  return spec ? forge.open(spec) : fail('project-missing', { project: String(source.projectId) })
}

const NO_COMMIT = '0'.repeat(40)

/** An open request shows what its refs hold now, a closed one what they held when it was closed. */
function commitOf({ repository }: Project, { ref, commit }: PullRequestEnd, isOpen: boolean): Oid {
  const held = repository.ref(ref)
  const now = held === undefined ? null : repository.objects.peel(held).oid
  return (isOpen ? (now ?? commit) : (commit ?? now)) ?? NO_COMMIT
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
