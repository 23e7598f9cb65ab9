import { fail } from '../../failure.ts'
import type { RefChange, User } from '../../forge/model.ts'
import type { SeenEnd, SeenPullRequest } from '../../forge/pull-request-view.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { keyOf, slugOf, userSlug } from './naming.ts'
import { presentRepository, presentUser } from './present.ts'
import type { PeopledScene } from './present-commit.ts'
import type * as schemas from './pull-request-schemas.ts'

const STATES = { open: 'OPEN', merged: 'MERGED', declined: 'DECLINED' } as const

export function presentPullRequest(request: SeenPullRequest, scene: PeopledScene): schemas.PullRequest {
  const { number, description, state, closedAt, target, author, reviewers } = request
  return {
    id: number,
    version: request.version,
    title: request.title,
    ...(description !== null && { description }),
    state: STATES[state],
    open: state === 'open',
    closed: state !== 'open',
    ...(scene.profile.hasDrafts && { draft: false }),
    createdDate: request.createdAt,
    updatedDate: request.updatedAt,
    ...(closedAt !== null && { closedDate: closedAt }),
    fromRef: presentEnd(request.source, scene),
    toRef: presentEnd(target, scene),
    locked: false,
    author: presentParticipant(author, 'AUTHOR', scene),
    reviewers: reviewers.map((name) => presentParticipant(name, 'REVIEWER', scene)),
    participants: [],
    links: { self: [{ href: `${scene.base}/${placeOf(target.project.spec)}/pull-requests/${number}` }] },
  }
}

/** What rebasing did to the source branch. */
export function presentRebase({ ref, before, after }: RefChange): schemas.RebaseResult {
  return {
    refChange: {
      ref: { id: ref, displayId: shortName(ref), type: 'BRANCH' },
      refId: ref,
      fromHash: before ?? '',
      toHash: after ?? '',
      type: 'UPDATE',
    },
  }
}

export function shortName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, '')
}

function presentEnd({ project, ref, commit }: SeenEnd, scene: PeopledScene): schemas.PullRequestRef {
  const { spec } = project
  const owner = spec.owner.kind === 'user' ? findUser(scene, spec.owner.alias) : null
  return {
    id: ref,
    displayId: shortName(ref),
    latestCommit: commit,
    ...(scene.profile.hasDrafts && { type: ref.startsWith('refs/tags/') ? 'TAG' : 'BRANCH' }),
    repository: presentRepository(spec, owner, scene),
  }
}

function presentParticipant(
  username: string,
  role: schemas.Participant['role'],
  scene: PeopledScene,
): schemas.Participant {
  return {
    user: presentUser(findUser(scene, username), scene),
    role,
    approved: false,
    status: 'UNAPPROVED',
  }
}

function findUser({ users }: PeopledScene, username: string): User {
  return users.find((user) => user.username === username) ?? fail('user-missing', { user: username })
}

/** Where the pages of a repository are. */
function placeOf(spec: ProjectSpec): string {
  const { owner } = spec
  const space = owner.kind === 'user' ? `users/${userSlug(owner.alias)}` : `projects/${keyOf(owner)}`
  return `${space}/repos/${slugOf(spec)}`
}
