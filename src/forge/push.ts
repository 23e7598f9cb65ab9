import type { RefUpdate } from '../git/repository.ts'
import type { RefsChanged } from './model.ts'
import type { Project } from './project.ts'

const BRANCHES = 'refs/heads/'

/**
 * Moves the refs of a push. The first branches of an empty project also settle which one is its default: the one that was
 * meant to be, when it is among them, else the first. Throws what Project.moveRefs throws.
 */
export function movePushedRefs(
  project: Project,
  updates: readonly RefUpdate[],
  by: Pick<RefsChanged, 'actor' | 'via' | 'vendor'>,
): void {
  const { repository } = project
  if (repository.heads.size === 0) {
    const born = updates.filter(({ ref, after }) => after !== null && ref.startsWith(BRANCHES))
    // Before the refs move, so that whoever is told of them sees the default branch that they make.
    if (born[0] && !born.some(({ ref }) => ref === repository.head)) repository.head = born[0].ref
  }
  project.moveRefs(updates, by)
}
