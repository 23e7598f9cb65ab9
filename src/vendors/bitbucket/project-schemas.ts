import { type Static, Type } from 'typebox'
import { Links, PageOf, Paging, User } from './schemas.ts'

export const ProjectParams = Type.Object({
  key: Type.String({ description: 'project key, or ~ and the slug of a user' }),
})

export const ListProjects = Type.Object({
  name: Type.Optional(Type.String({ description: 'part of the name, ignoring case' })),
  permission: Type.Optional(Type.String()),
  ...Paging,
})
export type ListProjects = Static<typeof ListProjects>

export const ListRepositories = Type.Object({
  name: Type.Optional(Type.String()),
  projectname: Type.Optional(Type.String()),
  projectkey: Type.Optional(Type.String()),
  permission: Type.Optional(Type.String()),
  ...Paging,
})
export type ListRepositories = Static<typeof ListRepositories>

export const Project = Type.Object({
  key: Type.String(),
  id: Type.Integer(),
  name: Type.String(),
  public: Type.Optional(Type.Boolean()),
  type: Type.Enum(['NORMAL', 'PERSONAL']),
  owner: Type.Optional(User),
  links: Links,
})
export type Project = Static<typeof Project>

export const Repository = Type.Object({
  slug: Type.String(),
  id: Type.Integer(),
  name: Type.String(),
  description: Type.Optional(Type.String()),
  hierarchyId: Type.Optional(Type.String()),
  scmId: Type.Literal('git'),
  state: Type.Literal('AVAILABLE'),
  statusMessage: Type.Literal('Available'),
  forkable: Type.Boolean(),
  project: Project,
  public: Type.Boolean(),
  archived: Type.Optional(Type.Boolean()),
  links: Type.Object({
    clone: Type.Array(Type.Object({ href: Type.String(), name: Type.Enum(['http', 'ssh']) })),
    ...Links.properties,
  }),
})
export type Repository = Static<typeof Repository>

export const ProjectPage = PageOf(Project)
export const RepositoryPage = PageOf(Repository)

export const UserParams = Type.Object({ user: Type.String() })

export const ApplicationProperties = Type.Object({
  version: Type.String(),
  buildNumber: Type.String(),
  buildDate: Type.String({ description: 'epoch milliseconds' }),
  displayName: Type.String(),
})
