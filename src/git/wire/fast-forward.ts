import { CommitQueue } from '../commit-queue.ts'
import type { Oid } from '../model.ts'
import type { ObjectStore } from '../object-store.ts'

/**
 * Whether a branch that moves from one commit to another keeps all its commits. The history of the new one is walked newest
 * first, so that the usual case, a few commits more, costs a look at these few.
 */
export function isFastForward(objects: ObjectStore, before: Oid, after: Oid): boolean {
  const seen = new Set([after])
  const queue = new CommitQueue()
  queue.add(objects.commit(after))
  for (let commit = queue.take(); commit; commit = queue.take()) {
    if (commit.oid === before) return true
    for (const parent of commit.parents) {
      if (seen.has(parent)) continue
      seen.add(parent)
      queue.add(objects.commit(parent))
    }
  }
  return false
}
