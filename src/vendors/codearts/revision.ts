import { fail } from '../../failure.ts'
import { getCommit } from '../../forge/history.ts'
import type { Commit } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { findTarget } from './new-tag.ts'

/** The commit that a branch, a tag or an id stands for. Throws `object-missing`. */
export function demandCommit(project: Project, name: string): Commit {
  const oid = findTarget(project, name) ?? fail('object-missing', { oid: name })
  return getCommit(project, oid)
}
