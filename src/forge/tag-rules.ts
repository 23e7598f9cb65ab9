import type { Role, TagRule, User } from './model.ts'
import { passesLevel } from './roles.ts'
import { matchesWildcard, type WildcardStyle } from './wildcard.ts'

/**
 * How a vendor reads the rules of a project. All vendors see the same rules; they differ in what `*` spans and in what
 * several matching rules mean together.
 */
export interface RuleDialect {
  readonly wildcard: WildcardStyle
  /** `any`: one permitting rule is enough (most permissive wins). `all`: every rule must permit (strictest wins). */
  readonly combine: 'any' | 'all'
}

/** The rules of a list that are in force and match a tag's short name, in their order. */
export function matchingRules(rules: readonly TagRule[], name: string, dialect: RuleDialect): TagRule[] {
  return rules.filter(
    (rule) =>
      rule.enabled !== false &&
      (rule.pattern === name || matchesWildcard(rule.pattern, name, dialect.wildcard)),
  )
}

/** The rule that forbids somebody with `role` to create the tag, or null when they may. */
export function forbiddingRule(
  rules: readonly TagRule[],
  name: string,
  role: Role | null,
  dialect: RuleDialect,
  user: User | null = null,
): TagRule | null {
  const matching = matchingRules(rules, name, dialect)
  const forbidding = matching.filter((rule) => !permits(rule, role, user))
  const forbidden = dialect.combine === 'all' ? forbidding.length > 0 : forbidding.length === matching.length
  return forbidden ? (forbidding[0] ?? null) : null
}

function permits({ create, allow }: TagRule, role: Role | null, user: User | null): boolean {
  if (!allow) return passesLevel(role, create)
  if (user && allow.users.includes(user.username)) return true
  return role !== null && allow.roles.includes(role)
}
