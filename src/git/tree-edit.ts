import { fail } from '../failure.ts'
import type { TreeFile } from './file-map.ts'
import type { Oid, TreeEntry } from './model.ts'
import type { ObjectStore } from './object-store.ts'
import { encodeTree } from './tree-codec.ts'
import { isFolderMode } from './tree-path.ts'

/** A folder while files in it are changed. */
interface OpenFolder {
  readonly path: string
  readonly entries: Map<string, TreeEntry>
}

export type EditedTree = { readonly tree: Oid } | { readonly clashes: readonly string[] }

/**
 * Puts files into a tree, and takes out those that are null. Only the folders on the way are read and written; folders
 * that come to be empty go away. The answer is the new tree, or the paths where a file and a folder want the same place.
 */
export function editTree(
  objects: ObjectStore,
  root: Oid,
  edits: ReadonlyMap<string, TreeFile | null>,
): EditedTree {
  const folders = openFolders(objects, root, edits.keys())
  const clashes: string[] = []
  for (const [path, file] of edits) {
    const { entries } = folders.get(folderOf(path))!
    const name = nameOf(path)
    // What is a folder still has not been opened, so all that is in it stays.
    const isTaken = isFolder(entries.get(name))
    if (file && isTaken) clashes.push(path)
    else if (file) entries.set(name, { ...file, name })
    else if (!isTaken) entries.delete(name)
  }
  return closeFolders(objects, [...folders.values()], clashes)
}

/** The folders above these paths, each before what is in it. */
function openFolders(objects: ObjectStore, root: Oid, paths: Iterable<string>): Map<string, OpenFolder> {
  const folders = new Map([['', open(objects, '', root)]])
  for (const path of paths) {
    for (const folder of foldersAbove(path)) {
      if (folders.has(folder)) continue
      const { entries } = folders.get(folderOf(folder))!
      const entry = entries.get(nameOf(folder))
      folders.set(folder, open(objects, folder, isFolder(entry) ? entry.oid : null))
      if (isFolder(entry)) entries.delete(entry.name)
    }
  }
  return folders
}

function open(objects: ObjectStore, path: string, oid: Oid | null): OpenFolder {
  const entries = oid === null ? [] : objects.tree(oid)
  // Such a name was not UTF-8, and would be written back as another one.
  if (oid !== null && entries.some(({ name }) => name.includes('\ufffd'))) {
    return fail('object-corrupt', { oid, reason: 'a name in the tree is not UTF-8' })
  }
  return { path, entries: new Map(entries.map((entry) => [entry.name, entry])) }
}

/** Writes the folders from the inside out: what was opened later is not above what was opened earlier. */
function closeFolders(objects: ObjectStore, folders: readonly OpenFolder[], clashes: string[]): EditedTree {
  const byPath = new Map(folders.map((folder) => [folder.path, folder]))
  for (const { path, entries } of folders.toReversed()) {
    if (path === '') break
    if (entries.size === 0) continue
    const parent = byPath.get(folderOf(path))!
    const name = nameOf(path)
    if (parent.entries.has(name)) clashes.push(path)
    else parent.entries.set(name, { mode: '40000', name, oid: write(objects, entries) })
  }
  return clashes.length > 0 ? { clashes } : { tree: write(objects, folders[0]!.entries) }
}

function write(objects: ObjectStore, entries: ReadonlyMap<string, TreeEntry>): Oid {
  return objects.write('tree', encodeTree([...entries.values()]))
}

function isFolder(entry: TreeEntry | undefined): entry is TreeEntry {
  return entry !== undefined && isFolderMode(entry.mode)
}

/** `a/b/c` is below `a` and `a/b`. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = []
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    folders.push(path.slice(0, slash))
  }
  return folders
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
