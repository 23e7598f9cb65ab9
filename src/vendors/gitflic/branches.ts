import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { createBranch, getBranch, listBranches } from '../../forge/branches.ts'
import { isMerged } from '../../forge/history.ts'
import type { Branch } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { PROJECT_CHANGE } from './auth.ts'
import { viewCommit } from './commits.ts'
import type { Endpoint } from './context.ts'
import * as schemas from './history-schemas.ts'
import { PageQuery } from './page-schemas.ts'
import { offsetOf, pageRequest, sendPage } from './paging.ts'
import { type BranchView, presentBranch } from './present-history.ts'
import type { Quirks } from './quirks.ts'
import { ProjectParams } from './schemas.ts'

const READING: Endpoint = { scopes: ['PROJECT_READ'], needs: 'code' }
const WRITING: Endpoint = { scopes: PROJECT_CHANGE, needs: 'code', role: 'developer', writes: true }

/** https://docs.gitflic.ru/en/api/branch */
export function registerBranches(instance: FastifyInstance, quirks: Quirks): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const project = '/project/:ownerAlias/:projectAlias'

  app.get(
    `${project}/branch`,
    {
      config: { operation: 'gitflic.listBranches', gitflic: READING },
      schema: {
        params: ProjectParams,
        querystring: schemas.BranchQuery,
        response: { 200: schemas.BranchAnswer },
      },
    },
    async ({ gitflicProject, query }, reply) => {
      if (query.branchName) return present(gitflicProject, getBranch(gitflicProject, query.branchName))
      const page = pageRequest(query, quirks)
      const found = listBranches(gitflicProject, {
        order: 'name',
        direction: 'asc',
        offset: offsetOf(page),
        limit: page.size,
      })
      const items = found.branches.map((branch) => present(gitflicProject, branch))
      return sendPage(reply, 'branchList', items, found.total, page)
    },
  )

  app.get(
    `${project}/branch/default`,
    {
      config: { operation: 'gitflic.getDefaultBranch', gitflic: READING },
      schema: { params: ProjectParams, response: { 200: schemas.Branch } },
    },
    async ({ gitflicProject }) =>
      present(gitflicProject, getBranch(gitflicProject, gitflicProject.defaultBranch)),
  )

  app.post(
    `${project}/branch`,
    {
      config: { operation: 'gitflic.createBranch', gitflic: WRITING },
      schema: { params: ProjectParams, body: schemas.NewBranch, response: { 200: schemas.Branch } },
    },
    async ({ gitflic: { user }, gitflicProject, body }) => {
      const { oid } = getBranch(gitflicProject, body.originBranch).commit
      return present(
        gitflicProject,
        createBranch(gitflicProject, body.newBranch, oid, { user, vendor: 'gitflic' }),
      )
    },
  )

  // Rules for branches are not emulated; clients that ask for them find none.
  app.get(
    `${project}/branch-protection`,
    {
      config: { operation: 'gitflic.listBranchProtections', gitflic: READING },
      schema: {
        params: ProjectParams,
        querystring: PageQuery,
        response: { 200: schemas.BranchRulePage },
      },
    },
    async ({ query }, reply) => {
      const none: schemas.BranchRule[] = []
      return sendPage(reply, 'branchProtectionApiModelList', none, 0, pageRequest(query, quirks))
    },
  )
}

function present(project: Project, branch: Branch): schemas.Branch {
  return presentBranch(viewBranch(project, branch))
}

function viewBranch(project: Project, branch: Branch): BranchView {
  const isDefault = branch.name === project.defaultBranch
  const trunk = isDefault ? undefined : project.repository.branch(project.defaultBranch)
  return {
    branch,
    lastCommit: viewCommit(project.forge, branch.commit),
    isDefault,
    isMerged: trunk !== undefined && isMerged(project, branch.commit.oid, trunk.commit.oid),
  }
}
