import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import { visibleProjects } from '../../forge/catalogue.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { plainUuid } from './identifiers.ts'
import { presentBasic, presentRepository } from './present-repository.ts'
import * as schemas from './repository-schemas.ts'
import { RepositoryParams } from './schemas.ts'
import { searchFor } from './search.ts'

/** https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/ShowRepository.html and its neighbours */
export function registerRepositories(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const action = 'codeartsrepo:repository:getRepository'
  const querystring = schemas.ListRepositories
  const response = { 200: schemas.RepositoryList }

  app.get(
    '/repositories/:repository_id',
    {
      config: { operation: 'codearts.getRepository', codearts: { needs: 'read', action } },
      schema: { params: RepositoryParams, response: { 200: schemas.Repository } },
    },
    async ({ codearts, codeartsProject: project }) => presentRepository(project, codearts.base),
  )

  app.get(
    '/projects/:project_id/repositories',
    {
      config: { operation: 'codearts.listProjectRepositories', codearts: { action } },
      schema: { params: schemas.ProjectParams, querystring, response },
    },
    async (request, reply) => {
      const { project_id: id } = request.params
      const owner = request.forge.world.owners.find((known) => plainUuid(known) === id.toLowerCase())
      if (!owner) return fail('owner-missing', { owner: id })
      return listPage(request, reply, request.query, (spec) => spec.owner.id === owner.id)
    },
  )

  app.get(
    '/user/repositories',
    {
      config: { operation: 'codearts.listOwnRepositories', codearts: { action } },
      schema: { querystring, response },
    },
    async (request, reply) => listPage(request, reply, request.query, () => true),
  )
}

async function listPage(
  { codearts, forge }: FastifyRequest,
  reply: FastifyReply,
  { search, offset, limit }: { search?: string; offset: number; limit: number },
  isWanted: (spec: ProjectSpec) => boolean,
) {
  const keep = searchFor(search) ?? (() => true)
  const specs = visibleProjects(forge, codearts.identity).filter(
    (spec) => spec.source.kind !== 'none' && isWanted(spec) && keep(spec.name),
  )
  reply.header('x-total', String(specs.length))
  const projects = await Promise.all(specs.slice(offset, offset + limit).map((spec) => forge.open(spec)))
  return projects.map((project) => presentBasic(project, codearts.base))
}
