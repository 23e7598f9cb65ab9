import type { FastifyInstance } from 'fastify'
import { signedIn } from '../../forge/identity.ts'
import type { Token, User } from '../../forge/model.ts'
import { utcDate } from './dates.ts'
import { type TokenSelf, TokenSelf as TokenSelfSchema } from './user-schemas.ts'

/** Whatever a token may do, it may ask about itself. */
const ANY_SCOPE = [
  'api',
  'read_api',
  'read_user',
  'read_repository',
  'write_repository',
  'read_registry',
  'write_registry',
  'sudo',
  'admin_mode',
  'create_runner',
  'manage_runner',
  'ai_features',
  'k8s_proxy',
  'self_rotate',
]

/** https://docs.gitlab.com/api/personal_access_tokens/ */
export function registerTokenSelf(app: FastifyInstance): void {
  app.get(
    '/personal_access_tokens/self',
    {
      config: { operation: 'gitlab.getOwnToken', gitlab: { user: true, scopes: ANY_SCOPE } },
      schema: { response: { 200: TokenSelfSchema } },
    },
    async ({ forge, gitlab }) => {
      const { user, token } = signedIn(gitlab.identity)
      const ids = [...forge.world.tokens.keys()]
      return presentToken(token, user, token ? ids.indexOf(token.value) + 1 : 0)
    },
  )
}

function presentToken(token: Token | null, user: User, id: number): TokenSelf {
  return {
    id,
    name: `${user.username}'s token`,
    revoked: false,
    created_at: utcDate(user.createdAt),
    description: null,
    scopes: [...(token?.scopes ?? ['api'])],
    user_id: user.id,
    last_used_at: null,
    active: true,
    expires_at: null,
  }
}
