import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { demandWrite } from '../../forge/access.ts'
import { deleteBranch, getBranch } from '../../forge/branches.ts'
import { signedIn } from '../../forge/identity.ts'
import { branchPage } from './branch-list.ts'
import * as schemas from './branch-schemas.ts'
import { presentBranch, viewBranches } from './branch-view.ts'
import { collection } from './collection.ts'
import { demandUnmodified } from './conditional.ts'
import { message, refuse } from './errors.ts'
import { createGitLabBranch } from './new-branch.ts'
import type { Profile } from './profiles.ts'
import { sceneOf } from './tag-view.ts'

/** https://docs.gitlab.com/api/branches/ */
export function registerBranches(instance: FastifyInstance, profile: Profile): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const config = { gitlab: { needs: 'code' } } as const
  const branches = '/projects/:id/repository/branches'

  for (const url of collection(branches)) {
    app.get(
      url,
      {
        config: { operation: 'gitlab.listBranches', ...config },
        schema: { querystring: schemas.ListBranches, response: { 200: schemas.BranchList } },
      },
      async (request, reply) => {
        const { gitlab, gitlabProject: project, query } = request
        const view = viewBranches(project, gitlab.identity)
        return branchPage(request, reply, project, query).map((branch) =>
          presentBranch(view(branch), sceneOf(project, gitlab)),
        )
      },
    )

    app.post(
      url,
      {
        config: { operation: 'gitlab.createBranch', ...config },
        schema: { body: schemas.NewBranch, response: { 201: schemas.Branch } },
      },
      async (request, reply) => {
        const { gitlab, gitlabProject: project, body } = request
        demandWrite(gitlab.identity, project.spec, 'developer')
        const { user } = signedIn(gitlab.identity)
        const branch = createGitLabBranch(project, user, { name: body.branch, ref: body.ref }, profile)
        reply.code(201)
        return presentBranch(viewBranches(project, gitlab.identity)(branch), sceneOf(project, gitlab))
      },
    )
  }

  // Before GET, since Fastify would make a HEAD of its own from that: this one answers 204 and another 404.
  app.head(
    `${branches}/:branch`,
    { config: { operation: 'gitlab.hasBranch', ...config }, schema: { params: schemas.BranchParams } },
    async ({ gitlabProject: project, params }, reply) =>
      project.repository.heads.has(params.branch)
        ? reply.code(204).send()
        : refuse('ref-missing', message(404, '404 Not Found')),
  )

  app.get(
    `${branches}/:branch`,
    {
      config: { operation: 'gitlab.getBranch', ...config },
      schema: { params: schemas.BranchParams, response: { 200: schemas.Branch } },
    },
    async ({ gitlab, gitlabProject: project, params }) => {
      const branch = getBranch(project, params.branch)
      return presentBranch(viewBranches(project, gitlab.identity)(branch), sceneOf(project, gitlab))
    },
  )

  app.delete(
    `${branches}/:branch`,
    { config: { operation: 'gitlab.deleteBranch', ...config }, schema: { params: schemas.BranchParams } },
    async (request, reply) => {
      const { gitlab, gitlabProject: project, params } = request
      demandWrite(gitlab.identity, project.spec, 'developer')
      const { name, commit } = getBranch(project, params.branch)
      demandUnmodified(request, commit.author.time * 1000)
      if (name === project.defaultBranch)
        refuse(
          'default-branch-undeletable',
          message(400, 'The default branch of a project cannot be deleted.'),
        )
      deleteBranch(project, name, { user: signedIn(gitlab.identity).user, vendor: 'gitlab' })
      return reply.code(204).send()
    },
  )
}
