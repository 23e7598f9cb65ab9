import type { FastifyRequest } from 'fastify'
import type { Project } from '../../forge/project.ts'
import type { PullRequest } from '../../forge/pull-request.ts'
import { seePullRequest } from '../../forge/pull-request-view.ts'
import { type Envelope, exception, refuse } from './answers.ts'
import { fullName } from './naming.ts'
import { presentPullRequest } from './present-pull-request.ts'
import type * as schemas from './pull-request-schemas.ts'
import { sceneOf } from './scene.ts'

/** The pull request of an address. Throws 404: without an exception for what is no number. */
export function getPullRequest(project: Project, id: string): PullRequest {
  const number = readLong(id)
  if (number === null) return refuse('pull-request-id-not-a-number', { kind: 'status-document', status: 404 })
  return (
    project.pullRequests.get(Number(number)) ??
    refuse(
      'pull-request-missing',
      exception(
        404,
        'pull.NoSuchPullRequestException',
        `Pull request ${number} does not exist in ${fullName(project.spec)}.`,
      ),
    )
  )
}

/** A 64-bit number, which is what the resources take; null for anything else. */
function readLong(text: string): bigint | null {
  if (!/^[+-]?\d+$/.test(text)) return null
  const number = BigInt(text.replace('+', ''))
  return BigInt.asIntN(64, number) === number ? number : null
}

/** Refuses a client that does not know the current version; one that names none is taken to mean -1. */
export async function demandVersion(
  request: FastifyRequest,
  pullRequest: PullRequest,
  version = -1,
): Promise<void> {
  if (version === pullRequest.version) return
  const message = 'You are attempting to modify a pull request based on out-of-date information.'
  refuse(
    'pull-request-version-outdated',
    exception(409, 'pull.PullRequestOutOfDateException', message, {
      currentVersion: pullRequest.version,
      expectedVersion: version,
      pullRequest: await presentSeen(request, pullRequest),
    }),
  )
}

export function demandOpen({ state }: PullRequest): void {
  if (state !== 'open')
    refuse('pull-request-not-open', illegalState(`This pull request has already been ${state}.`))
}

export function illegalState(message: string): Envelope {
  return exception(409, 'pull.IllegalPullRequestStateException', message)
}

/** There is one between the same refs already. */
export async function duplicate(request: FastifyRequest, existing: PullRequest): Promise<Envelope> {
  const message = 'Only one pull request may be open for a given source and target branch'
  const existingPullRequest = await presentSeen(request, existing)
  return exception(409, 'pull.DuplicatePullRequestException', message, { existingPullRequest })
}

/** A pull request as it is now, in Bitbucket's words. */
export async function presentSeen(
  request: FastifyRequest,
  pullRequest: PullRequest,
  project: Project = request.bitbucketProject,
): Promise<schemas.PullRequest> {
  return presentPullRequest(await seePullRequest(project, pullRequest), sceneOf(request))
}
