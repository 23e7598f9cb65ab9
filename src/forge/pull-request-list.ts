import type { Project } from './project.ts'
import type { PullRequest, PullRequestState } from './pull-request.ts'

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
