import type { Owner, TagRule, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import type { ProtectedTag, RuleUser } from './protected-tag-schemas.ts'
import { grantOf } from './rule-grants.ts'
import { projectRole } from './rule-roles.ts'

/** A rule with the people and teams that it names. */
export interface RuleView {
  readonly rule: TagRule
  readonly users: readonly User[]
  readonly teams: readonly Owner[]
}

export function viewRule({ forge }: Project, rule: TagRule): RuleView {
  const { userIds, teamIds } = grantOf(rule)
  return {
    rule,
    users: userIds.flatMap((id) => forge.user(id) ?? []),
    teams: teamIds.flatMap((id) => forge.owner(id) ?? []),
  }
}

/** RepositoryProtectedTagDto */
export function presentProtectedTag({ rule, users, teams }: RuleView): ProtectedTag {
  return {
    id: rule.id,
    name: rule.pattern,
    actions: [
      {
        action: 'create',
        enable: rule.enabled ?? true,
        users: users.map(presentRuleUser),
        user_teams: teams.map(({ id, name }) => ({ id, name })),
        roles: grantOf(rule).relatedRoleIds.flatMap(presentRole),
      },
    ],
  }
}

function presentRuleUser({ id, name, username, blocked, avatar }: User): RuleUser {
  const state = blocked ? 'blocked' : 'active'
  return { id, name, username, state, avatar_url: avatar, nick_name: null, tenant_name: null }
}

function presentRole(relatedId: string) {
  const role = projectRole(relatedId)
  if (!role) return []
  const { id, name, chineseName } = role
  return [{ id, name, related_role_id: relatedId, chinese_name: chineseName }]
}
