import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { diffCommits } from '../../forge/file-diffs.ts'
import { getCommit, statOf } from '../../forge/history.ts'
import type { Commit } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { findCommits, presentDays } from './commit-list.ts'
import * as schemas from './commit-schemas.ts'
import { presentCommit } from './present.ts'
import { countLines } from './present-diff.ts'
import { demandCommit } from './revision.ts'
import { RepositoryParams } from './schemas.ts'

/** https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/ShowCommit.html and its neighbours */
export function registerCommits(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const config = { codearts: { needs: 'read', action: 'codeartsrepo:repository:getRepository' } } as const
  const repository = '/repositories/:repository_id/repository'
  const params = RepositoryParams

  // The plural notwithstanding, this is one commit, named in the query.
  app.get(
    `${repository}/commits`,
    {
      config: { operation: 'codearts.listCommits', ...config },
      schema: { params, querystring: schemas.CommitQuery, response: { 200: schemas.CommitDetail } },
    },
    async ({ codeartsProject: project, query }) => {
      const commit = demandCommit(project, query.sha)
      return {
        ...presentCommit(commit),
        ...(query.stats && { stats: presentStats(project, commit) }),
        ...(query.show_code_changes && { code_changes: presentChanges(project, commit) }),
      }
    },
  )

  app.get(
    `${repository}/commit-list`,
    {
      config: { operation: 'codearts.listCommitsOfPath', ...config },
      schema: { params, querystring: schemas.ListCommits, response: { 200: schemas.CommitList } },
    },
    async ({ codeartsProject: project, query }) => {
      const commits = findCommits(project, query)
      return { commits: commits.map(presentCommit), date_title: presentDays(commits) }
    },
  )
}

function presentStats(project: Project, { oid }: Commit) {
  const { additions, deletions } = statOf(project, oid)
  return { additions, deletions, total: additions + deletions }
}

function presentChanges(project: Project, commit: Commit) {
  const [parent] = commit.parents
  const before = parent === undefined ? null : getCommit(project, parent)
  return diffCommits(project, before, commit).map((file) => {
    const { added, removed } = countLines(file)
    return { added_line: added, deleted_line: removed, path: file.newPath }
  })
}
