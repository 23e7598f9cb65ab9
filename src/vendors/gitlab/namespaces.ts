import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { fail } from '../../failure.ts'
import { isMember } from '../../forge/catalogue.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Owner } from '../../forge/model.ts'
import { collection } from './collection.ts'
import { pageOf } from './page-of.ts'
import { presentNamespace, viewNamespace } from './present-namespace.ts'
import * as schemas from './project-schemas.ts'

/** https://docs.gitlab.com/api/namespaces/ — only members, and administrators, see a namespace as such. */
export function registerNamespaces(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  for (const url of collection('/namespaces')) {
    app.get(
      url,
      {
        config: { operation: 'gitlab.listNamespaces', gitlab: { user: true } },
        schema: { querystring: schemas.ListNamespaces, response: { 200: schemas.NamespaceList } },
      },
      async (request, reply) => {
        const { forge, gitlab, query } = request
        const found = forge.world.owners
          .filter((owner) => mayList(gitlab.identity, owner) && fits(owner, gitlab.identity, query))
          .sort((a, b) => a.id - b.id)
        return pageOf(request, reply, found, query).map((owner) =>
          presentNamespace(viewNamespace(forge, owner), gitlab.base),
        )
      },
    )
  }

  app.get(
    '/namespaces/:id',
    {
      config: { operation: 'gitlab.getNamespace', gitlab: { user: true } },
      schema: { params: schemas.NameParams, response: { 200: schemas.Namespace } },
    },
    async ({ forge, gitlab, params: { id } }) => {
      const owner = forge.owner(/^\d+$/.test(id) ? Number(id) : id)
      if (!owner || !mayList(gitlab.identity, owner)) return fail('owner-missing', { owner: id })
      return presentNamespace(viewNamespace(forge, owner), gitlab.base)
    },
  )
}

function mayList(viewer: Identity, owner: Owner): boolean {
  return viewer.user?.admin === true || isMember(viewer, owner)
}

function fits(owner: Owner, { user }: Identity, query: schemas.ListNamespaces): boolean {
  const term = query.search?.toLowerCase()
  if (term && !owner.name.toLowerCase().includes(term) && !owner.alias.toLowerCase().includes(term))
    return false
  if (query.top_level_only && owner.alias.includes('/')) return false
  return !query.owned_only || (user !== null && owner.members.get(user.username) === 'owner')
}
