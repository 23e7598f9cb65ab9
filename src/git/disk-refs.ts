import { join } from 'node:path'
import { listDiskFolder, readDiskFile } from './disk-file.ts'
import type { DiskLayout } from './disk-layout.ts'
import type { Oid } from './model.ts'
import { isOid } from './object-id.ts'
import { parsePackedRefs } from './packed-refs.ts'

/** Refs that every linked work tree has for itself. https://git-scm.com/docs/git-worktree#_refs */
const PRIVATE_FOLDERS: readonly string[] = ['bisect', 'worktree', 'rewritten']

/** What a ref holds: an object, another ref, or (null) nothing that can be understood. */
export type RefContent = { readonly oid: Oid } | { readonly ref: string } | null

/** Every ref below `refs/` with what it holds, by full name; a ref in a file of its own hides the packed one. */
export function readRefContents({ gitFolder, commonFolder }: DiskLayout): Map<string, RefContent> {
  const contents = new Map<string, RefContent>()
  const packed = readDiskFile(join(commonFolder, 'packed-refs'))
  if (packed !== null) for (const [name, oid] of parsePackedRefs(packed)) contents.set(name, { oid })
  const linked = gitFolder !== commonFolder
  readLooseRefs(commonFolder, 'refs', contents, linked ? PRIVATE_FOLDERS : [])
  if (linked) for (const folder of PRIVATE_FOLDERS) readLooseRefs(gitFolder, `refs/${folder}`, contents, [])
  return contents
}

/** Reads the content of a ref's file. */
export function parseRefContent(data: Buffer): RefContent {
  const symbolic = /^ref:\s*(\S+)\s*$/.exec(data.toString('utf8'))
  if (symbolic !== null) return { ref: symbolic[1]! }
  const oid = data.toString('latin1', 0, 40)
  // git allows anything after the id, as long as white space comes first.
  return isOid(oid) && /^(\s|$)/.test(data.toString('latin1', 40, 41)) ? { oid } : null
}

function readLooseRefs(
  root: string,
  name: string,
  contents: Map<string, RefContent>,
  passedOver: readonly string[],
): void {
  for (const entry of listDiskFolder(join(root, name))) {
    const path = `${name}/${entry.name}`
    // A file that git holds while it writes the ref beside it.
    if (passedOver.includes(entry.name) || entry.name.endsWith('.lock')) continue
    if (entry.isDirectory()) {
      readLooseRefs(root, path, contents, [])
      continue
    }
    const data = readDiskFile(join(root, path))
    if (data !== null) contents.set(path, parseRefContent(data))
  }
}
