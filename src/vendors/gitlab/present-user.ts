import type { User } from '../../forge/model.ts'
import type { UserBasic } from './user-basic-schemas.ts'

/** lib/api/entities/user_basic.rb. `base` is the address that web pages begin with. */
export function presentUserBasic(user: User, base: string): UserBasic {
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    state: user.blocked ? 'blocked' : 'active',
    avatar_url: null,
    web_url: `${base}/${user.username}`,
  }
}
