import { Script } from 'node:vm'
import type { Project } from '../../forge/project.ts'
import { refuseField } from './errors.ts'
import type { Policy } from './policy-schemas.ts'

const DEFAULTS: Policy = {
  disable_fork: false,
  generate_pre_merge_ref: false,
  branch_name_regex: '',
  tag_name_regex: '',
}

/** A pattern comes from a client and may be made to backtrack for minutes; this many milliseconds are enough for an honest one. */
const PATIENCE = 100

const match = new Script('pattern.test(name)')

/** The general settings of a repository; all that has an effect here are the patterns for names. */
export function policyOf({ vendorState }: Project): Policy {
  return (vendorState.get('codearts') as Policy | undefined) ?? DEFAULTS
}

export function setPolicy(project: Project, policy: Policy): void {
  project.vendorState = new Map(project.vendorState).set('codearts', policy)
}

/** Throws CodeArtsError when a name does not match its repository's pattern as a whole. */
export function demandPattern(pattern: string, field: string, name: string): void {
  if (pattern === '' || matches(new RegExp(`^(?:${pattern})$`, 'u'), name)) return
  refuseField('name-pattern-missed', field, `The ${field} does not match ${pattern}.`)
}

function matches(pattern: RegExp, name: string): boolean {
  try {
    return match.runInNewContext({ pattern, name }, { timeout: PATIENCE }) === true
  } catch {
    return false
  }
}
