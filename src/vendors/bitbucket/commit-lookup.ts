import { resolveCommit } from '../../forge/history.ts'
import type { Commit } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { refuse } from './answers.ts'
import { notAnIdentifier } from './errors.ts'

/** The commit of an id, a branch or a tag; tag objects have ids, too. Throws `revision-unknown`. */
export function findCommit(project: Project, id: string): Commit {
  return id.startsWith('-')
    ? refuse('identifier-looks-like-option', notAnIdentifier(id))
    : resolveCommit(project, id)
}
