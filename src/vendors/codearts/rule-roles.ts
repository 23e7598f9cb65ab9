import type { Role, RuleLevel } from '../../forge/model.ts'

/** A project role, with the roles of the forge that it stands for; most of them nobody has here. */
interface ProjectRole {
  readonly id: number
  readonly name: string
  readonly chineseName: string
  readonly stands: readonly Role[]
}

const projectRoles: readonly ProjectRole[] = [
  { id: 3, name: 'Project manager', chineseName: '项目经理', stands: ['maintainer', 'owner'] },
  { id: 4, name: 'Developer', chineseName: '开发人员', stands: ['developer'] },
  { id: 5, name: 'Test manager', chineseName: '测试经理', stands: [] },
  { id: 6, name: 'Tester', chineseName: '测试人员', stands: [] },
  { id: 7, name: 'Participant', chineseName: '参与者', stands: [] },
  { id: 8, name: 'Viewer', chineseName: '浏览者', stands: ['guest', 'reporter'] },
  { id: 9, name: 'Operation manager', chineseName: '运维经理', stands: [] },
  { id: 10, name: 'Product manager', chineseName: '产品经理', stands: [] },
  { id: 11, name: 'System engineer', chineseName: '系统工程师', stands: [] },
  { id: 12, name: 'Committer', chineseName: 'Committer', stands: [] },
]

/** The role of an id as texts carry it (`related_role_id`). */
export function projectRole(relatedId: string): ProjectRole | undefined {
  return projectRoles.find(({ id }) => String(id) === relatedId)
}

/** The roles of the forge behind some project roles. */
export function rolesBehind(relatedIds: readonly string[]): Role[] {
  return relatedIds.flatMap((id) => projectRole(id)?.stands ?? [])
}

/** The ids of the project roles that a level lets through. */
export function rolesOfLevel(level: RuleLevel): string[] {
  if (level === 'nobody') return []
  if (level === 'maintainer' || level === 'owner') return ['3']
  return level === 'developer' ? ['3', '4', '12'] : ['3', '4', '12', '8']
}

/** The nearest level to a list of roles, for faces that know levels only. */
export function levelOfRoles(roles: readonly Role[]): RuleLevel {
  return (
    (['guest', 'reporter', 'developer', 'maintainer', 'owner'] as const).find((role) =>
      roles.includes(role),
    ) ?? 'nobody'
  )
}
