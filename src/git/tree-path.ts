import type { Oid } from './model.ts'
import type { Repository } from './repository.ts'
import { peelTo } from './revision-suffix.ts'

/**
 * What lies at a path below a tree, a commit or a tag of either; the tree itself for the empty path. As git has it, a
 * folder may be named with one slash at its end, while doubled slashes, `.` and `..` are names like any other.
 */
export function findInTree(repository: Repository, treeish: Oid, path: string): Oid | undefined {
  const root = peelTo(repository, treeish, 'tree')
  if (root === undefined || path === '') return root
  const names = path.split('/')
  if (names.at(-1) === '' && names.length > 1) names.pop()
  const wantsFolder = path.endsWith('/')
  let at: { oid: Oid; isFolder: boolean } = { oid: root, isFolder: true }
  for (const name of names) {
    if (!at.isFolder) return undefined
    const entry = repository.objects.tree(at.oid).find((candidate) => candidate.name === name)
    if (!entry) return undefined
    at = { oid: entry.oid, isFolder: isFolderMode(entry.mode) }
  }
  return wantsFolder && !at.isFolder ? undefined : at.oid
}

/** Some old tools wrote the mode of a folder with a leading zero. */
export function isFolderMode(mode: string): boolean {
  return mode === '40000' || mode === '040000'
}
