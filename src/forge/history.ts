import { fail } from '../failure.ts'
import { type DiffStat, diffStat } from '../git/diff-stat.ts'
import { isAncestor, mergeBases, refsContaining, walk } from '../git/history.ts'
import { resolveRevision } from '../git/revision.ts'
import type { Commit, Oid } from './model.ts'
import { walkPath } from './path-history.ts'
import type { Project } from './project.ts'

export type { DiffStat } from '../git/diff-stat.ts'

export interface CommitQuery {
  /** Where to start: commits, or tags of commits. */
  readonly tips: readonly Oid[]
  /** Leaves out these commits and all that they descend from. */
  readonly exclude?: readonly Oid[]
  readonly firstParent?: boolean
  /** `date` (the default): newest committer date first. `topo`: no commit before all of its children. */
  readonly order?: 'date' | 'topo'
  /** Keeps the commits that changed this file or folder, merges simplified as `git log -- path` does. */
  readonly path?: string
  /** Keeps what passes; what it costs is a look at every commit before the page's end. */
  readonly keep?: (commit: Commit) => boolean
  readonly offset?: number
  /** Absent: all of them. */
  readonly limit?: number
}

/** Commits in the order of `git log`; no more of the history is read than the page needs. */
export function listCommits(project: Project, query: CommitQuery): Commit[] {
  const { offset = 0, limit = Number.POSITIVE_INFINITY, keep } = query
  const found: Commit[] = []
  if (limit <= 0) return found
  let skipped = 0
  for (const commit of walkQuery(project, query)) {
    if (keep && !keep(commit)) continue
    if (skipped++ < offset) continue
    found.push(commit)
    if (found.length >= limit) break
  }
  return found
}

function walkQuery(project: Project, { tips, path, order, ...rest }: CommitQuery): Iterable<Commit> {
  const options = { ...rest, ...(order && { order }) }
  return path ? walkPath(project.repository, tips, path, options) : walk(project.repository, tips, options)
}

/** The commit of an id, or of a tag object's id. Throws `object-missing` when there is no such commit. */
export function getCommit(project: Project, oid: Oid): Commit {
  const { objects } = project.repository
  const peeled = objects.peel(oid)
  return peeled.type === 'commit' ? objects.commit(peeled.oid) : fail('object-missing', { oid })
}

/** The commit that a revision names: an id, a branch, a tag, `main~1`. Throws `revision-empty`, `revision-unknown`. */
export function resolveCommit(project: Project, revision: string, prefer: 'tag' | 'branch' = 'tag'): Commit {
  return findCommit(project, revision, prefer) ?? fail('revision-unknown', { revision, ambiguous: false })
}

/** As resolveCommit, with null for what names another kind of object. Throws `revision-empty`, `revision-unknown`. */
function findCommit(project: Project, revision: string, prefer: 'tag' | 'branch'): Commit | null {
  const { repository } = project
  const oid = resolveRevision(repository, revision, { prefer })
  // A submodule's commit has an id in the tree but is not in the repository.
  if (!repository.objects.has(oid)) return null
  const peeled = repository.objects.peel(oid)
  return peeled.type === 'commit' ? repository.objects.commit(peeled.oid) : null
}

/** What every ref holds: where a walk over the whole repository starts. */
export function allTips(project: Project): Oid[] {
  return [...new Set([...project.repository.refs()].map(([, target]) => target))]
}

/** Whether `ancestor` can be reached from `descendant`; a commit is its own ancestor. */
export function isMerged(project: Project, ancestor: Oid, descendant: Oid): boolean {
  return isAncestor(project.repository, ancestor, descendant)
}

/** isMerged for many commits and one descendant: however many are asked about, the history is read once, and only as far as needed. */
export function mergedInto(project: Project, descendant: Oid): (commit: Oid) => boolean {
  const reached = new Set<Oid>()
  const rest = walk(project.repository, [descendant])[Symbol.iterator]()
  return (commit) => {
    while (!reached.has(commit)) {
      const next = rest.next()
      if (next.done) return false
      reached.add(next.value.oid)
    }
    return true
  }
}

/** Short names, in byte order, of the refs from which a commit can be reached. */
export function refsWith(project: Project, commit: Oid, kind: 'branches' | 'tags'): string[] {
  return refsContaining(project.repository, commit, kind === 'tags' ? 'tags' : 'heads')
}

/** The newest of the best common ancestors, or null when two histories have nothing in common. */
export function mergeBase(project: Project, a: Oid, b: Oid): Oid | null {
  return mergeBases(project.repository, a, b)[0] ?? null
}

/** The lines that a commit added and deleted against its first parent. */
export function statOf(project: Project, commit: Oid): DiffStat {
  return diffStat(project.repository, commit)
}
