import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { getBranch } from '../../forge/branches.ts'
import type { Forge } from '../../forge/forge.ts'
import { getCommit, listCommits } from '../../forge/history.ts'
import type { Commit } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import type { Endpoint } from './context.ts'
import * as schemas from './history-schemas.ts'
import { demandCommit } from './new-tag.ts'
import { pageOf, pageRequest, sendPage } from './paging.ts'
import { personOf } from './people.ts'
import { type CommitView, presentCommit } from './present-history.ts'
import type { Quirks } from './quirks.ts'
import { ProjectParams } from './schemas.ts'

const READING: Endpoint = { scopes: ['PROJECT_READ'], needs: 'code' }

/** https://docs.gitflic.ru/en/api/commit */
export function registerCommits(instance: FastifyInstance, quirks: Quirks): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const project = '/project/:ownerAlias/:projectAlias'

  app.get(
    `${project}/commits`,
    {
      config: { operation: 'gitflic.listCommits', gitflic: READING },
      schema: {
        params: ProjectParams,
        querystring: schemas.CommitQuery,
        response: { 200: schemas.CommitPage },
      },
    },
    async ({ forge, gitflicProject, query }, reply) => {
      const page = pageRequest(query, quirks)
      const commits = commitsOf(gitflicProject, query.branch)
      const items = pageOf(commits, page).map((commit) => presentCommit(viewCommit(forge, commit)))
      return sendPage(reply, 'commitList', items, commits.length, page)
    },
  )

  app.get(
    `${project}/commit/:commitId`,
    {
      config: { operation: 'gitflic.getCommit', gitflic: READING },
      schema: { params: schemas.CommitParams, response: { 200: schemas.Commit } },
    },
    async ({ forge, gitflicProject, params }) => {
      const commit = getCommit(gitflicProject, demandCommit(gitflicProject, params.commitId))
      return presentCommit(viewCommit(forge, commit))
    },
  )
}

export function viewCommit(forge: Forge, commit: Commit): CommitView {
  return { commit, author: personOf(forge, commit.author), committer: personOf(forge, commit.committer) }
}

/** The history of a branch, of the default one unless it is named; none in an empty repository. */
function commitsOf(project: Project, branch: string | undefined): Commit[] {
  if (branch === undefined && project.repository.heads.size === 0) return []
  return listCommits(project, { tips: [getBranch(project, branch ?? project.defaultBranch).commit.oid] })
}
