/** Bare repositories as git itself lays them out. https://git-scm.com/docs/gitrepository-layout */
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Oid } from '../model.ts'
import type { Repository } from '../repository.ts'
import { Pacer } from '../wire/pacer.ts'
import { replaceFile, syncFolder, temporaryOf, writeSynced } from './durable-file.ts'

const CONFIG = '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n'
/** Characters that are written at once. */
const ENOUGH = 64 * 1024
const FOLDERS = ['objects/pack', 'objects/info', 'refs/heads', 'refs/tags']

/** Makes an empty repository, in the place of whatever is there. `parent` is a folder above it that exists already. */
export async function createBareRepository(folder: string, head: string, parent: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  for (const name of FOLDERS) await mkdir(join(folder, name), { recursive: true })
  await writeSynced(join(folder, 'config'), CONFIG)
  await writeHead(folder, head)
  for (const name of ['objects', 'refs']) await syncFolder(join(folder, name))
  for (let above = dirname(folder); above.length >= parent.length; above = dirname(above)) {
    await syncFolder(above)
  }
}

/** `ref` is the full name of a branch, born or not. */
export function writeHead(folder: string, ref: string): Promise<void> {
  return replaceFile(join(folder, 'HEAD'), `ref: ${ref}\n`)
}

/**
 * All refs as one file, in the byte order of their names. They never lie in files of their own: a name may be longer than a
 * file name can be, or differ from another in case only, and all of a push appear at once.
 */
export async function* encodePackedRefs(refs: Refs): AsyncGenerator<Buffer> {
  const pacer = new Pacer()
  let text = '# pack-refs with: sorted \n'
  for (const [ref, oid] of refs) {
    text += `${oid} ${ref}\n`
    if (text.length < ENOUGH) continue
    yield Buffer.from(text)
    text = ''
    if (pacer.isDue) await pacer.rest()
  }
  yield Buffer.from(text)
}

/** Refs in the byte order of their names. */
export type Refs = Iterable<readonly [ref: string, oid: Oid]>

/** The refs of a repository as they are at the time of the call, to be gone through once. */
export function holdRefs(repository: Repository): Refs {
  const rest = repository.refs()
  const first = rest.next()
  return (function* () {
    if (first.done) return
    yield first.value
    yield* rest
  })()
}

export function packedRefsPath(folder: string): string {
  return join(folder, 'packed-refs')
}

/** Writes the refs beside those that are in force; to be renamed. */
export function preparePackedRefs(folder: string, refs: Refs): Promise<void> {
  return writeSynced(temporaryOf(packedRefsPath(folder)), encodePackedRefs(refs))
}
