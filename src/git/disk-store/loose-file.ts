import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { deflateSync } from 'node:zlib'
import type { Oid, RawObject } from '../model.ts'

/** Where an object lies that has a file of its own. */
function loosePath(objectsFolder: string, oid: Oid): string {
  return join(objectsFolder, oid.slice(0, 2), oid.slice(2))
}

/** Writes an object as a file of its own: whole for every reader, but not yet safe from a loss of power. */
export async function writeLooseFile(
  objectsFolder: string,
  { oid, type, data }: RawObject & { readonly oid: Oid },
): Promise<void> {
  const path = loosePath(objectsFolder, oid)
  const content = deflateSync(Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]), { level: 1 })
  await mkdir(dirname(path), { recursive: true })
  // Under such a name git knows what a crash left behind.
  const temporary = join(dirname(path), `tmp_obj_${oid}`)
  await writeFile(temporary, content)
  await rename(temporary, path)
}

/** Removes the files of objects, which need not be there. */
export async function removeLooseFiles(objectsFolder: string, oids: Iterable<Oid>): Promise<void> {
  for (const oid of oids) await rm(loosePath(objectsFolder, oid), { force: true })
}
