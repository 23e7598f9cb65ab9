import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { signedIn } from '../../forge/identity.ts'
import type { User } from '../../forge/model.ts'
import { collection } from './collection.ts'
import { message, refuse } from './errors.ts'
import { pageOf } from './page-of.ts'
import { presentPrivate, presentProfile } from './present-profile.ts'
import { presentUserBasic } from './present-user.ts'
import type { Profile } from './profiles.ts'
import { registerTokenSelf } from './token-self.ts'
import * as schemas from './user-schemas.ts'

const SCOPES = ['api', 'read_api', 'read_user']

/** https://docs.gitlab.com/api/users/ */
export function registerUsers(instance: FastifyInstance, profile: Profile): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  if (profile.hasTokenSelf) registerTokenSelf(app)

  app.get(
    '/user',
    {
      config: { operation: 'gitlab.getOwnUser', gitlab: { user: true, scopes: SCOPES } },
      schema: { response: { 200: schemas.UserPrivate } },
    },
    async ({ gitlab }) => {
      const { user } = signedIn(gitlab.identity)
      return presentPrivate(user, gitlab.base, user)
    },
  )

  for (const url of collection('/users')) {
    app.get(
      url,
      {
        config: { operation: 'gitlab.listUsers', gitlab: { scopes: SCOPES } },
        schema: { querystring: schemas.ListUsers, response: { 200: schemas.UserList } },
      },
      async (request, reply) => {
        const { gitlab, query } = request
        const viewer = gitlab.identity.user
        // Somebody unknown may look a single name up, but not see who there is.
        if (!viewer && !query.username)
          refuse(
            'user-list-anonymous',
            message(403, '403 Forbidden - Not authorized to access /api/v4/users'),
          )
        const found = findUsers(request.forge.world.users, query)
        return pageOf(request, reply, found, query).map((user) =>
          viewer?.admin ? presentPrivate(user, gitlab.base, viewer) : presentUserBasic(user, gitlab.base),
        )
      },
    )
  }

  app.get(
    '/users/:id',
    {
      config: { operation: 'gitlab.getUser', gitlab: { scopes: SCOPES } },
      schema: { params: schemas.UserParams, response: { 200: schemas.AnyUser } },
    },
    async ({ forge, gitlab, params }) => {
      const viewer = gitlab.identity.user
      if (!viewer) return refuse('user-anonymous', message(403, '403 Forbidden - Not authorized!'))
      const user = forge.user(params.id) ?? refuse('user-not-found', message(404, '404 User Not Found'))
      return viewer.admin ? presentPrivate(user, gitlab.base, viewer) : presentProfile(user, gitlab.base)
    },
  )
}

/** Newest first. A username has to fit exactly, a search only somewhere; both ignore case. */
function findUsers(users: readonly User[], query: schemas.ListUsers): User[] {
  const username = query.username?.toLowerCase()
  const term = query.search?.toLowerCase()
  return users
    .filter((user) => !username || user.username.toLowerCase() === username)
    .filter((user) => !term || fits(user, term))
    .filter((user) => !(query.active && user.blocked) && !(query.blocked && !user.blocked))
    .sort((a, b) => b.id - a.id)
}

/** An e-mail address has to be known in full: it must not be found out letter by letter. */
function fits(user: User, term: string): boolean {
  const { username, name, email } = user
  return (
    username.toLowerCase().includes(term) || name.toLowerCase().includes(term) || email.toLowerCase() === term
  )
}
