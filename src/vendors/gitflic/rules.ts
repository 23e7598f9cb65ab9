import { roleOf } from '../../forge/access.ts'
import { uuidOf } from '../../forge/identifier.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Owner, RuleLevel, TagRule } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { forbiddingRule, type RuleDialect } from '../../forge/tag-rules.ts'
import type * as schemas from './schemas.ts'

/** `*` and `?` stop at slashes, `**` does not; of several matching rules the strictest decides. */
const RULES: RuleDialect = { wildcard: 'path', combine: 'all' }

const LEVELS: Readonly<Record<schemas.Level, RuleLevel>> = {
  NO_ONE: 'nobody',
  DEVELOPER: 'developer',
  ADMINS: 'maintainer',
}

/** The project's rule that keeps somebody from creating a tag, or null. The rules of its owner do not count. */
export function ruleAgainst(project: Project, identity: Identity, name: string): TagRule | null {
  return forbiddingRule(project.tagRules, name, roleOf(identity, project.spec), RULES, identity.user)
}

export function levelNamed(name: schemas.Level): RuleLevel {
  return LEVELS[name]
}

/** A rule's identifier: a new one for each rule ever made, the same in every process. */
export function uuidOfRule({ id }: TagRule): string {
  return uuidOf(`tag rule ${id}`)
}

export function presentRule(rule: TagRule, owner: Owner): schemas.TagRule {
  return {
    tagTemplate: rule.pattern,
    allowToCreate: presentLevel(rule.create),
    ownerType: owner.kind === 'team' ? 'TEAM' : 'COMPANY',
    uuid: uuidOfRule(rule),
  }
}

/** Rules of a fixture may have levels that GitFlic has no name for: the nearest that it has. */
function presentLevel(level: RuleLevel): schemas.Level {
  if (level === 'nobody') return 'NO_ONE'
  return level === 'maintainer' || level === 'owner' ? 'ADMINS' : 'DEVELOPER'
}
