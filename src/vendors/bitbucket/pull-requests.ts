import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { signedIn } from '../../forge/identity.ts'
import { listPullRequests } from '../../forge/pull-request-list.ts'
import { declinePullRequest, reopenPullRequest } from '../../forge/pull-requests.ts'
import { addressOf } from '../../http/origin.ts'
import { refuse } from './answers.ts'
import { openPullRequest } from './new-pull-request.ts'
import { effectivePage, pageOf } from './paging.ts'
import {
  demandOpen,
  demandVersion,
  duplicate,
  getPullRequest,
  illegalState,
  presentSeen,
} from './pull-request-checks.ts'
import * as schemas from './pull-request-schemas.ts'
import { hasFilter } from './ref-lookup.ts'
import { RepositoryParams } from './schemas.ts'

const PULL_REQUESTS = '/api/1.0/projects/:key/repos/:slug/pull-requests'
const STATES = { OPEN: 'open', MERGED: 'merged', DECLINED: 'declined' } as const

/** As much of pull requests as it takes to rebase them: https://developer.atlassian.com/server/bitbucket/rest/v819/api-group-pull-requests/ */
export function registerPullRequests(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const config = { bitbucket: { needs: 'REPO_READ' } } as const
  const params = schemas.PullRequestParams
  const one = { 200: schemas.PullRequest }

  app.get(
    PULL_REQUESTS,
    {
      config: { operation: 'bitbucket.listPullRequests', ...config },
      schema: {
        params: RepositoryParams,
        querystring: schemas.ListPullRequests,
        response: { 200: schemas.PullRequestPage },
      },
    },
    async (request) => {
      const { query, bitbucketProject: project } = request
      const page = effectivePage(query)
      const found = await listPullRequests(project, {
        ...(query.state !== 'ALL' && { state: STATES[query.state] }),
        ...(query.at && { ref: query.at.startsWith('refs/') ? query.at : `refs/heads/${query.at}` }),
        direction: query.direction === 'OUTGOING' ? 'outgoing' : 'incoming',
        order: query.order === 'OLDEST' ? 'oldest' : 'newest',
      })
      const shown = found.slice(page.start, page.start + page.limit + 1)
      const values = shown.map((each) => presentSeen(request, each.request, each.project))
      return pageOf(await Promise.all(values), page, { hasFilter: hasFilter(request) })
    },
  )

  app.post(
    PULL_REQUESTS,
    {
      config: { operation: 'bitbucket.createPullRequest', ...config },
      schema: {
        params: RepositoryParams,
        body: schemas.NewPullRequest,
        response: { 201: schemas.PullRequest },
      },
    },
    async (request, reply) => {
      const created = await openPullRequest(request, request.body)
      const collection = (addressOf(request).split('?')[0] ?? '').replace(/\/$/, '')
      const location = `${collection}/${created.number}`
      return reply
        .code(201)
        .header('location', location)
        .send(await presentSeen(request, created))
    },
  )

  app.get(
    `${PULL_REQUESTS}/:id`,
    { config: { operation: 'bitbucket.getPullRequest', ...config }, schema: { params, response: one } },
    async (request) => presentSeen(request, getPullRequest(request.bitbucketProject, request.params.id)),
  )

  const bodiless = { bitbucket: { needs: 'REPO_READ', mayBeBodiless: true } } as const
  const change = {
    schema: { params, querystring: schemas.VersionQuery, body: schemas.VersionBody, response: one },
  } as const

  app.post(
    `${PULL_REQUESTS}/:id/decline`,
    { ...change, config: { operation: 'bitbucket.declinePullRequest', ...bodiless } },
    async (request) => {
      const { bitbucket, bitbucketProject: project, params, query, body } = request
      signedIn(bitbucket.identity)
      const before = getPullRequest(project, params.id)
      await demandVersion(request, before, query.version ?? body.version)
      demandOpen(before)
      return presentSeen(request, await declinePullRequest(project, before))
    },
  )

  app.post(
    `${PULL_REQUESTS}/:id/reopen`,
    { ...change, config: { operation: 'bitbucket.reopenPullRequest', ...bodiless } },
    async (request) => {
      const { bitbucket, bitbucketProject: project, params, query, body } = request
      signedIn(bitbucket.identity)
      const before = getPullRequest(project, params.id)
      await demandVersion(request, before, query.version ?? body.version)
      if (before.state === 'open')
        refuse('pull-request-open', illegalState('This pull request is already open.'))
      if (before.state === 'merged') demandOpen(before)
      const reopened = reopenPullRequest(project, before)
      if (reopened.kind === 'existing')
        refuse('pull-request-exists', await duplicate(request, reopened.request))
      return presentSeen(request, getPullRequest(project, params.id))
    },
  )
}
