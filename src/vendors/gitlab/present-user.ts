import { type Static, Type } from 'typebox'
import type { User } from '../../forge/model.ts'

export const UserBasic = Type.Object({
  id: Type.Integer(),
  username: Type.String(),
  name: Type.String(),
  state: Type.String(),
  avatar_url: Type.Union([Type.String(), Type.Null()]),
  web_url: Type.String(),
})
export type UserBasic = Static<typeof UserBasic>

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
