import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { listBranches } from '../../forge/branches.ts'
import { refsWith } from '../../forge/history.ts'
import { listTags } from '../../forge/tags.ts'
import { CommitParams, ListRefs, PageQuery, RefNames } from './commit-schemas.ts'
import { demandCommit } from './revision.ts'
import { RepositoryParams } from './schemas.ts'
import { searchFor } from './search.ts'

/** Names of branches and tags: https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/ListRefsList.html */
export function registerRefs(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const config = { codearts: { needs: 'read', action: 'codeartsrepo:repository:getRepository' } } as const
  const repository = '/repositories/:repository_id/repository'

  app.get(
    `${repository}/refs`,
    {
      config: { operation: 'codearts.listRefs', ...config },
      schema: { params: RepositoryParams, querystring: ListRefs, response: { 200: RefNames } },
    },
    async ({ codeartsProject: project, query }, reply) => {
      const keep = searchFor(query.search)
      const { offset, limit } = query
      const wanted = { order: 'name', direction: 'asc', offset, limit, ...(keep && { keep }) } as const
      const { total, names } = query.type === 'tag' ? tagNames() : branchNames()
      reply.header('x-total', String(total))
      return names

      function tagNames() {
        const page = listTags(project, wanted)
        return { total: page.total, names: page.tags.map(({ name }) => name) }
      }

      function branchNames() {
        const page = listBranches(project, wanted)
        return { total: page.total, names: page.branches.map(({ name }) => name) }
      }
    },
  )

  app.get(
    `${repository}/commits/:sha/refs`,
    {
      config: { operation: 'codearts.listCommitRefs', ...config },
      schema: { params: CommitParams, querystring: PageQuery, response: { 200: RefNames } },
    },
    async ({ codeartsProject: project, params, query: { offset, limit } }, reply) => {
      const { oid } = demandCommit(project, params.sha)
      const names = [...refsWith(project, oid, 'branches'), ...refsWith(project, oid, 'tags')]
      reply.header('x-total', String(names.length))
      return names.slice(offset, offset + limit)
    },
  )
}
