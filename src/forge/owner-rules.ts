import { fail } from '../failure.ts'
import type { Forge } from './forge.ts'
import type { Owner, RuleLevel, TagRule } from './model.ts'

/**
 * Tag rules of a company or a team. They are templates: they act on a project once they have been copied into it, and a
 * copy does not follow later changes of its template.
 */

/** Adds a template. Throws `rule-exists` when the owner has one with the same pattern. */
export function createOwnerRule(forge: Forge, owner: Owner, pattern: string, create: RuleLevel): TagRule {
  const rules = forge.ownerRules(owner)
  if (rules.some((rule) => rule.pattern === pattern)) return fail('rule-exists', { pattern })
  const rule = { id: forge.nextId('rule'), pattern, create, updatedAt: forge.clock.now() }
  forge.setOwnerRules(owner, [...rules, rule])
  return rule
}

/** Changes who may create tags by a template, in its place in the list. Throws `rule-missing`. */
export function editOwnerRule(forge: Forge, owner: Owner, id: number, create: RuleLevel): TagRule {
  const rules = forge.ownerRules(owner)
  const before = rules.find((rule) => rule.id === id) ?? fail('rule-missing', { rule: String(id) })
  const after = { ...before, create, updatedAt: forge.clock.now() }
  forge.setOwnerRules(
    owner,
    rules.map((rule) => (rule === before ? after : rule)),
  )
  return after
}

/** Removes a template. Throws `rule-missing`. */
export function deleteOwnerRule(forge: Forge, owner: Owner, id: number): void {
  const rules = forge.ownerRules(owner)
  if (!rules.some((rule) => rule.id === id)) fail('rule-missing', { rule: String(id) })
  forge.setOwnerRules(
    owner,
    rules.filter((rule) => rule.id !== id),
  )
}

/** Copies the templates, as they are once all projects are open, into every project that the owner has itself. */
export async function applyOwnerRules(forge: Forge, owner: Owner): Promise<void> {
  const specs = forge.specs.filter((spec) => spec.owner.id === owner.id)
  const projects = await Promise.all(specs.map((spec) => forge.open(spec)))
  const templates = forge.ownerRules(owner)
  for (const project of projects) project.tagRules = importRules(forge, project.tagRules, templates)
}

/** A project's rules with the templates in them: one with the same pattern is overwritten, the others stay. */
export function importRules(
  forge: Forge,
  rules: readonly TagRule[],
  templates: readonly TagRule[],
): readonly TagRule[] {
  const byPattern = new Map(templates.map((template) => [template.pattern, template]))
  const kept = rules.map((rule): TagRule => {
    const create = byPattern.get(rule.pattern)?.create
    if (create === undefined || (create === rule.create && !rule.allow)) return rule
    return { id: rule.id, pattern: rule.pattern, create, updatedAt: forge.clock.now() }
  })
  const known = new Set(rules.map((rule) => rule.pattern))
  const added = templates
    .filter((template) => !known.has(template.pattern))
    .map(({ pattern, create }) => ({
      id: forge.nextId('rule'),
      pattern,
      create,
      updatedAt: forge.clock.now(),
    }))
  return [...kept, ...added]
}
