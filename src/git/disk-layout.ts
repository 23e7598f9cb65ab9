import { dirname, join, resolve } from 'node:path'
import { fail } from '../failure.ts'
import { isDiskFolder, readDiskText } from './disk-file.ts'

/** Where the parts of a repository on disk are. */
export interface DiskLayout {
  /** HEAD, and the refs that belong to one work tree. */
  readonly gitFolder: string
  /** Everything else. The same folder, unless this is a linked work tree. */
  readonly commonFolder: string
}

/**
 * Finds the repository at a path: a bare one, a work tree with a `.git` folder, or one whose `.git` is a file that names the
 * folder (linked work trees and submodules). Parent folders are not searched.
 *
 * Throws `repository-unreadable` when there is none.
 */
export function findRepository(path: string): DiskLayout {
  if (!isDiskFolder(path)) return fail('repository-unreadable', { path, reason: 'there is no such folder' })
  const dotGit = join(path, '.git')
  const pointer = readDiskText(dotGit)
  if (pointer !== null) return completeLayout(path, followPointer(path, dotGit, pointer))
  return completeLayout(path, isDiskFolder(dotGit) ? dotGit : path)
}

function followPointer(path: string, dotGit: string, pointer: string): string {
  const target = /^gitdir: ([^\n]+)/.exec(pointer)?.[1]?.trimEnd()
  if (target === undefined) {
    return fail('repository-unreadable', { path, reason: 'its .git file names no folder' })
  }
  return resolve(dirname(dotGit), target)
}

function completeLayout(path: string, gitFolder: string): DiskLayout {
  const common = readDiskText(join(gitFolder, 'commondir'))?.trim()
  const commonFolder = common === undefined ? gitFolder : resolve(gitFolder, common)
  const complete = isDiskFolder(join(commonFolder, 'objects')) && isDiskFolder(join(commonFolder, 'refs'))
  if (complete && readDiskText(join(gitFolder, 'HEAD')) !== null) return { gitFolder, commonFolder }
  return fail('repository-unreadable', { path, reason: 'it is not a git repository' })
}
