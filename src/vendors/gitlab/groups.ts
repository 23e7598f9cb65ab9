import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isMember, maySeeOwner, projectsOf, visibleProjects } from '../../forge/catalogue.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Owner } from '../../forge/model.ts'
import { isAtLevel } from './access-levels.ts'
import { collection } from './collection.ts'
import { message, refuse } from './errors.ts'
import { pageOf } from './page-of.ts'
import { presentGroup, viewNamespace } from './present-namespace.ts'
import { presentProject } from './present-project.ts'
import { compare } from './project-list.ts'
import { projectPage } from './project-pages.ts'
import * as schemas from './project-schemas.ts'
import { viewProject } from './project-view.ts'

/** https://docs.gitlab.com/api/groups/ */
export function registerGroups(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  for (const url of collection('/groups')) {
    app.get(
      url,
      {
        config: { operation: 'gitlab.listGroups', gitlab: {} },
        schema: { querystring: schemas.ListGroups, response: { 200: schemas.GroupList } },
      },
      async (request, reply) => {
        const { forge, gitlab, query } = request
        const found = forge.world.owners.filter(
          (owner) =>
            owner.kind !== 'user' &&
            maySeeOwner(forge, gitlab.identity, owner) &&
            fits(owner, gitlab.identity, query),
        )
        return pageOf(request, reply, sortGroups(found, query), query).map((owner) =>
          presentGroup(viewNamespace(forge, owner), gitlab.base),
        )
      },
    )
  }

  app.get(
    '/groups/:id',
    {
      config: { operation: 'gitlab.getGroup', gitlab: {} },
      schema: {
        params: schemas.NameParams,
        querystring: schemas.GetGroup,
        response: { 200: schemas.Group },
      },
    },
    async (request) => {
      const { forge, gitlab, query } = request
      const owner = findGroup(request, request.params.id)
      const group = presentGroup(viewNamespace(forge, owner), gitlab.base)
      if (!query.with_projects) return group
      const specs = projectsOf(visibleProjects(forge, gitlab.identity), owner).reverse()
      // Rendered without the current user: a group's projects carry no permissions.
      const views = await Promise.all(specs.map((spec) => viewProject(forge, spec, gitlab.identity)))
      const projects = views.map((view) => presentProject({ ...view, permissions: null }, gitlab.base))
      return { ...group, projects, shared_projects: [] }
    },
  )

  app.get(
    '/groups/:id/projects',
    {
      config: { operation: 'gitlab.listGroupProjects', gitlab: {} },
      schema: {
        params: schemas.NameParams,
        querystring: schemas.ListProjects,
        response: { 200: schemas.ProjectList },
      },
    },
    async (request, reply) => {
      const owner = findGroup(request, request.params.id)
      const among = projectsOf(visibleProjects(request.forge, request.gitlab.identity), owner)
      return projectPage(request, reply, request.query, among)
    },
  )
}

/** A group by number or full path, that the viewer may see. */
function findGroup({ forge, gitlab }: FastifyRequest, id: string): Owner {
  const owner = forge.owner(/^\d+$/.test(id) ? Number(id) : id)
  const isSeen = owner && owner.kind !== 'user' && maySeeOwner(forge, gitlab.identity, owner)
  return isSeen ? owner : refuse('group-not-found', message(404, '404 Group Not Found'))
}

function fits(owner: Owner, viewer: Identity, query: schemas.ListGroups): boolean {
  const term = query.search?.toLowerCase()
  if (term && !owner.name.toLowerCase().includes(term) && !owner.alias.toLowerCase().includes(term))
    return false
  if (query.top_level_only && owner.alias.includes('/')) return false
  if (!viewer.user) return true
  const role = owner.members.get(viewer.user.username) ?? null
  if (query.owned && role !== 'owner') return false
  return (
    query.min_access_level === undefined ||
    (isMember(viewer, owner) && isAtLevel(role, query.min_access_level))
  )
}

function sortGroups(owners: readonly Owner[], { order_by, sort }: schemas.ListGroups): Owner[] {
  const key = (owner: Owner) => {
    if (order_by === 'id') return owner.id
    return order_by === 'path' ? owner.alias.toLowerCase() : owner.name.toLowerCase()
  }
  const sign = sort === 'asc' ? 1 : -1
  return [...owners].sort((a, b) => sign * (compare(key(a), key(b)) || a.id - b.id))
}
