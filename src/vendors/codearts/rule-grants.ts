import type { AllowList, RuleLevel, TagRule } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { refuseField } from './errors.ts'
import type { RuleAction } from './protected-tag-schemas.ts'
import { levelOfRoles, projectRole, rolesBehind, rolesOfLevel } from './rule-roles.ts'

/** Whom a rule names, as the request had them: the rule's `settings`. */
export interface Grant {
  readonly userIds: readonly number[]
  readonly teamIds: readonly number[]
  readonly relatedRoleIds: readonly string[]
}

/** What an action makes of a rule. */
export interface RuleEffect {
  readonly create: RuleLevel
  readonly allow: AllowList
  readonly enabled: boolean
  readonly settings: { readonly grant: Grant }
}

/** The effect of a request's actions; there is one kind of action only. Throws CodeArtsError for ids that nothing has. */
export function effectOf(project: Project, actions: readonly RuleAction[]): RuleEffect {
  const [action] = actions
  if (!action || actions.length > 1)
    return refuseField('rule-actions-wrong', 'actions', 'The action create must be given once.')
  const { enable, user_ids, user_team_ids, related_role_ids } = action
  const users = [
    ...user_ids.map((id) => usernameOf(project, id)),
    ...user_team_ids.flatMap((id) => membersOf(project, id)),
  ]
  const unknown = related_role_ids.find((id) => !projectRole(id))
  if (unknown !== undefined)
    refuseField('rule-role-unknown', 'related_role_ids', `The role ${unknown} does not exist.`)
  const roles = rolesBehind(related_role_ids)
  return {
    create: levelOfRoles(roles),
    allow: { users, roles },
    enabled: enable,
    settings: {
      grant: {
        userIds: unique(user_ids),
        teamIds: unique(user_team_ids),
        relatedRoleIds: unique(related_role_ids),
      },
    },
  }
}

/** Whom a rule names; one that comes from a fixture or another face has a level instead. */
export function grantOf({ settings, create }: TagRule): Grant {
  const grant = settings?.grant as Grant | undefined
  return grant ?? { userIds: [], teamIds: [], relatedRoleIds: rolesOfLevel(create) }
}

/** Naming somebody twice grants nothing more, and is not told twice. */
function unique<Id>(ids: readonly Id[]): Id[] {
  return [...new Set(ids)]
}

function usernameOf({ forge }: Project, id: number): string {
  return (
    forge.user(id)?.username ?? refuseField('rule-user-unknown', 'user_ids', `The user ${id} does not exist.`)
  )
}

function membersOf({ forge }: Project, id: number): string[] {
  const owner = forge.owner(id)
  if (owner?.kind !== 'team')
    return refuseField('rule-team-unknown', 'user_team_ids', `The user team ${id} does not exist.`)
  return [...owner.members.keys()]
}
