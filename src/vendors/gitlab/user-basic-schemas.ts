import { type Static, Type } from 'typebox'

export const UserBasic = Type.Object({
  id: Type.Integer(),
  username: Type.String(),
  name: Type.String(),
  state: Type.String(),
  avatar_url: Type.Union([Type.String(), Type.Null()]),
  web_url: Type.String(),
})
export type UserBasic = Static<typeof UserBasic>
