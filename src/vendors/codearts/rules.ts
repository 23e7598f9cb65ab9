import { fail } from '../../failure.ts'
import { roleOf } from '../../forge/access.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Project } from '../../forge/project.ts'
import { forbiddingRule, type RuleDialect } from '../../forge/tag-rules.ts'

/** `*` spans slashes, and each matching rule has to let somebody through. */
const RULES: RuleDialect = { wildcard: 'any-run', combine: 'all' }

/** The pattern of a rule that keeps somebody from creating and, here, from deleting a tag; null when there is none. */
export function patternAgainst(project: Project, identity: Identity, name: string): string | null {
  const role = roleOf(identity, project.spec)
  return forbiddingRule(project.tagRules, name, role, RULES, identity.user)?.pattern ?? null
}

/** Throws `tag-protected`; there is no way around a rule, not even for administrators. */
export function demandUnprotected(project: Project, identity: Identity, name: string): void {
  const pattern = patternAgainst(project, identity, name)
  if (pattern !== null) fail('tag-protected', { name, pattern })
}
