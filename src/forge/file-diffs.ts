import { structuredPatch } from 'diff/lib/patch/create.js'
import { fail } from '../failure.ts'
import { diffTrees, type FileChange } from '../git/tree-diff.ts'
import type { Commit, Oid } from './model.ts'
import type { Project } from './project.ts'

/** One file that differs between two commits. */
export interface FileDiff {
  readonly kind: 'added' | 'modified' | 'removed' | 'renamed'
  /** The same as newPath unless the file was renamed. */
  readonly oldPath: string
  readonly newPath: string
  /** Six octal digits; null on the side where there is no file. */
  readonly oldMode: string | null
  readonly newMode: string | null
  readonly isBinary: boolean
  /** The hunks of a unified diff, without the lines that name the files; empty for a binary file. */
  readonly hunks: string
}

/** git looks for a NUL byte in this many bytes to tell a binary file. */
const BINARY_PROBE = 8000
/** Beyond this many edits a file is shown as replaced: finding the shortest way costs the square of it. */
const MOST_EDITS = 4000

/**
 * What changed from one commit (null: from nothing) to another, in byte order of the paths. A file that was only moved
 * counts as renamed; one that was moved and changed as removed and added.
 */
export function diffCommits(project: Project, before: Commit | null, after: Commit): FileDiff[] {
  const changes = diffTrees(project.repository, before?.tree ?? null, after.tree)
  const sources = findMoves(changes)
  const moved = new Set(sources.values())
  return changes
    .filter((change) => !moved.has(change))
    .map((change) => describe(project, change, sources.get(change)))
}

/** For each added file that is a removed one under another name, the removed one. */
function findMoves(changes: readonly FileChange[]): Map<FileChange, FileChange> {
  const removed = changes.filter((change) => change.kind === 'removed')
  const moves = new Map<FileChange, FileChange>()
  for (const change of changes) {
    if (change.kind !== 'added') continue
    const at = removed.findIndex((candidate) => candidate.before === change.after)
    const [source] = at < 0 ? [] : removed.splice(at, 1)
    if (source) moves.set(change, source)
  }
  return moves
}

function describe(project: Project, change: FileChange, source: FileChange | undefined): FileDiff {
  const { path, kind, modes } = change
  const old = { oid: source?.before ?? change.before, mode: source?.modes.before ?? modes.before }
  const now = { oid: change.after, mode: modes.after }
  const before = contentOf(project, old.oid, old.mode)
  const after = contentOf(project, now.oid, now.mode)
  const isBinary = looksBinary(before) || looksBinary(after)
  return {
    kind: source ? 'renamed' : kind,
    oldPath: source?.path ?? path,
    newPath: path,
    oldMode: old.mode?.padStart(6, '0') ?? null,
    newMode: now.mode?.padStart(6, '0') ?? null,
    isBinary,
    hunks: isBinary || old.oid === now.oid ? '' : hunksOf(before.toString('utf8'), after.toString('utf8')),
  }
}

function contentOf(project: Project, oid: Oid | undefined, mode: string | undefined): Buffer {
  if (oid === undefined) return Buffer.alloc(0)
  if (mode === '160000') return Buffer.from(`Subproject commit ${oid}\n`)
  return project.repository.objects.read(oid)?.data ?? fail('object-missing', { oid })
}

function looksBinary(data: Buffer): boolean {
  return data.subarray(0, BINARY_PROBE).includes(0)
}

function hunksOf(before: string, after: string): string {
  const options = { context: 3, maxEditLength: MOST_EDITS }
  const patch = structuredPatch('a', 'b', before, after, '', '', options) ?? {
    // Nothing in common is what a limit of edits amounts to: first all of the old lines, then all of the new.
    hunks: [...onlyHunks(before, ''), ...onlyHunks('', after)],
  }
  return patch.hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines }) =>
      [`@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`, ...lines, ''].join('\n'),
    )
    .join('')
}

function onlyHunks(before: string, after: string) {
  return structuredPatch('a', 'b', before, after, '', '', { context: 0 }).hunks
}

/** git leaves out a count of one, and names the line before an empty range. */
function range(start: number, lines: number): string {
  const first = lines === 0 ? start - 1 : start
  return lines === 1 ? `${first}` : `${first},${lines}`
}
