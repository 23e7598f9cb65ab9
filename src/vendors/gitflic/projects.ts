import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { givenRole } from '../../forge/catalogue.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { PROJECT_CHANGE } from './auth.ts'
import type { Endpoint } from './context.ts'
import { createGitFlicProject } from './new-project.ts'
import { PageQuery } from './page-schemas.ts'
import { pageOf, pageRequest, sendPage } from './paging.ts'
import { presentProject } from './present-project.ts'
import * as schemas from './project-schemas.ts'
import type { Quirks } from './quirks.ts'
import { ProjectParams } from './schemas.ts'

const READING: Endpoint = { scopes: ['PROJECT_READ'] }

type Listing = (request: FastifyRequest, title: string) => ProjectSpec[]

/** Each list and who is on it. */
const LISTS: readonly (readonly [path: string, Listing])[] = [
  ['/project', publicProjects],
  ['/project/my', (request) => projectsWithRole(request, (role) => role === 'owner')],
  ['/project/shared', (request) => projectsWithRole(request, (role) => role !== null && role !== 'owner')],
]

/** https://docs.gitflic.ru/en/api/project */
export function registerProjects(instance: FastifyInstance, quirks: Quirks): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  for (const [path, list] of LISTS) {
    const querystring = path === '/project' ? schemas.ProjectQuery : PageQuery
    app.get(
      path,
      {
        config: { operation: 'gitflic.listProjects', gitflic: READING },
        schema: { querystring, response: { 200: schemas.ProjectPage } },
      },
      async (request, reply) => {
        const page = pageRequest(request.query, quirks)
        const title = 'q' in request.query ? String(request.query.q ?? '') : ''
        const specs = list(request, title)
        const projects = await Promise.all(pageOf(specs, page).map((spec) => request.forge.open(spec)))
        const items = projects.map((project) => presentProject(project, request.gitflicBase))
        return sendPage(reply, 'projectList', items, specs.length, page)
      },
    )
  }

  app.get(
    '/project/:ownerAlias/:projectAlias',
    {
      config: { operation: 'gitflic.getProject', gitflic: { ...READING, needs: 'project' } },
      schema: { params: ProjectParams, response: { 200: schemas.Project } },
    },
    async ({ gitflicProject, gitflicBase }) => presentProject(gitflicProject, gitflicBase),
  )

  app.post(
    '/project',
    {
      config: { operation: 'gitflic.createProject', gitflic: { scopes: PROJECT_CHANGE } },
      schema: { body: schemas.NewProject, response: { 200: schemas.Project } },
    },
    async ({ forge, gitflic, gitflicBase, body }) =>
      presentProject(await forge.open(createGitFlicProject(forge, gitflic, body)), gitflicBase),
  )
}

function publicProjects({ forge }: FastifyRequest, title: string): ProjectSpec[] {
  const part = title.toLowerCase()
  return withRepository(forge.specs).filter(
    (spec) => spec.visibility !== 'private' && spec.name.toLowerCase().includes(part),
  )
}

function projectsWithRole(
  { forge, gitflic }: FastifyRequest,
  keep: (role: ReturnType<typeof givenRole>) => boolean,
): ProjectSpec[] {
  return withRepository(forge.specs).filter((spec) => keep(givenRole(gitflic, spec)))
}

/** A project without a repository is nothing that GitFlic knows. */
function withRepository(specs: readonly ProjectSpec[]): ProjectSpec[] {
  return specs.filter((spec) => spec.source.kind !== 'none')
}
