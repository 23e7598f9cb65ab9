import { type Static, Type } from 'typebox'
import { PageQuery } from './page-schemas.ts'
import { UserBasic } from './user-basic-schemas.ts'

export const UserParams = Type.Object({ id: Type.Integer() })

export const ListUsers = Type.Object({
  username: Type.Optional(Type.String()),
  search: Type.Optional(Type.String()),
  active: Type.Optional(Type.Boolean()),
  blocked: Type.Optional(Type.Boolean()),
  ...PageQuery.properties,
})
export type ListUsers = Static<typeof ListUsers>

/** What everybody who is signed in is told of somebody. */
export const UserProfile = Type.Object({
  ...UserBasic.properties,
  created_at: Type.String(),
  bio: Type.String(),
  location: Type.String(),
  public_email: Type.String(),
  website_url: Type.String(),
  organization: Type.String(),
  job_title: Type.String(),
  bot: Type.Boolean(),
  work_information: Type.Null(),
  followers: Type.Integer(),
  following: Type.Integer(),
})
export type UserProfile = Static<typeof UserProfile>

/** What people are told of themselves, and administrators of everybody. */
export const UserPrivate = Type.Object({
  ...UserProfile.properties,
  last_sign_in_at: Type.Null(),
  confirmed_at: Type.String(),
  last_activity_on: Type.Null(),
  email: Type.String(),
  theme_id: Type.Integer(),
  color_scheme_id: Type.Integer(),
  projects_limit: Type.Integer(),
  current_sign_in_at: Type.Null(),
  identities: Type.Array(Type.Object({})),
  can_create_group: Type.Boolean(),
  can_create_project: Type.Boolean(),
  two_factor_enabled: Type.Boolean(),
  external: Type.Boolean(),
  private_profile: Type.Boolean(),
  commit_email: Type.String(),
  is_admin: Type.Optional(Type.Boolean()),
})
export type UserPrivate = Static<typeof UserPrivate>

export const AnyUser = Type.Union([UserPrivate, UserProfile])
export const UserList = Type.Array(Type.Union([UserPrivate, UserBasic]))

export const TokenSelf = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  revoked: Type.Boolean(),
  created_at: Type.String(),
  description: Type.Null(),
  scopes: Type.Array(Type.String()),
  user_id: Type.Integer(),
  last_used_at: Type.Null(),
  active: Type.Boolean(),
  expires_at: Type.Null(),
})
export type TokenSelf = Static<typeof TokenSelf>
