import { fail } from '../failure.ts'
import { countLines } from './line-count.ts'
import type { Oid } from './model.ts'
import type { Repository } from './repository.ts'
import { changedFiles, type FileChange } from './tree-diff.ts'

export interface DiffStat {
  /** Lines. */
  readonly additions: number
  /** Lines. */
  readonly deletions: number
  /** Their sum. */
  readonly total: number
}

/** git looks for a NUL byte in this many bytes to tell a binary file. */
const binaryProbe = 8000

/**
 * The lines that a commit added and deleted against its first parent, as `git show --numstat -m --first-parent -M100%`
 * adds up to. Binary files count 0, and so do files that were moved without being changed.
 *
 * git finds a short, not the shortest, list of changes, so its figures may differ in files with many repeated lines.
 */
export function diffStat(repository: Repository, commit: Oid): DiffStat {
  let additions = 0
  let deletions = 0
  for (const change of dropMoves(changedFiles(repository, commit))) {
    if (change.before === change.after) continue
    const before = readSide(repository, change.before, change.modes.before)
    const after = readSide(repository, change.after, change.modes.after)
    if (isBinary(before) || isBinary(after)) continue
    const count = countLines(before, after)
    additions += count.added
    deletions += count.removed
  }
  return { additions, deletions, total: additions + deletions }
}

/** Takes out pairs of a removed and an added file with the same content: a removed file has moved once at most. */
function dropMoves(changes: readonly FileChange[]): FileChange[] {
  const removed = groupByContent(changes.filter((change) => change.kind === 'removed'))
  const added = groupByContent(changes.filter((change) => change.kind === 'added'))
  const moved = new Set<FileChange>()
  for (const [content, sources] of removed) {
    const targets = added.get(content) ?? []
    const moves = Math.min(sources.length, targets.length)
    for (const change of [...sources.slice(0, moves), ...targets.slice(0, moves)]) moved.add(change)
  }
  return changes.filter((change) => !moved.has(change))
}

function groupByContent(changes: readonly FileChange[]): Map<string, FileChange[]> {
  const groups = new Map<string, FileChange[]>()
  for (const change of changes) {
    const mode = change.modes.before ?? change.modes.after ?? ''
    // A file may become executable as it moves; a link and a file with the same bytes are different things.
    const content = `${mode.startsWith('100') ? 'file' : mode} ${change.before ?? change.after}`
    groups.set(content, [...(groups.get(content) ?? []), change])
  }
  return groups
}

/** The bytes that git compares: for a submodule a line with the id of its commit. */
function readSide(repository: Repository, oid: Oid | undefined, mode: string | undefined): Buffer {
  if (oid === undefined) return Buffer.alloc(0)
  if (mode === '160000') return Buffer.from(`Subproject commit ${oid}\n`)
  return repository.objects.read(oid)?.data ?? fail('object-missing', { oid })
}

function isBinary(data: Buffer): boolean {
  return data.subarray(0, binaryProbe).includes(0)
}
