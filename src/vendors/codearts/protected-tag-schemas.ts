import { type Static, Type } from 'typebox'
import { Paging, Search } from './schemas.ts'

export const RuleName = Type.String({ minLength: 1, maxLength: 500, format: 'rule-name' })

export const ListRules = Type.Object({ search: Search, ...Paging })

export const RuleQuery = Type.Object({ tag_name: RuleName })

export const RuleAction = Type.Object({
  action: Type.Enum(['create']),
  enable: Type.Boolean({ default: true }),
  user_ids: Type.Array(Type.Integer(), { default: [] }),
  user_team_ids: Type.Array(Type.Integer(), { default: [] }),
  related_role_ids: Type.Array(Type.String(), { default: [] }),
})
export type RuleAction = Static<typeof RuleAction>

export const RuleActions = Type.Array(RuleAction, { minItems: 1 })

export const NamedRules = Type.Object({ names: Type.Array(RuleName, { minItems: 1 }), actions: RuleActions })

export const RuleNames = Type.Object({ names: Type.Array(RuleName, { minItems: 1 }) })

const NullableText = Type.Union([Type.String(), Type.Null()])

export const RuleUser = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  username: Type.String(),
  state: Type.Enum(['active', 'blocked']),
  avatar_url: NullableText,
  nick_name: NullableText,
  tenant_name: NullableText,
})
export type RuleUser = Static<typeof RuleUser>

export const ProtectedTag = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  actions: Type.Array(
    Type.Object({
      action: Type.Enum(['create']),
      enable: Type.Boolean(),
      users: Type.Array(RuleUser),
      user_teams: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() })),
      roles: Type.Array(
        Type.Object({
          id: Type.Integer(),
          name: Type.String(),
          related_role_id: Type.String(),
          chinese_name: Type.String(),
        }),
      ),
    }),
  ),
})
export type ProtectedTag = Static<typeof ProtectedTag>

export const ProtectedTagList = Type.Array(ProtectedTag)
