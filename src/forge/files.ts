import { fail } from '../failure.ts'
import { findInTree, isFolderMode } from '../git/tree-path.ts'
import type { Commit, Oid } from './model.ts'
import type { Project } from './project.ts'

/** One entry of a folder, as git keeps it. */
export interface FolderEntry {
  readonly oid: Oid
  readonly name: string
  /** From the root, with slashes. */
  readonly path: string
  /** Six octal digits: 100644, 040000. */
  readonly mode: string
  /** `commit` is a submodule. */
  readonly type: 'tree' | 'blob' | 'commit'
}

export interface FileContent extends FolderEntry {
  readonly data: Buffer
}

/** What is in a folder of a commit, in git's order; with `recursive` each folder is followed by what is in it. Null: there is no such folder. */
export function listFolder(
  project: Project,
  commit: Commit,
  folder: string,
  recursive = false,
): FolderEntry[] | null {
  const path = trimSlashes(folder)
  const { repository } = project
  const oid = findInTree(repository, commit.tree, path)
  if (oid === undefined || !repository.objects.has(oid) || repository.objects.peel(oid).type !== 'tree')
    return null
  return entriesOf(project, oid, path === '' ? '' : `${path}/`, recursive)
}

/** A file of a commit with its bytes; null when the path is not a file. */
export function readFile(project: Project, commit: Commit, path: string): FileContent | null {
  const cut = path.lastIndexOf('/')
  const siblings = listFolder(project, commit, path.slice(0, Math.max(cut, 0)))
  const entry = siblings?.find((candidate) => candidate.name === path.slice(cut + 1))
  if (entry?.type !== 'blob') return null
  const raw = project.repository.objects.read(entry.oid) ?? fail('object-missing', { oid: entry.oid })
  return { ...entry, data: raw.data }
}

function entriesOf(project: Project, tree: Oid, prefix: string, recursive: boolean): FolderEntry[] {
  return project.repository.objects.tree(tree).flatMap(({ mode, name, oid }) => {
    const type = typeOf(mode)
    const entry: FolderEntry = { oid, name, path: prefix + name, mode: mode.padStart(6, '0'), type }
    return type === 'tree' && recursive
      ? [entry, ...entriesOf(project, oid, `${prefix}${name}/`, true)]
      : [entry]
  })
}

function typeOf(mode: string): FolderEntry['type'] {
  if (mode === '160000') return 'commit'
  return isFolderMode(mode) ? 'tree' : 'blob'
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '')
}
