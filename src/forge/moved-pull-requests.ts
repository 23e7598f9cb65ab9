import type { Forge } from './forge.ts'
import type { Oid, RefChange, RefsChanged, Webhook } from './model.ts'
import type { Project } from './project.ts'
import type { PullRequest } from './pull-request.ts'
import { type SeenPullRequest, seePullRequest } from './pull-request-view.ts'
import type { ProjectSpec } from './spec.ts'

/** An open pull request whose source branch has moved. */
export interface MovedPullRequest {
  /** The project that it belongs to: its target's. */
  readonly spec: ProjectSpec
  readonly webhooks: readonly Webhook[]
  readonly request: PullRequest
  /** What the branch held. */
  readonly before: Oid
  readonly after: Oid
}

/** The pull requests that a move of refs has moved, in any project; branches that come or go move none. */
export function movedPullRequests(forge: Forge, { projectId, changes }: RefsChanged): MovedPullRequest[] {
  if (!changes.some(isMovedBranch)) return []
  const waiting = forge.specs.flatMap((spec) => {
    // A project that nobody has opened is still as it began.
    const { pullRequests, webhooks } = forge.opened(spec.id) ?? spec
    return [...pullRequests.values()].flatMap((request) =>
      request.state === 'open' && request.source.projectId === projectId ? [{ spec, webhooks, request }] : [],
    )
  })
  if (waiting.length === 0) return []
  const moves = new Map<string, { readonly before: Oid; readonly after: Oid }>()
  for (const { ref, before, after } of changes)
    if (before !== null && after !== null) moves.set(ref, { before, after })
  return waiting.flatMap((found) => {
    const move = moves.get(found.request.source.ref)
    return move ? [{ ...found, ...move }] : []
  })
}

function isMovedBranch({ ref, before, after }: RefChange): boolean {
  return before !== null && after !== null && ref.startsWith('refs/heads/')
}

/** The pull request with its project and all that it shows, its source where that had moved to. */
export async function seeMoved(
  forge: Forge,
  { spec, request, after }: MovedPullRequest,
): Promise<{ readonly project: Project; readonly request: SeenPullRequest }> {
  const project = await forge.open(spec)
  const seen = await seePullRequest(project, request)
  return { project, request: { ...seen, source: { ...seen.source, commit: after } } }
}
