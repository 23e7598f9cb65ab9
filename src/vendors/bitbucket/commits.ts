import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ForgeError } from '../../failure.ts'
import { type CommitQuery, getCommit, listCommits } from '../../forge/history.ts'
import type { Commit } from '../../forge/model.ts'
import { findCommit } from './commit-lookup.ts'
import * as schemas from './commit-schemas.ts'
import { noDefaultBranch } from './errors.ts'
import { effectivePage, pageOf } from './paging.ts'
import { presentCommit, presentCommitWithParents } from './present-commit.ts'
import { hasFilter } from './ref-lookup.ts'
import { sceneOf } from './scene.ts'
import { RefParams, RepositoryParams } from './schemas.ts'

const COMMITS = '/api/1.0/projects/:key/repos/:slug/commits'

const MERGES: Readonly<Record<schemas.ListCommits['merges'], (commit: Commit) => boolean>> = {
  EXCLUDE: ({ parents }) => parents.length < 2,
  INCLUDE: () => true,
  ONLY: ({ parents }) => parents.length > 1,
}

export function registerCommits(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const config = { bitbucket: { needs: 'REPO_READ' } } as const

  app.get(
    COMMITS,
    {
      config: { operation: 'bitbucket.listCommits', ...config },
      schema: {
        params: RepositoryParams,
        querystring: schemas.ListCommits,
        response: { 200: schemas.CommitPage },
      },
    },
    async (request) => {
      const { bitbucketProject: project, query } = request
      const page = effectivePage(query)
      const wanted = rangeOf(request, query)
      const found = wanted
        ? listCommits(project, { ...wanted, offset: page.start, limit: page.limit + 1 })
        : []
      const scene = sceneOf(request)
      return pageOf(
        found.map((commit) => presentCommit(commit, scene)),
        page,
        {
          hasFilter: hasFilter(request),
          extra: query.withCounts ? countsOf(wanted ? listCommits(project, wanted) : []) : {},
        },
      )
    },
  )

  app.get(
    `${COMMITS}/*`,
    {
      config: { operation: 'bitbucket.getCommit', ...config },
      schema: { params: RefParams, response: { 200: schemas.CommitWithParents } },
    },
    async (request) => {
      const { bitbucketProject: project, params } = request
      const commit = findCommit(project, params['*'])
      const parents = commit.parents.map((oid) => getCommit(project, oid))
      return presentCommitWithParents(commit, parents, sceneOf(request))
    },
  )
}

/** What a list is to walk; null when something is missing and the client does not mind. */
function rangeOf(
  { bitbucketProject: project }: FastifyRequest,
  query: schemas.ListCommits,
): CommitQuery | null {
  const { until, since, path, ignoreMissing = false } = query
  const { repository, defaultBranch } = project
  try {
    // Not by the name HEAD: that may be a tag's where the default branch does not exist.
    const tip = until ? findCommit(project, until) : repository.branch(defaultBranch)?.commit
    if (!tip && ignoreMissing) return null
    if (!tip) throw noDefaultBranch(project)
    return {
      tips: [tip.oid],
      exclude: since ? [findCommit(project, since).oid] : [],
      ...(path && { path }),
      keep: MERGES[query.merges],
    }
  } catch (error) {
    const isMissing = error instanceof ForgeError && error.code === 'revision-unknown'
    if (ignoreMissing && isMissing) return null
    throw error
  }
}

function countsOf(commits: readonly Commit[]): { authorCount: number; totalCount: number } {
  const authors = new Set(commits.map(({ author }) => author.email.toLowerCase()))
  return { authorCount: authors.size, totalCount: commits.length }
}
