import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { fail } from '../../failure.ts'
import type { Forge } from '../../forge/forge.ts'
import { signedIn } from '../../forge/identity.ts'
import type { User } from '../../forge/model.ts'
import { IssuedToken, Login } from './iam-schemas.ts'
import { plainUuid } from './identifiers.ts'

/** How long a token lasts, milliseconds. */
const DAY = 24 * 60 * 60 * 1000

/** The one call of IAM that clients need: https://support.huaweicloud.com/intl/en-us/api-iam/iam_30_0001.html */
export function registerIam(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.post(
    '/auth/tokens',
    {
      config: { operation: 'codearts.createToken', codearts: { open: true } },
      schema: { body: Login, response: { 201: IssuedToken } },
    },
    async ({ forge, body }, reply) => {
      const { name, id, password } = body.auth.identity.password.user
      const { user } = signedIn(forge.identifyPassword(name ?? usernameOf(forge, id), password))
      const now = forge.clock.now()
      const token = forge.issueToken(user, now + DAY)
      reply.code(201).header('x-subject-token', token.value)
      return presentToken(user, now)
    },
  )
}

function usernameOf({ world }: Forge, id: string | undefined): string {
  return world.users.find((user) => plainUuid(user) === id)?.username ?? fail('credential-unknown', {})
}

/** Each user is the only one of an account of its own. */
function presentToken(user: User, now: number): IssuedToken {
  const id = plainUuid(user)
  return {
    token: {
      expires_at: keystoneDate(now + DAY),
      issued_at: keystoneDate(now),
      methods: ['password'],
      catalog: [],
      roles: [],
      user: { id, name: user.username, domain: { id, name: user.username }, password_expires_at: '' },
    },
  }
}

/** `2024-06-01T12:00:00.000000Z` */
function keystoneDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z')
}
