import type { Commit, Oid } from './model.ts'

/**
 * Puts commits so that none comes before one of its children, keeping lines of history together: what `git rev-list
 * --topo-order` makes of the same commits in date order. Of a merge's parents the last comes first.
 */
export function orderTopologically(commits: readonly Commit[]): Commit[] {
  const byOid = new Map(commits.map((commit) => [commit.oid, commit]))
  const children = countChildren(commits, byOid)
  // Taken from the end: the tips come in the order they were given in, and a line is finished before the next begins.
  const ready = commits.filter((commit) => children.get(commit.oid) === 0).reverse()
  const ordered: Commit[] = []
  for (let commit = ready.pop(); commit; commit = ready.pop()) {
    ordered.push(commit)
    for (const oid of commit.parents) {
      const parent = byOid.get(oid)
      if (!parent) continue
      const left = children.get(oid)! - 1
      children.set(oid, left)
      if (left === 0) ready.push(parent)
    }
  }
  return ordered
}

function countChildren(commits: readonly Commit[], byOid: ReadonlyMap<Oid, Commit>): Map<Oid, number> {
  const children = new Map(commits.map((commit) => [commit.oid, 0]))
  for (const commit of commits) {
    for (const oid of commit.parents) {
      if (byOid.has(oid)) children.set(oid, children.get(oid)! + 1)
    }
  }
  return children
}
