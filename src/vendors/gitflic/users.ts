import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { fail } from '../../failure.ts'
import type { Endpoint } from './context.ts'
import { PageQuery } from './page-schemas.ts'
import { pageOf, pageRequest, sendPage } from './paging.ts'
import { presentMe, presentUser } from './present-user.ts'
import * as schemas from './project-schemas.ts'
import type { Quirks } from './quirks.ts'

const READING: Endpoint = { scopes: ['USER_READ'] }

/** https://docs.gitflic.ru/en/api/user */
export function registerUsers(instance: FastifyInstance, quirks: Quirks): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.get(
    '/user',
    {
      config: { operation: 'gitflic.listUsers', gitflic: READING },
      schema: { querystring: PageQuery, response: { 200: schemas.UserPage } },
    },
    async ({ forge, query }, reply) => {
      const page = pageRequest(query, quirks)
      const { users } = forge.world
      return sendPage(reply, 'userList', pageOf(users, page).map(presentUser), users.length, page)
    },
  )

  app.get(
    '/user/me',
    {
      config: { operation: 'gitflic.getOwnUser', gitflic: READING },
      schema: { response: { 200: schemas.Me } },
    },
    async ({ gitflic }) => presentMe(gitflic.user),
  )

  app.get(
    '/user/:alias',
    {
      config: { operation: 'gitflic.getUser', gitflic: READING },
      schema: { params: schemas.UserParams, response: { 200: schemas.User } },
    },
    async ({ forge, params: { alias } }) => {
      const user = forge.world.users.find(({ username }) => username === alias)
      return presentUser(user ?? fail('user-missing', { user: alias }))
    },
  )
}
