import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { listBranches } from '../../forge/branches.ts'
import { statOf } from '../../forge/history.ts'
import { divergence } from './branch-view.ts'
import { envelop } from './envelope.ts'
import * as legacy from './legacy-schemas.ts'
import { presentFullCommit, presentTip } from './present-legacy.ts'
import { demandCommit } from './revision.ts'
import { RepositoryParams } from './schemas.ts'
import { searchFor } from './search.ts'

const config = { codearts: { needs: 'read' } } as const
const branches = '/repositories/:repository_id/branches'

/** The branches of v1: all of them, by name. */
export function registerOldestBranches(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.get(
    branches,
    {
      config: { operation: 'codearts.listBranchesV1', ...config },
      schema: {
        params: RepositoryParams,
        response: { 200: legacy.BranchNames },
        deprecated: { use: 'GET /v4/repositories/:repository_id/repository/branches' },
      },
    },
    async ({ codeartsProject: project }) => {
      const everything = { offset: 0, limit: Number.MAX_SAFE_INTEGER }
      const found = listBranches(project, { order: 'name', direction: 'asc', ...everything })
      return envelop({
        total: found.total,
        branches: found.branches.map(({ name }) => ({
          name,
          is_protected: name === project.defaultBranch,
        })),
      })
    },
  )
}

/** Branches and single commits of v2. */
export function registerLegacyNeighbours(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.get(
    branches,
    {
      config: { operation: 'codearts.listBranchesV2', ...config },
      schema: {
        params: RepositoryParams,
        querystring: legacy.ListBranches,
        response: { 200: legacy.BranchList },
        deprecated: { use: 'GET /v4/repositories/:repository_id/repository/branches' },
      },
    },
    async ({ codeartsProject: project, query: { page, per_page: limit, match } }) => {
      const keep = searchFor(match)
      const wanted = { order: 'name', direction: 'asc', ...(keep && { keep }) } as const
      const found = listBranches(project, { ...wanted, offset: (page - 1) * limit, limit })
      return envelop({
        total: found.total,
        branches: found.branches.map((branch) => ({
          name: branch.name,
          commit: presentTip(branch),
          diverging_commit_counts: divergence(project, branch),
        })),
      })
    },
  )

  app.get(
    '/projects/:repository_id/repository/commits/:sha',
    {
      config: { operation: 'codearts.getCommitV2', ...config },
      schema: {
        params: legacy.CommitParams,
        response: { 200: legacy.OneCommit },
        deprecated: { use: 'GET /v4/repositories/:repository_id/repository/commits?sha=' },
      },
    },
    async ({ codeartsProject: project, params }) => {
      const commit = demandCommit(project, params.sha)
      return envelop(presentFullCommit(commit, statOf(project, commit.oid)))
    },
  )
}
