import { type Static, Type } from 'typebox'
import { NullableText, PageQuery, pageSchema } from './page-schemas.ts'

/** People, projects, companies and teams, their fields in the documented order. */

export const UserParams = Type.Object({ alias: Type.String() })

export const User = Type.Object({
  id: Type.String(),
  username: Type.String(),
  name: Type.String(),
  surname: Type.String(),
  fullName: Type.String(),
  avatar: Type.String(),
  cover: NullableText,
})
export type User = Static<typeof User>

export const UserPage = pageSchema('userList', User)

/** The one place where an e-mail address is shown. */
export const Me = Type.Object({
  id: Type.String(),
  username: Type.String(),
  name: Type.String(),
  surname: Type.String(),
  email: Type.String(),
  fullName: Type.String(),
  avatar: Type.String(),
  cover: NullableText,
})
export type Me = Static<typeof Me>

const OwnerType = Type.Enum(['USER', 'TEAM', 'COMPANY'])
export type OwnerType = Static<typeof OwnerType>

export const Project = Type.Object({
  id: Type.String(),
  title: Type.String(),
  description: Type.String(),
  alias: Type.String(),
  defaultBranch: Type.String(),
  workBranch: Type.String(),
  siteUrl: NullableText,
  owner: Type.Object({ alias: Type.String(), type: OwnerType }),
  language: NullableText,
  forEducation: Type.Boolean(),
  forkedFromId: NullableText,
  mirrorUrl: NullableText,
  mirrorType: NullableText,
  allowedMemory: NullableText,
  forkUrl: NullableText,
  httpTransportUrl: Type.String(),
  sshTransportUrl: Type.String(),
  topics: Type.Array(Type.String()),
  mirror: Type.Boolean(),
  private: Type.Boolean(),
})
export type Project = Static<typeof Project>

export const ProjectPage = pageSchema('projectList', Project)

export const ProjectQuery = Type.Object({
  ...PageQuery.properties,
  q: Type.Optional(Type.String({ description: 'part of the title' })),
})

export const NewProject = Type.Object({
  title: Type.String(),
  alias: Type.String({ format: 'alias' }),
  ownerAlias: Type.Optional(Type.String({ description: 'default: whoever asks' })),
  ownerAliasType: Type.Optional(OwnerType),
  description: Type.Optional(Type.String()),
  isPrivate: Type.Optional(Type.Boolean({ default: true })),
})
export type NewProject = Static<typeof NewProject>

/** What new projects of an owner start with; of these only tag rules are emulated. */
const TemplateSettings = Type.Object({
  allowImportBranchProtection: Type.Boolean(),
  allowImportEnvironmentProtection: Type.Boolean(),
  allowImportTagProtection: Type.Boolean(),
  allowImportMrApprovalConfigAndRules: Type.Boolean(),
  allowImportPipelineLifetimeSetting: Type.Boolean(),
})

const identity = {
  id: Type.String(),
  alias: Type.String(),
  title: Type.String(),
  description: Type.String(),
}

const rest = {
  ownerAlias: NullableText,
  avatar: Type.String(),
  private: Type.Boolean(),
  selectorTitle: Type.String(),
  selectorId: Type.String(),
  isDeleted: Type.Boolean(),
  selectorOwnerAlias: NullableText,
  hexColor: NullableText,
  selectorAlias: NullableText,
  selectorColor: NullableText,
  selectorHash: NullableText,
  templateSettings: TemplateSettings,
}

export const Team = Type.Object({ ...identity, ...rest })
export type Team = Static<typeof Team>

export const Company = Type.Object({
  ...identity,
  url: NullableText,
  contactPhone: NullableText,
  contactEmail: NullableText,
  ...rest,
})
export type Company = Static<typeof Company>

export const TeamPage = pageSchema('teamList', Team)

export const CompanyPage = pageSchema('companyList', Company)
