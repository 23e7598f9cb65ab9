import { commitsAt, reach } from '../git/ancestry.ts'
import { CommitQueue } from '../git/commit-queue.ts'
import type { WalkOptions } from '../git/history.ts'
import type { Repository } from '../git/repository.ts'
import { orderTopologically } from '../git/topo-order.ts'
import { findInTree } from '../git/tree-path.ts'
import type { Commit, Oid } from './model.ts'

/**
 * The commits that changed a file or a folder, as `git log -- path` simplifies history: of a merge that agrees with one of
 * its parents on the path only that parent is followed, and a commit that agrees with a parent is not shown.
 */
export function walkPath(
  repository: Repository,
  tips: readonly Oid[],
  path: string,
  options: WalkOptions = {},
): Iterable<Commit> {
  const byDate = walkByDate(repository, tips, path, options)
  return options.order === 'topo' ? orderTopologically([...byDate]) : byDate
}

function* walkByDate(
  repository: Repository,
  tips: readonly Oid[],
  path: string,
  { exclude = [], firstParent = false }: WalkOptions,
): IterableIterator<Commit> {
  const seen = new Set<Oid>()
  for (const commit of reach(repository, exclude)) seen.add(commit.oid)
  const queue = new CommitQueue()
  const visit = (commit: Commit) => {
    if (seen.has(commit.oid)) return
    seen.add(commit.oid)
    queue.add(commit)
  }
  for (const commit of commitsAt(repository, tips)) visit(commit)
  for (let commit = queue.take(); commit; commit = queue.take()) {
    const parents = (firstParent ? commit.parents.slice(0, 1) : commit.parents).map((oid) =>
      repository.objects.commit(oid),
    )
    const held = entryAt(repository, commit.tree, path)
    const same = parents.find((parent) => entryAt(repository, parent.tree, path) === held)
    for (const parent of same ? [same] : parents) visit(parent)
    const isShown = parents.length === 0 ? held !== undefined : !same
    if (isShown) yield commit
  }
}

/** Mode and id of what lies at a path, since a change of the mode alone is a change. */
function entryAt(repository: Repository, tree: Oid, path: string): string | undefined {
  const trimmed = path.replace(/\/$/, '')
  const cut = trimmed.lastIndexOf('/')
  const folder = findInTree(repository, tree, trimmed.slice(0, Math.max(cut, 0)))
  if (folder === undefined || repository.objects.peel(folder).type !== 'tree') return undefined
  const name = trimmed.slice(cut + 1)
  const entry = repository.objects.tree(folder).find((candidate) => candidate.name === name)
  return entry && `${entry.mode} ${entry.oid}`
}
