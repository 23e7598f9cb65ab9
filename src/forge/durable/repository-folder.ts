import { join } from 'node:path'
import type { ProjectSpec } from '../spec.ts'

/** Bytes that every file system takes in a name. */
const LONGEST_NAME = 200
const PLAIN = /^[\p{L}\p{N}_][\p{L}\p{N}_.+-]*$/u

/** Where the repository of a project lies: by its path, or by its id where that would not make good names of folders. */
export function repositoryFolder(
  worldFolder: string,
  { path, id }: Pick<ProjectSpec, 'path' | 'id'>,
): string {
  const parts = path.split('/')
  const isPlain = parts.every((part) => PLAIN.test(part) && !part.toLowerCase().endsWith('.git'))
  const isShort = parts.every((part) => Buffer.byteLength(part) <= LONGEST_NAME)
  return join(repositoriesFolder(worldFolder), isPlain && isShort ? `${path}.git` : `project-${id}.git`)
}

export function repositoriesFolder(worldFolder: string): string {
  return join(worldFolder, 'repositories')
}
