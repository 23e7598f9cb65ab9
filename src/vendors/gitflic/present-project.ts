import type { Owner } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { DEFAULT_AVATAR } from './present-user.ts'
import type * as schemas from './project-schemas.ts'

export function presentProject(project: Project, base: string): schemas.Project {
  const { spec, defaultBranch } = project
  return {
    id: spec.uuid,
    title: spec.name,
    description: spec.description,
    alias: spec.slug,
    defaultBranch,
    workBranch: defaultBranch,
    siteUrl: null,
    owner: { alias: spec.owner.alias, type: ownerType(spec.owner) },
    language: null,
    forEducation: false,
    forkedFromId: null,
    mirrorUrl: null,
    mirrorType: null,
    allowedMemory: null,
    forkUrl: null,
    ...transportUrls(spec, base),
    topics: [...spec.topics],
    mirror: false,
    private: spec.visibility === 'private',
  }
}

export function transportUrls({ path }: ProjectSpec, base: string) {
  return {
    httpTransportUrl: `${base}/project/${path}.git`,
    sshTransportUrl: `git@${hostOf(base)}:${path}.git`,
  }
}

export function ownerType({ kind }: Owner): schemas.OwnerType {
  if (kind === 'user') return 'USER'
  return kind === 'team' ? 'TEAM' : 'COMPANY'
}

/** Documented without the three contact fields that a company has. */
export function presentTeam(owner: Owner, isPrivate: boolean): schemas.Team {
  return { ...presentIdentity(owner), ...presentRest(owner, isPrivate) }
}

export function presentCompany(owner: Owner, isPrivate: boolean): schemas.Company {
  return {
    ...presentIdentity(owner),
    url: null,
    contactPhone: null,
    contactEmail: null,
    ...presentRest(owner, isPrivate),
  }
}

function presentIdentity({ uuid, alias, name }: Owner) {
  return { id: uuid, alias, title: name, description: '' }
}

function presentRest(owner: Owner, isPrivate: boolean) {
  const [ownerAlias] = [...owner.members].find(([, role]) => role === 'owner') ?? [null]
  return {
    ownerAlias,
    avatar: DEFAULT_AVATAR,
    private: isPrivate,
    selectorTitle: owner.name,
    selectorId: owner.uuid,
    isDeleted: false,
    selectorOwnerAlias: null,
    hexColor: null,
    selectorAlias: null,
    selectorColor: null,
    selectorHash: null,
    templateSettings: {
      allowImportBranchProtection: false,
      allowImportEnvironmentProtection: false,
      allowImportTagProtection: owner.importsTagRules,
      allowImportMrApprovalConfigAndRules: false,
      allowImportPipelineLifetimeSetting: false,
    },
  }
}

/** Without the port; the header that it came from may hold anything. */
function hostOf(base: string): string {
  return /^\w+:\/\/(\[[^\]]*\]|[^/:]*)/.exec(base)?.[1] ?? ''
}
