import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { projectsOf, visibleProjects } from '../../forge/catalogue.ts'
import { collection } from './collection.ts'
import { message, refuse } from './errors.ts'
import { presentProject } from './present-project.ts'
import { projectPage } from './project-pages.ts'
import * as schemas from './project-schemas.ts'
import { viewProject } from './project-view.ts'
import { ProjectParams } from './schemas.ts'

/** https://docs.gitlab.com/api/projects/ */
export function registerProjects(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const list = { querystring: schemas.ListProjects, response: { 200: schemas.ProjectList } }

  app.get(
    '/projects/:id',
    {
      config: { operation: 'gitlab.getProject', gitlab: { needs: 'project' } },
      schema: { params: ProjectParams, response: { 200: schemas.Project } },
    },
    async ({ forge, gitlab, gitlabProject }) =>
      presentProject(await viewProject(forge, gitlabProject.spec, gitlab.identity), gitlab.base),
  )

  for (const url of collection('/projects')) {
    app.get(
      url,
      { config: { operation: 'gitlab.listProjects', gitlab: {} }, schema: list },
      (request, reply) => projectPage(request, reply, request.query),
    )
  }

  app.get(
    '/users/:id/projects',
    {
      config: { operation: 'gitlab.listUserProjects', gitlab: {} },
      schema: { params: schemas.NameParams, ...list },
    },
    async (request, reply) => {
      const { forge, gitlab, params, query } = request
      const user = forge.user(/^\d+$/.test(params.id) ? Number(params.id) : params.id)
      const owner = user && forge.owner(user.username)
      if (!owner) return refuse('user-not-found', message(404, '404 User Not Found'))
      const among = projectsOf(visibleProjects(forge, gitlab.identity), owner)
      return projectPage(request, reply, query, among)
    },
  )
}
