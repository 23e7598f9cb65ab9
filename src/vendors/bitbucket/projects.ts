import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import { projectsOf } from '../../forge/catalogue.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Owner, User } from '../../forge/model.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { findOwner, keyOf, slugOf, userSlug } from './naming.ts'
import { effectivePage, type PageQuery, pageOf } from './paging.ts'
import { PERMISSIONS, type Permission, permits } from './permissions.ts'
import { presentProject, presentRepository, presentUser } from './present.ts'
import * as schemas from './project-schemas.ts'
import { hasFilter } from './ref-lookup.ts'
import { sceneOf } from './scene.ts'
import { PageQuery as PageQuerySchema, RepositoryParams, User as UserSchema } from './schemas.ts'

/** Projects, repositories and users: looking around. */
export function registerProjects(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.get(
    '/api/1.0/projects',
    {
      config: { operation: 'bitbucket.listProjects' },
      schema: { querystring: schemas.ListProjects, response: { 200: schemas.ProjectPage } },
    },
    async (request) => {
      const { forge, query, bitbucket } = request
      const needed = permissionOf(query.permission)
      const visible = forge.world.owners
        .filter((owner) => owner.kind !== 'user' && mayView(request, owner, needed))
        .sort((a, b) => compareNames(a.name, b.name))
      if (visible.length === 0 && !bitbucket.identity.user) fail('credential-missing', {})
      const named = visible.filter(({ name }) => contains(name, query.name))
      return paged(request, query, named, (owner) => presentProject(owner, null, sceneOf(request)))
    },
  )

  app.get(
    '/api/1.0/projects/:key',
    {
      config: { operation: 'bitbucket.getProject' },
      schema: { params: schemas.ProjectParams, response: { 200: schemas.Project } },
    },
    async (request) => {
      const owner = openOwner(request, request.params.key)
      return presentProject(owner, userOf(request, owner), sceneOf(request))
    },
  )

  app.get(
    '/api/1.0/projects/:key/repos',
    {
      config: { operation: 'bitbucket.listProjectRepositories' },
      schema: {
        params: schemas.ProjectParams,
        querystring: PageQuerySchema,
        response: { 200: schemas.RepositoryPage },
      },
    },
    async (request) => {
      const owner = openOwner(request, request.params.key)
      const specs = readable(request, projectsOf(request.forge.specs, owner), 'REPO_READ')
      return paged(request, request.query, specs, (spec) => presentSpec(request, spec))
    },
  )

  app.get(
    '/api/1.0/projects/:key/repos/:slug',
    {
      config: { operation: 'bitbucket.getRepository', bitbucket: { needs: 'REPO_READ' } },
      schema: { params: RepositoryParams, response: { 200: schemas.Repository } },
    },
    async (request) => presentSpec(request, request.bitbucketProject.spec),
  )

  app.get(
    '/api/1.0/repos',
    {
      config: { operation: 'bitbucket.listRepositories' },
      schema: { querystring: schemas.ListRepositories, response: { 200: schemas.RepositoryPage } },
    },
    async (request) => {
      const { query, forge, bitbucket } = request
      const visible = readable(request, forge.specs, permissionOf(query.permission))
      if (visible.length === 0 && !bitbucket.identity.user) fail('credential-missing', {})
      const found = visible.filter(
        (spec) =>
          contains(spec.name, query.name) &&
          contains(spec.owner.name, query.projectname) &&
          (!query.projectkey || keyOf(spec.owner) === query.projectkey.toUpperCase()),
      )
      return paged(request, query, found, (spec) => presentSpec(request, spec))
    },
  )

  app.get(
    '/api/1.0/users/:user',
    {
      config: { operation: 'bitbucket.getUser' },
      schema: { params: schemas.UserParams, response: { 200: UserSchema } },
    },
    async (request) => {
      if (!request.bitbucket.identity.user) fail('credential-missing', {})
      const slug = request.params.user.toLowerCase()
      const user = request.forge.world.users.find(({ username }) => userSlug(username) === slug)
      return presentUser(user ?? fail('user-missing', { user: request.params.user }), sceneOf(request))
    },
  )
}

/** A project shows to whoever may read one of its repositories, and to its members. */
function mayView({ bitbucket, forge }: FastifyRequest, owner: Owner, needed: Permission): boolean {
  const { identity } = bitbucket
  if (identity.user?.admin || (identity.user && owner.members.has(identity.user.username))) return true
  return projectsOf(forge.specs, owner).some((spec) => permits(identity, spec, needed))
}

/** Throws `owner-missing`, `role-too-low`. */
function openOwner(request: FastifyRequest, key: string): Owner {
  const owner = findOwner(request.forge, key) ?? fail('owner-missing', { owner: key })
  if (!mayView(request, owner, 'REPO_READ')) fail('role-too-low', { needed: 'PROJECT_VIEW', role: null })
  return owner
}

function readable(
  { bitbucket }: FastifyRequest,
  specs: readonly ProjectSpec[],
  needed: Permission,
): ProjectSpec[] {
  const identity: Identity = bitbucket.identity
  return specs
    .filter((spec) => permits(identity, spec, needed))
    .sort((a, b) => compareNames(slugOf(a), slugOf(b)) || a.id - b.id)
}

function presentSpec(request: FastifyRequest, spec: ProjectSpec): schemas.Repository {
  return presentRepository(spec, userOf(request, spec.owner), sceneOf(request))
}

function userOf({ forge }: FastifyRequest, owner: Owner): User | null {
  return owner.kind === 'user' ? (forge.user(owner.alias) ?? null) : null
}

function paged<Item, Value>(
  request: FastifyRequest,
  query: PageQuery,
  items: readonly Item[],
  present: (item: Item) => Value,
) {
  const page = effectivePage(query)
  const shown = items.slice(page.start, page.start + page.limit + 1).map(present)
  return pageOf(shown, page, { hasFilter: hasFilter(request) })
}

/** `PROJECT_WRITE` means what `REPO_WRITE` does; anything else is reading. */
function permissionOf(text = ''): Permission {
  return PERMISSIONS.find((permission) => permission === text.replace(/^PROJECT/, 'REPO')) ?? 'REPO_READ'
}

function contains(text: string, part = ''): boolean {
  return text.toLowerCase().includes(part.toLowerCase())
}

function compareNames(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()]
  if (left === right) return 0
  return left < right ? -1 : 1
}
