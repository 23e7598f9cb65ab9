import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import { signedIn } from '../../forge/identity.ts'
import type { Project } from '../../forge/project.ts'
import type { PullRequest } from '../../forge/pull-request.ts'
import { sourceOf } from '../../forge/pull-request-view.ts'
import { exception, refuse } from './answers.ts'
import { demandPermission, permits } from './permissions.ts'
import { presentRebase } from './present-pull-request.ts'
import { demandOpen, demandVersion, getPullRequest } from './pull-request-checks.ts'
import * as schemas from './pull-request-schemas.ts'

/** Rebasing pull requests, a resource of the Git plugin. */
export function registerRebase(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const rebase = '/git/1.0/projects/:key/repos/:slug/pull-requests/:id/rebase'
  const params = schemas.PullRequestParams

  app.get(
    rebase,
    {
      config: { operation: 'bitbucket.canRebase', bitbucket: { needs: 'REPO_READ' } },
      schema: { params, response: { 200: schemas.Rebaseability } },
    },
    async (request): Promise<schemas.Rebaseability> => {
      const { bitbucketProject: project, bitbucket, params } = request
      const pullRequest = getPullRequest(project, params.id)
      const { spec } = await sourceOf(project, pullRequest)
      const canWrite = permits(bitbucket.identity, spec, 'REPO_WRITE')
      const vetoes = findVetoes(request, pullRequest, canWrite)
      return { canRebase: canWrite && vetoes.length === 0, canWrite, vetoes }
    },
  )

  app.post(
    rebase,
    {
      config: {
        operation: 'bitbucket.rebasePullRequest',
        bitbucket: { needs: 'REPO_READ', mayBeBodiless: true },
      },
      schema: {
        params,
        body: schemas.VersionBody,
        response: { 200: schemas.RebaseResult, 204: schemas.Nothing },
      },
    },
    async (request, reply) => {
      const { bitbucketProject: project, bitbucket, params, body } = request
      const pullRequest = getPullRequest(project, params.id)
      const source = await sourceOf(project, pullRequest)
      demandPermission(bitbucket.identity, source.spec, 'REPO_WRITE')
      await demandVersion(request, pullRequest, body.version)
      demandOpen(pullRequest)
      demandRebaseable(request, project, pullRequest)
      const { user } = signedIn(bitbucket.identity)
      // Loaded on first need: few servers are ever asked to merge anything.
      const { rebasePullRequest } = await import('../../forge/rebase.ts')
      const rebased = await rebasePullRequest(project, pullRequest, { user, vendor: 'bitbucket' })
      if (rebased.kind === 'rebased') return presentRebase(rebased.change)
      if (rebased.kind === 'current') return reply.code(204).send(null)
      const { rule, message } = FAILURES[rebased.kind]
      return refuse(rule, exception(409, 'IntegrityException', message))
    },
  )
}

const FAILURES = {
  conflict: {
    rule: 'rebase-conflict',
    message: 'The pull request could not be rebased because of conflicts.',
  },
  vanished: {
    rule: 'rebase-discards-all',
    message:
      'The pull request could not be rebased because all of its commits are in the target branch already.',
  },
} as const

function demandRebaseable(request: FastifyRequest, project: Project, pullRequest: PullRequest): void {
  if (project.spec.archived) fail('project-archived', { project: project.spec.path })
  const [veto] = findVetoes(request, pullRequest, true)
  if (veto) refuse('rebase-vetoed', exception(409, 'IntegrityException', veto.detailedMessage))
}

/** Why a pull request cannot be rebased, as far as that can be told without trying. */
function findVetoes(
  { bitbucket, bitbucketProject: project }: FastifyRequest,
  { state, source }: PullRequest,
  canWrite: boolean,
): schemas.Veto[] {
  const email = bitbucket.identity.user?.email ?? ''
  const vetoes: readonly (readonly [applies: boolean, summary: string, details: string])[] = [
    [
      state !== 'open',
      'Pull request is not open',
      `The pull request has been ${state} and cannot be rebased.`,
    ],
    [
      project.spec.archived,
      'Repository is archived',
      'Pull requests into an archived repository cannot be rebased.',
    ],
    [
      !source.ref.startsWith('refs/heads/'),
      'Source is not a branch',
      `Only branches can be rebased, and '${source.ref}' is not a branch.`,
    ],
    [email === '', 'No e-mail address', 'You need an e-mail address to be the committer of rebased commits.'],
    [
      !canWrite,
      'Insufficient branch permissions',
      `You have insufficient permissions to rebase '${source.ref}'.`,
    ],
  ]
  return vetoes
    .filter(([applies]) => applies)
    .map(([, summaryMessage, detailedMessage]) => ({ summaryMessage, detailedMessage }))
}
