import { compareBytes } from './byte-compare.ts'
import type { Oid, TreeEntry } from './model.ts'
import type { Repository } from './repository.ts'
import { diffTrees, type FileChange } from './tree-diff.ts'

/** A file as a tree names it. */
export interface TreeFile {
  readonly mode: string
  readonly oid: Oid
}

/** All files of a tree, by their paths. Folders are there only as parts of paths, so that there are no empty ones. */
export type FileMap = Map<string, TreeFile>

export function readFileMap(repository: Repository, tree: Oid | null): FileMap {
  const files: FileMap = new Map()
  for (const change of diffTrees(repository, null, tree)) files.set(change.path, addedBy(change))
  return files
}

/** Puts a file at a path, in the place of what stands in its way: a file that would have to be a folder, or the reverse. */
export function putFile(files: FileMap, path: string, file: TreeFile): void {
  for (const other of findClashes(files, path)) files.delete(other)
  files.set(path, file)
}

/** Removes a file, or a folder with all that is in it. Nothing happens when neither is there. */
export function removePath(files: FileMap, path: string): void {
  files.delete(path)
  for (const other of [...files.keys()]) if (other.startsWith(`${path}/`)) files.delete(other)
}

/**
 * Takes over what another branch has changed since `base`, as a merge does: a file that we have not touched since then
 * becomes theirs. Where both sides have changed it, or their file needs the place of one of ours, ours stays.
 */
export function mergeFiles(repository: Repository, ours: FileMap, base: Oid | null, theirs: Oid): void {
  const changes = diffTrees(repository, base, theirs).filter((change) =>
    isUntouched(ours.get(change.path), change),
  )
  for (const change of changes) if (change.kind === 'removed') ours.delete(change.path)
  for (const change of changes) {
    if (change.kind === 'removed' || findClashes(ours, change.path).length > 0) continue
    ours.set(change.path, addedBy(change))
  }
}

/** Hands the folders that hold these files to `write`, innermost first, and answers the id of the root. */
export function writeFolders(files: FileMap, write: (entries: TreeEntry[]) => Oid): Oid {
  const folders = new Map<string, TreeEntry[]>([['', []]])
  for (const [path, file] of files) {
    const folder = folderOf(path)
    for (let at = folder; !folders.has(at); at = folderOf(at)) folders.set(at, [])
    folders.get(folder)!.push({ ...file, name: nameOf(path) })
  }
  // A folder's path is a prefix of what is in it, so backwards by name means from the inside out.
  const inwards = [...folders.keys()].sort(compareBytes).reverse()
  for (const path of inwards) {
    if (path === '') break
    const oid = write(folders.get(path)!)
    folders.get(folderOf(path))!.push({ mode: '40000', name: nameOf(path), oid })
  }
  return write(folders.get('')!)
}

function isUntouched(ours: TreeFile | undefined, change: FileChange): boolean {
  return ours?.oid === change.before && ours?.mode === change.modes.before
}

function addedBy({ path, after, modes }: FileChange): TreeFile {
  if (after === undefined || modes.after === undefined) throw new RangeError(`${path} is gone`)
  return { mode: modes.after, oid: after }
}

function findClashes(files: FileMap, path: string): string[] {
  const clashes: string[] = []
  for (let at = folderOf(path); at !== ''; at = folderOf(at)) if (files.has(at)) clashes.push(at)
  for (const other of files.keys()) if (other.startsWith(`${path}/`)) clashes.push(other)
  return clashes
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
