import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compareBytes } from '../byte-compare.ts'
import { type DiskRepository, openDiskRepository } from '../disk-repository.ts'
import { encodePackedRefs, packedRefsPath } from './bare-repository.ts'
import { replaceFile, TEMPORARY } from './durable-file.ts'

/**
 * Opens a repository that is ours to write. What a crash left behind goes; refs that somebody else's git gave files of their
 * own move to where we look for them, since such a file would go before all that we write. Throws `repository-unreadable`.
 */
export async function openTidyRepository(folder: string): Promise<DiskRepository> {
  await removeUnfinished(join(folder, 'objects', 'pack'))
  const disk = openDiskRepository(folder)
  const loose = filesBelow(join(folder, 'refs'))
  if (loose.length > 0) {
    const refs = [...disk.refs].sort(([a], [b]) => compareBytes(a, b))
    await replaceFile(packedRefsPath(folder), encodePackedRefs(refs))
    for (const path of loose) await rm(path)
  }
  return disk
}

async function removeUnfinished(packFolder: string): Promise<void> {
  if (!existsSync(packFolder)) return
  const names = new Set(readdirSync(packFolder))
  for (const name of names) {
    const isOrphan = name.endsWith('.pack') && !names.has(name.replace(/\.pack$/, '.idx'))
    if (isOrphan || name.endsWith(TEMPORARY)) await rm(join(packFolder, name))
  }
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}
