import { commitsAt, reach } from './ancestry.ts'
import { CommitQueue } from './commit-queue.ts'
import type { Commit, Oid } from './model.ts'
import type { Repository } from './repository.ts'
import { orderTopologically } from './topo-order.ts'

export { isAncestor, refsContaining } from './ancestry.ts'
export { mergeBases } from './merge-bases.ts'

export interface WalkOptions {
  /** Leaves out these commits and everything they descend from. */
  readonly exclude?: readonly Oid[]
  /** Follows the first parent of each merge only. */
  readonly firstParent?: boolean
  /** `date` (the default): newest committer date first. `topo`: no commit before all of its children. */
  readonly order?: 'date' | 'topo'
}

/**
 * The commits reachable from `tips`, in the order of `git log`. Tips may be tag objects; those that lead to no commit are
 * passed over, as git does. `date` order is lazy: taking ten commits reads ten commits. `topo` has to see all of them first.
 *
 * Excluding is exact even where clocks were wrong, at the price of reading all of the excluded history.
 *
 * @throws ForgeError `object-missing`, while iterating, when a tip or a parent is not in the repository
 */
export function walk(
  repository: Repository,
  tips: readonly Oid[],
  options: WalkOptions = {},
): Iterable<Commit> {
  const byDate = walkByDate(repository, tips, options)
  return options.order === 'topo' ? orderTopologically([...byDate]) : byDate
}

function* walkByDate(
  repository: Repository,
  tips: readonly Oid[],
  options: WalkOptions,
): IterableIterator<Commit> {
  const seen = new Set<Oid>()
  for (const commit of reach(repository, options.exclude ?? [])) seen.add(commit.oid)
  const queue = new CommitQueue()
  const visit = (commit: Commit) => {
    if (seen.has(commit.oid)) return
    seen.add(commit.oid)
    queue.add(commit)
  }
  for (const commit of commitsAt(repository, tips)) visit(commit)
  for (let commit = queue.take(); commit; commit = queue.take()) {
    const parents = options.firstParent ? commit.parents.slice(0, 1) : commit.parents
    for (const parent of parents) visit(repository.objects.commit(parent))
    yield commit
  }
}
