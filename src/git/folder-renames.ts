import type { Side, Stages } from './merge-stages.ts'
import { otherSide } from './merge-stages.ts'
import type { Oid } from './model.ts'
import type { Repository } from './repository.ts'
import { folderOf, foldersAbove } from './tree-edit.ts'
import { findInTree } from './tree-path.ts'

/**
 * The files that one side put into folders which the other side (`side`) has moved away as a whole, with their folders. git
 * does not place such files by itself: it leaves the decision to a person, as a conflict.
 */
export function findStrays(
  repository: Repository,
  stages: ReadonlyMap<string, Stages>,
  side: Side,
  tree: Oid,
): Map<string, string> {
  const emptied = emptiedFolders(stages, side)
  const strays = new Map<string, string>()
  for (const [path, { base, [otherSide(side)]: added }] of stages) {
    const folder = folderOf(path)
    // A file in a new folder below a moved one does not count, as in git.
    if (!base && added && emptied.has(folder) && !isFolderIn(repository, tree, folder))
      strays.set(path, folder)
  }
  return strays
}

/** Where most files of each of these folders went, if they went anywhere. */
export function findMovedFolders(
  folders: Iterable<string>,
  renames: ReadonlyMap<string, string>,
): Map<string, string> {
  const moved = new Map<string, string>()
  for (const folder of folders) {
    const target = mostFrequent([...renames].map(([from, to]) => folderAfter(folder, from, to)))
    if (target !== undefined) moved.set(folder, target)
  }
  return moved
}

function mostFrequent(targets: readonly (string | null)[]): string | undefined {
  const counts = new Map<string, number>()
  for (const target of targets) if (target !== null) counts.set(target, (counts.get(target) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}

/** Where a folder went if it went with this file: `a/b/f` → `c/b/f` moves `a` to `c` and `a/b` to `c/b`. */
function folderAfter(folder: string, from: string, to: string): string | null {
  if (!from.startsWith(`${folder}/`)) return null
  const rest = folderOf(from).slice(folder.length)
  const target = folderOf(to)
  if (rest === '') return target
  if (target === rest.slice(1)) return ''
  return target.endsWith(rest) ? target.slice(0, target.length - rest.length) : null
}

/** The folders that have lost a file on this side. */
function emptiedFolders(stages: ReadonlyMap<string, Stages>, side: Side): Set<string> {
  const folders = new Set<string>()
  for (const [path, { base, [side]: now }] of stages) {
    if (base && !now) for (const folder of foldersAbove(path)) folders.add(folder)
  }
  return folders
}

function isFolderIn(repository: Repository, tree: Oid, path: string): boolean {
  const found = findInTree(repository, tree, path)
  return found !== undefined && repository.objects.typeOf(found) === 'tree'
}
