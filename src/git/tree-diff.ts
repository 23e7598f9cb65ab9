import { compareBytes } from './byte-compare.ts'
import type { Oid, TreeEntry } from './model.ts'
import type { Repository } from './repository.ts'
import { isFolderMode } from './tree-path.ts'

/** One file that differs between two trees. Submodules count as files; a changed mode alone is a modification. */
export interface FileChange {
  /** From the root, with slashes. */
  readonly path: string
  readonly kind: 'added' | 'modified' | 'removed'
  /** Absent when the file was added. */
  readonly before?: Oid
  /** Absent when the file was removed. */
  readonly after?: Oid
  readonly modes: { readonly before?: string; readonly after?: string }
}

/** A folder that is on both sides, or on one only. */
interface FolderPair {
  readonly path: string
  readonly before: Oid | null
  readonly after: Oid | null
}

/**
 * The files that differ between two trees, in byte order of their paths, as `git diff-tree -r --no-renames` lists them.
 * Null stands for the empty tree. Folders with the same id on both sides are not read.
 */
export function diffTrees(repository: Repository, before: Oid | null, after: Oid | null): FileChange[] {
  const changes: FileChange[] = []
  const waiting: FolderPair[] = [{ path: '', before, after }]
  for (let pair = waiting.pop(); pair; pair = waiting.pop()) {
    if (pair.before === pair.after) continue
    const left = readFolder(repository, pair.before)
    const right = readFolder(repository, pair.after)
    for (const name of new Set([...left.keys(), ...right.keys()])) {
      const path = pair.path + name
      const old = left.get(name)
      const now = right.get(name)
      const change = compareFiles(path, fileOf(old), fileOf(now))
      if (change) changes.push(change)
      const folders = { before: folderOf(old), after: folderOf(now) }
      if (folders.before || folders.after) waiting.push({ path: `${path}/`, ...folders })
    }
  }
  return changes.sort((a, b) => compareBytes(a.path, b.path))
}

/** What a commit changed against its first parent; for a root commit, every file it has. */
export function changedFiles(repository: Repository, commit: Oid): FileChange[] {
  const { tree, parents } = repository.objects.commit(commit)
  const parent = parents[0]
  const before = parent === undefined ? null : repository.objects.commit(parent).tree
  return diffTrees(repository, before, tree)
}

function readFolder(repository: Repository, oid: Oid | null): Map<string, TreeEntry> {
  const entries = oid === null ? [] : repository.objects.tree(oid)
  return new Map(entries.map((entry) => [entry.name, entry]))
}

function compareFiles(
  path: string,
  old: TreeEntry | undefined,
  now: TreeEntry | undefined,
): FileChange | undefined {
  if (old && now) {
    if (old.oid === now.oid && old.mode === now.mode) return undefined
    const modes = { before: old.mode, after: now.mode }
    return { path, kind: 'modified', before: old.oid, after: now.oid, modes }
  }
  if (old) return { path, kind: 'removed', before: old.oid, modes: { before: old.mode } }
  if (now) return { path, kind: 'added', after: now.oid, modes: { after: now.mode } }
  return undefined
}

function fileOf(entry: TreeEntry | undefined): TreeEntry | undefined {
  return entry && !isFolderMode(entry.mode) ? entry : undefined
}

function folderOf(entry: TreeEntry | undefined): Oid | null {
  return entry && isFolderMode(entry.mode) ? entry.oid : null
}
