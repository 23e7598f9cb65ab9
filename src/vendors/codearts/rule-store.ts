import { fail } from '../../failure.ts'
import type { TagRule } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'

/** A rule by its pattern, letter by letter. Throws `rule-missing`. */
export function findRule(project: Project, pattern: string): TagRule {
  return project.tagRules.find((rule) => rule.pattern === pattern) ?? fail('rule-missing', { rule: pattern })
}

/** Adds a rule for each pattern, or none at all. Throws `rule-exists`. */
export function addRules(
  project: Project,
  patterns: readonly string[],
  effect: Omit<TagRule, 'id' | 'pattern' | 'updatedAt'>,
): TagRule[] {
  const taken = new Set(project.tagRules.map(({ pattern }) => pattern))
  for (const pattern of patterns) {
    if (taken.has(pattern)) fail('rule-exists', { pattern })
    taken.add(pattern)
  }
  const { forge } = project
  const rules = patterns.map((pattern) => ({
    id: forge.nextId('rule'),
    pattern,
    updatedAt: forge.clock.now(),
    ...effect,
  }))
  project.tagRules = [...project.tagRules, ...rules]
  return rules
}

/** Gives rules another effect, all or none. Throws `rule-missing`. */
export function changeRules(
  project: Project,
  patterns: readonly string[],
  effect: Omit<TagRule, 'id' | 'pattern' | 'updatedAt'>,
): TagRule[] {
  const updatedAt = project.forge.clock.now()
  const changed = new Map(
    patterns.map((pattern) => {
      const { id } = findRule(project, pattern)
      return [id, { id, pattern, updatedAt, ...effect }]
    }),
  )
  project.tagRules = project.tagRules.map((rule) => changed.get(rule.id) ?? rule)
  return [...changed.values()]
}

/** Removes rules, all or none. Throws `rule-missing`. */
export function removeRules(project: Project, patterns: readonly string[]): void {
  const ids = new Set(patterns.map((pattern) => findRule(project, pattern).id))
  project.tagRules = project.tagRules.filter(({ id }) => !ids.has(id))
}
