import { type Static, Type } from 'typebox'

const NamePattern = Type.Optional(Type.String({ maxLength: 500, format: 'regex' }))

export const PolicyChange = Type.Object({
  disable_fork: Type.Optional(Type.Boolean()),
  generate_pre_merge_ref: Type.Optional(Type.Boolean()),
  branch_name_regex: NamePattern,
  tag_name_regex: NamePattern,
})
export type PolicyChange = Static<typeof PolicyChange>

export const Policy = Type.Object({
  disable_fork: Type.Boolean(),
  generate_pre_merge_ref: Type.Boolean(),
  branch_name_regex: Type.String(),
  tag_name_regex: Type.String(),
})
export type Policy = Static<typeof Policy>
