/** Writing files so that a crash at any moment leaves either what was there before or what was to be there, never a part. */
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Bytes that are on their way from the process to the disk at once. */
export type Content = string | Buffer | AsyncIterable<Buffer>

/** Writes a file that nobody reads before it is renamed; its bytes are on the disk afterwards. */
export async function writeSynced(path: string, content: Content): Promise<void> {
  const file = await open(path, 'w')
  try {
    if (typeof content === 'string' || Buffer.isBuffer(content)) await file.writeFile(content)
    else for await (const chunk of content) await file.writeFile(chunk)
    await file.datasync()
  } finally {
    await file.close()
  }
}

/** Has a folder remember the names in it, files and folders that came, went or were renamed. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Puts a file in the place of another, for good. */
export async function replaceFile(path: string, content: Content): Promise<void> {
  await writeSynced(temporaryOf(path), content)
  await rename(temporaryOf(path), path)
  await syncFolder(dirname(path))
}

/** The name under which a file is written before it takes its place. */
export function temporaryOf(path: string): string {
  return `${path}${TEMPORARY}`
}

/** How the names of files end that a crash may leave behind. */
export const TEMPORARY = '.tmp'
