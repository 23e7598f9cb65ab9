import { type Static, Type } from 'typebox'
import { NullableText, pageSchema } from './page-schemas.ts'

/** Tags and tag-protection rules, their fields in the documented order. */

export const ProjectParams = Type.Object({ ownerAlias: Type.String(), projectAlias: Type.String() })

export const TagParams = Type.Object({ ...ProjectParams.properties, tagName: Type.String() })

export const NewTag = Type.Object(
  {
    tagName: Type.String({ format: 'tag-name' }),
    branchName: Type.Optional(Type.String()),
    commitId: Type.Optional(Type.String({ description: 'all 40 digits; wins over branchName' })),
    message: Type.Optional(Type.String()),
  },
  { needsOneOf: ['branchName', 'commitId'] },
)
export type NewTag = Static<typeof NewTag>

export const PersonIdent = Type.Object({
  name: Type.String(),
  avatar: Type.String(),
  emailAddress: Type.String(),
  when: Type.String(),
})
export type PersonIdent = Static<typeof PersonIdent>

export const Tag = Type.Object({
  name: Type.String(),
  fullName: Type.String(),
  objectId: Type.String(),
  shortMessage: NullableText,
  fullMessage: NullableText,
  commitId: NullableText,
  personIdent: Type.Union([PersonIdent, Type.Null()]),
  lightWeight: Type.Boolean(),
})
export type Tag = Static<typeof Tag>

export const TagPage = pageSchema('tagList', Tag)

const Level = Type.Enum(['NO_ONE', 'DEVELOPER', 'ADMINS'])
export type Level = Static<typeof Level>

export const OwnerParams = Type.Object({ alias: Type.String() })

export const TagRuleParams = Type.Object({ ...OwnerParams.properties, tagProtectionUuid: Type.String() })

export const NewTagRule = Type.Object({ tagTemplate: Type.String(), allowToCreate: Level })

export const TagRuleChange = Type.Object({ uuid: Type.String(), allowToCreate: Level })

export const TagRule = Type.Object({
  tagTemplate: Type.String(),
  allowToCreate: Level,
  ownerType: Type.Enum(['COMPANY', 'TEAM']),
  uuid: Type.String(),
})
export type TagRule = Static<typeof TagRule>

export const TagRulePage = pageSchema('restTagProtectionModelList', TagRule)

export const ErrorBody = Type.Object({
  title: Type.String(),
  status: Type.Integer(),
  errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), title: Type.String() }))),
})
