import { mayReadCode } from '../../forge/access.ts'
import { listFolder } from '../../forge/files.ts'
import type { Forge } from '../../forge/forge.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Project } from '../../forge/project.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { ACCESS_LEVELS } from './access-levels.ts'
import { type NamespaceView, viewNamespace } from './present-namespace.ts'

/** A project as somebody gets to see it. */
export interface ProjectView {
  readonly spec: ProjectSpec
  readonly namespace: NamespaceView
  /** Epoch milliseconds. */
  readonly lastActivityAt: number
  readonly isEmpty: boolean
  /** Null for viewers who may not read the code. */
  readonly code: { readonly defaultBranch: string | null; readonly readme: string | null } | null
  /** Null for viewers who are not signed in. */
  readonly permissions: { readonly project: number | null; readonly group: number | null } | null
}

export async function viewProject(forge: Forge, spec: ProjectSpec, viewer: Identity): Promise<ProjectView> {
  const project = await forge.open(spec)
  return {
    spec,
    namespace: viewNamespace(forge, spec.owner),
    lastActivityAt: project.lastActivityAt,
    isEmpty: !project.hasRepository || project.repository.heads.size === 0,
    code: mayReadCode(viewer, spec) ? viewCode(project) : null,
    permissions: viewPermissions(spec, viewer),
  }
}

function viewCode(project: Project): NonNullable<ProjectView['code']> {
  if (!project.hasRepository) return { defaultBranch: null, readme: null }
  const { defaultBranch } = project
  const tip = project.repository.branch(defaultBranch)
  const entries = tip ? (listFolder(project, tip.commit, '') ?? []) : []
  const readme = entries.find((entry) => entry.type === 'blob' && /^readme(?:\.|$)/i.test(entry.name))
  return { defaultBranch, readme: readme?.name ?? null }
}

/** What was given to somebody, at the project and at its group. Who owns a personal project is a member of it. */
function viewPermissions(spec: ProjectSpec, { user }: Identity): ProjectView['permissions'] {
  if (!user) return null
  const isPersonal = spec.owner.kind === 'user'
  const inherited = spec.owner.members.get(user.username)
  const own = spec.members.get(user.username) ?? (isPersonal ? inherited : undefined)
  return {
    project: own ? ACCESS_LEVELS[own] : null,
    group: inherited && !isPersonal ? ACCESS_LEVELS[inherited] : null,
  }
}
