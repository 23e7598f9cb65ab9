import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { diffCommits } from '../../forge/file-diffs.ts'
import { getCommit, listCommits, mergeBase } from '../../forge/history.ts'
import { Compare, Comparison } from './commit-schemas.ts'
import { presentCommit } from './present.ts'
import { presentDiff } from './present-diff.ts'
import { demandCommit } from './revision.ts'
import { RepositoryParams } from './schemas.ts'

/** https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/ShowRefCompare.html */
export function registerCompare(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.get(
    '/repositories/:repository_id/compare',
    {
      config: {
        operation: 'codearts.compare',
        codearts: { needs: 'read', action: 'codeartsrepo:repository:getRepository' },
      },
      schema: { params: RepositoryParams, querystring: Compare, response: { 200: Comparison } },
    },
    async ({ codeartsProject: project, query }) => {
      const from = demandCommit(project, query.from)
      const to = demandCommit(project, query.to)
      const shared = query.straight ? from.oid : mergeBase(project, from.oid, to.oid)
      const base = shared === null ? from : getCommit(project, shared)
      // Oldest first, as in the comparison of the forge that this one descends from.
      const commits = listCommits(project, { tips: [to.oid], exclude: [from.oid] })
        .reverse()
        .map(presentCommit)
      const diffs = diffCommits(project, base, to).map(presentDiff)
      return {
        commit: commits.at(-1) ?? null,
        commits,
        diffs,
        compare_timeout: false,
        compare_same_ref: from.oid === to.oid,
        added_lines: diffs.reduce((sum, diff) => sum + diff.added_lines, 0),
        removed_lines: diffs.reduce((sum, diff) => sum + diff.removed_lines, 0),
        commits_count: commits.length,
        diffs_count: diffs.length,
      }
    },
  )
}
