import { fail } from '../failure.ts'
import type { Oid } from './model.ts'
import type { Project } from './project.ts'
import type { PullRequest, PullRequestEnd } from './pull-request.ts'

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
