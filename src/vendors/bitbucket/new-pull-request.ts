import type { FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import { signedIn } from '../../forge/identity.ts'
import type { Project } from '../../forge/project.ts'
import type { PullRequest } from '../../forge/pull-request.ts'
import { createPullRequest } from '../../forge/pull-requests.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { exception, named, refuse } from './answers.ts'
import { findOwner, findProject, keyOf, slugOf } from './naming.ts'
import { demandPermission } from './permissions.ts'
import { shortName } from './present-pull-request.ts'
import { duplicate } from './pull-request-checks.ts'
import type * as schemas from './pull-request-schemas.ts'

/**
 * Opens a pull request. It complains in this order: what is missing, repositories, refs, reviewers, a pull request that is open
 * already, nothing to pull.
 */
export async function openPullRequest(
  request: FastifyRequest,
  { title, description, fromRef, toRef, reviewers = [] }: schemas.NewPullRequest,
): Promise<PullRequest> {
  const { bitbucket, bitbucketProject: project, forge } = request
  const { user } = signedIn(bitbucket.identity)
  if (!title?.trim()) return refuseWithout('title')
  if (!fromRef?.id?.trim()) return refuseWithout('fromRef')
  if (!toRef?.id?.trim()) return refuseWithout('toRef')
  if (findRepository(request, toRef) !== project.spec) refuse('pull-request-target-elsewhere', wrongTarget())
  const source = await forge.open(findRepository(request, fromRef))
  demandPermission(bitbucket.identity, source.spec, 'REPO_READ')
  if (project.spec.archived) fail('project-archived', { project: project.spec.path })
  const [sourceRef, targetRef] = [findRef(source, fromRef.id, true), findRef(project, toRef.id, false)]
  const wanted = {
    title,
    description: description ?? null,
    reviewers: findReviewers(request, reviewers),
    source,
    sourceRef,
    targetRef,
  }
  const created = createPullRequest(project, wanted, { user, vendor: 'bitbucket' })
  if (created.kind === 'created') return created.request
  if (created.kind === 'existing')
    return refuse('pull-request-exists', await duplicate(request, created.request))
  const message = `Branch "${shortName(targetRef)}" is already up-to-date with branch "${shortName(sourceRef)}" in repository "${slugOf(project.spec)}".`
  return refuse('pull-request-empty', exception(409, 'pull.EmptyPullRequestException', message))
}

function refuseWithout(field: string): never {
  return refuse('pull-request-field-missing', named(400, null, `${field} must be supplied for this request`))
}

function wrongTarget() {
  const message = 'The target of a pull request must be in the repository that it is created in.'
  return exception(400, 'validation.ArgumentValidationException', message)
}

/** The repository at one end; it is the one of the address unless another one is named. */
function findRepository(request: FastifyRequest, { repository }: schemas.RefAddress): ProjectSpec {
  const { spec: here } = request.bitbucketProject
  const key = repository?.project?.key ?? keyOf(here.owner)
  const slug = repository?.slug ?? slugOf(here)
  const owner = findOwner(request.forge, key) ?? fail('owner-missing', { owner: key })
  return (
    findProject(request.forge, owner, slug) ?? fail('project-missing', { project: `${keyOf(owner)}/${slug}` })
  )
}

/** The full name of a branch, or of a tag where one will do, by its short or its full name. */
function findRef({ repository, spec }: Project, id: string, mayBeTag: boolean): string {
  const candidates = id.startsWith('refs/') ? [id] : [`refs/heads/${id}`, `refs/tags/${id}`]
  const found = candidates.find((ref) => {
    const held = ref.startsWith('refs/heads/') || mayBeTag ? repository.ref(ref) : undefined
    return held !== undefined && repository.objects.peel(held).type === 'commit'
  })
  const message = `Repository "${slugOf(spec)}" of project with key "${keyOf(spec.owner)}" has no branch "${id}"`
  return found ?? refuse('pull-request-ref-unknown', exception(404, 'commit.NoSuchCommitException', message))
}

function findReviewers(
  { forge }: FastifyRequest,
  reviewers: NonNullable<schemas.NewPullRequest['reviewers']>,
): string[] {
  const names = reviewers.map(({ user }) => user?.name ?? '')
  const unknown = names.filter((name) => !forge.user(name))
  if (unknown.length === 0) return names.map((name) => forge.user(name)?.username ?? name)
  const message = 'Errors encountered while adding some reviewers to this pull request.'
  return refuse(
    'reviewer-unknown',
    exception(409, 'pull.InvalidPullRequestReviewersException', message, {
      reviewerErrors: unknown.map((name) => ({
        context: name,
        message: `${name} is not a user.`,
        exceptionName: null,
      })),
      validReviewers: [],
    }),
  )
}
