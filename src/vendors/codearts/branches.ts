import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { createBranch, deleteBranch, getBranch } from '../../forge/branches.ts'
import { findBranches } from './branch-list.ts'
import * as schemas from './branch-schemas.ts'
import { presentBranch, presentListed, viewBranch } from './branch-view.ts'
import { refuseField } from './errors.ts'
import { findTarget } from './new-tag.ts'
import { demandPattern, policyOf } from './policy.ts'
import { presentCreated } from './present-branch.ts'
import { RepositoryParams } from './schemas.ts'

/** https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/ListBranches.html and its neighbours */
export function registerBranches(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const many = '/repositories/:repository_id/repository/branches'
  const one = '/repositories/:repository_id/repository/branch'
  const params = RepositoryParams
  const reads = { codearts: { needs: 'read', action: 'codeartsrepo:repository:getRepository' } } as const

  app.get(
    many,
    {
      config: { operation: 'codearts.listBranches', ...reads },
      schema: { params, querystring: schemas.ListBranches, response: { 200: schemas.BranchList } },
    },
    async ({ codearts, codeartsProject: project, query }, reply) => {
      const { identity, quirks } = codearts
      const { branches, total } = findBranches(project, identity.user, query)
      reply.header('x-total', String(total))
      return branches.map((branch) =>
        presentListed(viewBranch(project, branch, identity, quirks), query.view),
      )
    },
  )

  app.post(
    many,
    {
      config: {
        operation: 'codearts.createBranch',
        codearts: { needs: 'write', action: 'codeartsrepo:repository:createBranch' },
      },
      schema: { params, body: schemas.NewBranch, response: { 201: schemas.CreatedBranch } },
    },
    async ({ codearts, codeartsProject: project, body }, reply) => {
      const { identity, quirks } = codearts
      const { branch: name, ref, description = '' } = body
      demandPattern(policyOf(project).branch_name_regex, 'branch', name)
      const { heads, tags } = project.repository
      if (heads.has(name)) refuseField('branch-exists', 'branch', 'The branch already exists.')
      if (tags.has(name))
        refuseField('branch-named-like-tag', 'branch', 'A tag with the same name already exists.')
      const commit = findTarget(project, ref) ?? refuseField('ref-unknown', 'ref', 'The ref does not exist.')
      const branch = createBranch(project, name, commit, { user: identity.user, vendor: 'codearts' })
      reply.code(201)
      return presentCreated(project, viewBranch(project, branch, identity, quirks), {
        description,
        source: ref,
        creator: identity.user,
      })
    },
  )

  app.get(
    one,
    {
      config: { operation: 'codearts.getBranch', ...reads },
      schema: { params, querystring: schemas.BranchQuery, response: { 200: schemas.Branch } },
    },
    async ({ codearts, codeartsProject: project, query }) => {
      const branch = getBranch(project, query.branch_name)
      return presentBranch(viewBranch(project, branch, codearts.identity, codearts.quirks))
    },
  )

  app.delete(
    one,
    {
      config: {
        operation: 'codearts.deleteBranch',
        codearts: { needs: 'write', action: 'codeartsrepo:repository:deleteBranch' },
      },
      schema: { params, querystring: schemas.BranchQuery, response: { 200: schemas.Success } },
    },
    async ({ codearts, codeartsProject: project, query }) => {
      const { name } = getBranch(project, query.branch_name)
      if (name === project.defaultBranch)
        refuseField('default-branch-kept', 'branch_name', 'The default branch cannot be deleted.')
      deleteBranch(project, name, { user: codearts.identity.user, vendor: 'codearts' })
      // Unlike tags, branches go with a body.
      return { status: 'success' as const }
    },
  )
}
