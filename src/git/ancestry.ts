import type { Commit, Oid } from './model.ts'
import type { Repository } from './repository.ts'

/** The commits that these objects lead to, without those that lead to none. */
export function commitsAt(repository: Repository, oids: readonly Oid[]): Commit[] {
  return oids
    .map((oid) => repository.objects.peel(oid))
    .filter((peeled) => peeled.type === 'commit')
    .map((peeled) => repository.objects.commit(peeled.oid))
}

/** The commits at `tips` and all their ancestors, each once, read as they are asked for, in no order that means anything. */
export function* reach(repository: Repository, tips: readonly Oid[]): IterableIterator<Commit> {
  const seen = new Set<Oid>()
  const waiting = commitsAt(repository, tips)
  for (let commit = waiting.pop(); commit; commit = waiting.pop()) {
    if (seen.has(commit.oid)) continue
    seen.add(commit.oid)
    yield commit
    for (const parent of commit.parents) {
      if (!seen.has(parent)) waiting.push(repository.objects.commit(parent))
    }
  }
}

/** Whether `descendant` can reach `ancestor`; a commit is its own ancestor. Either may be a tag of a commit. */
export function isAncestor(repository: Repository, ancestor: Oid, descendant: Oid): boolean {
  const [target] = commitsAt(repository, [ancestor])
  if (!target) return false
  for (const commit of reach(repository, [descendant])) {
    if (commit.oid === target.oid) return true
  }
  return false
}

/**
 * The short names of the tags or branches from which `commit` can be reached, in byte order, as `git tag --contains`
 * lists them. Tags of trees and blobs are passed over. However many refs there are, each commit is looked at once.
 */
export function refsContaining(repository: Repository, commit: Oid, table: 'tags' | 'heads'): string[] {
  const [target] = commitsAt(repository, [commit])
  if (!target) return []
  const marks = new Map<Oid, boolean>([[target.oid, true]])
  const names: string[] = []
  for (const entry of repository[table].entries('name', 'asc')) {
    const { peeled, peeledType } = entry.facts
    if (peeledType === 'commit' && reachesMark(repository, peeled, marks)) names.push(entry.name)
  }
  return names
}

/** Whether `start` reaches a commit that is marked true; leaves a mark on every commit that it had to look at. */
function reachesMark(repository: Repository, start: Oid, marks: Map<Oid, boolean>): boolean {
  const path = [start]
  for (let oid = path.at(-1); oid !== undefined; oid = path.at(-1)) {
    const { parents } = repository.objects.commit(oid)
    const isReached = marks.get(oid) ?? parents.some((parent) => marks.get(parent))
    const unknown = isReached ? undefined : parents.find((parent) => !marks.has(parent))
    if (unknown !== undefined && !marks.has(oid)) {
      path.push(unknown)
      continue
    }
    marks.set(oid, isReached)
    path.pop()
  }
  return marks.get(start) === true
}
