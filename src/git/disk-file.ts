/** Reading files of a repository that another process may be changing: what is missing is null, everything else that goes wrong is told. */
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { fail } from '../failure.ts'

/** The bytes of a regular file, or null when there is none. Throws `repository-unreadable`. */
export function readDiskFile(path: string): Buffer | null {
  return attempt(path, () => {
    // A device or a pipe would be read without end.
    if (!statSync(path).isFile()) return null
    return readFileSync(path)
  })
}

/** The text of a small regular file, or null when there is none. Throws `repository-unreadable`. */
export function readDiskText(path: string): string | null {
  return readDiskFile(path)?.toString('utf8') ?? null
}

/** What is in a folder, in order of name; nothing when there is no folder. Throws `repository-unreadable`. */
export function listDiskFolder(path: string): Dirent[] {
  const entries = attempt(path, () => readdirSync(path, { withFileTypes: true })) ?? []
  return entries.sort((left, right) => (left.name < right.name ? -1 : 1))
}

export function isDiskFolder(path: string): boolean {
  return attempt(path, () => statSync(path).isDirectory()) ?? false
}

function attempt<Value>(path: string, action: () => Value): Value | null {
  try {
    return action()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    return fail('repository-unreadable', { path, reason: `it cannot be read (${code ?? 'unknown error'})` })
  }
}
