import { compareBytes } from './byte-compare.ts'
import { encodeCommit } from './commit-codec.ts'
import { isAncestor, walk } from './history.ts'
import type { Commit, Oid, Signature } from './model.ts'
import { patchId, patchOutline } from './patch-id.ts'
import type { Repository } from './repository.ts'
import { tidyIdentity } from './signature.ts'
import { mergeTrees } from './tree-merge.ts'

export interface Rebase {
  /** The commit to start from. */
  readonly onto: Oid
  /** The commit whose history is replayed, as far as `onto` does not have it. */
  readonly source: Oid
  readonly committer: Signature
}

/**
 * What came of a rebase. `current`: the source has `onto` already. `vanished`: nothing is left of the source that `onto`
 * does not have. `conflict`: a commit does not apply; paths in byte order.
 */
export type Rebased =
  | { readonly kind: 'rebased'; readonly tip: Oid }
  | { readonly kind: 'current' }
  | { readonly kind: 'vanished' }
  | { readonly kind: 'conflict'; readonly commit: Oid; readonly paths: readonly string[] }

/**
 * Replays commits on top of another one, as `git rebase onto source` does: oldest first, merges left out, and so are changes
 * that `onto` has already. Author and message are kept, signatures are not. Commits are written, no ref is moved.
 *
 * @throws ForgeError `object-missing`, `object-corrupt`
 */
export function rebase(repository: Repository, { onto, source, committer }: Rebase): Rebased {
  if (isAncestor(repository, onto, source)) return { kind: 'current' }
  const who = { ...committer, name: tidyIdentity(committer.name), email: tidyIdentity(committer.email) }
  let tip = onto
  for (const commit of commitsToReplay(repository, onto, source)) {
    const picked = pick(repository, commit, tip, who)
    if (typeof picked !== 'string') {
      return { kind: 'conflict', commit: commit.oid, paths: [...picked.conflicts].sort(compareBytes) }
    }
    tip = picked
  }
  return tip === onto ? { kind: 'vanished' } : { kind: 'rebased', tip }
}

/** Oldest first, in git's order. */
function commitsToReplay(repository: Repository, onto: Oid, source: Oid): Commit[] {
  const ours = singles(walk(repository, [source], { exclude: [onto], order: 'topo' }))
  const isUpstream = changesIn(repository, singles(walk(repository, [onto], { exclude: [source] })), ours)
  return ours.filter((commit) => isEmpty(repository, commit) || !isUpstream(commit)).reverse()
}

function singles(commits: Iterable<Commit>): Commit[] {
  return [...commits].filter(({ parents }) => parents.length < 2)
}

/** Whether one of `upstream` makes the same change as a commit. Only those that touch the same files are looked into. */
function changesIn(
  repository: Repository,
  upstream: readonly Commit[],
  ours: readonly Commit[],
): (commit: Commit) => boolean {
  if (upstream.length === 0) return () => false
  const outlines = new Set(ours.map(({ oid }) => patchOutline(repository, oid)))
  const alike = upstream.filter(({ oid }) => outlines.has(patchOutline(repository, oid)))
  const changes = new Set(alike.map(({ oid }) => patchId(repository, oid)))
  return ({ oid }) => changes.size > 0 && changes.has(patchId(repository, oid))
}

/** The commit on top of `tip`; `tip` itself when the change is there already. */
function pick(
  repository: Repository,
  commit: Commit,
  tip: Oid,
  committer: Signature,
): Oid | { readonly conflicts: readonly string[] } {
  const { objects } = repository
  const head = objects.commit(tip)
  const trees = { base: parentTree(repository, commit), ours: head.tree, theirs: commit.tree }
  const merged = mergeTrees(repository, trees)
  if ('conflicts' in merged) return merged
  // A commit that was empty from the start was meant to be.
  if (merged.tree === head.tree && !isEmpty(repository, commit)) return tip
  const { author } = commit
  const message = commit.message.replace(/^(?:[^\S\n]*\n)+/, '')
  const data = encodeCommit({
    tree: merged.tree,
    parents: [tip],
    author,
    committer,
    message,
    signature: null,
  })
  return objects.write('commit', data)
}

function parentTree(repository: Repository, { parents: [parent] }: Commit): Oid | null {
  return parent === undefined ? null : repository.objects.commit(parent).tree
}

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

function isEmpty(repository: Repository, commit: Commit): boolean {
  return commit.tree === (parentTree(repository, commit) ?? EMPTY_TREE)
}
