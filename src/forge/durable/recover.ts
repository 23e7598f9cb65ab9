import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compareBytes } from '../../git/byte-compare.ts'
import { isDiskFolder, readDiskFile } from '../../git/disk-file.ts'
import {
  createBareRepository,
  encodePackedRefs,
  packedRefsPath,
  writeHead,
} from '../../git/disk-store/bare-repository.ts'
import { replaceFile } from '../../git/disk-store/durable-file.ts'
import { removeLooseFiles } from '../../git/disk-store/loose-file.ts'
import { writePackFiles } from '../../git/disk-store/pack-file.ts'
import { MemoryLayer } from '../../git/memory-layer.ts'
import { parsePackedRefs } from '../../git/packed-refs.ts'
import { checkShape } from '../fixture/check-shape.ts'
import { applyChange, type Change } from './change.ts'
import { ChangeLog, readChanges } from './change-log.ts'
import { decodeObject } from './logged-object.ts'
import { DataFolderError, sentenceOf } from './problem.ts'
import { repositoryFolder } from './repository-folder.ts'
import { WorldDocument } from './schema.ts'
import { documentPath, logPath, writeDocument } from './world-files.ts'
import { WorldStore } from './world-store.ts'

/** What the log says about the repository of one project. */
interface Rest {
  head: string | null
  readonly refs: Map<string, string | null>
  readonly objects: MemoryLayer
}

/**
 * Opens a world: what the log says beyond the document is put where it belongs. It may be interrupted at any point and
 * started again. Throws DataFolderError with the place of what is damaged.
 */
export async function openStore(folder: string): Promise<{ document: WorldDocument; store: WorldStore }> {
  const document = await readDocument(folder)
  const { changes, size } = await readChanges(logPath(folder))
  for (const change of changes.filter(({ sequence }) => sequence > document.sequence)) {
    if (change.sequence !== document.sequence + 1)
      throw new DataFolderError(logPath(folder), `change ${document.sequence + 1} is missing`)
    applyChange(document, change)
  }
  await checkDocument(folder, document)
  if (changes.length > 0) await settle(folder, document, changes)
  const log = await ChangeLog.open(logPath(folder), changes.length > 0 ? 0 : size)
  return { document, store: new WorldStore(folder, document, log) }
}

async function readDocument(folder: string): Promise<WorldDocument> {
  const path = documentPath(folder)
  try {
    return JSON.parse(await readFile(path, 'utf8')) as WorldDocument
  } catch (error) {
    throw new DataFolderError(path, sentenceOf(error), { cause: error })
  }
}

async function checkDocument(folder: string, document: WorldDocument): Promise<void> {
  const [problem] = await checkShape(WorldDocument, document)
  if (problem) throw new DataFolderError(documentPath(folder), `${problem.path}: ${problem.message}`)
}

/** Brings repositories and document up to date, so that nothing depends on the log any more. */
async function settle(folder: string, document: WorldDocument, changes: readonly Change[]): Promise<void> {
  const rests = gather(changes)
  for (const project of document.projects) {
    const rest = rests.get(project.id)
    if (rest) await settleRepository(repositoryFolder(folder, project), rest, folder)
  }
  await writeDocument(folder, document)
  for (const project of document.projects) {
    const oids = rests.get(project.id)?.objects.oids() ?? []
    await removeLooseFiles(join(repositoryFolder(folder, project), 'objects'), oids)
  }
}

function gather(changes: readonly Change[]): Map<number, Rest> {
  const rests = new Map<number, Rest>()
  for (const { projects = {} } of changes) {
    for (const [id, { head, refs = {}, objects = [] }] of Object.entries(projects)) {
      const rest = rests.get(Number(id)) ?? { head: null, refs: new Map(), objects: new MemoryLayer() }
      rests.set(Number(id), rest)
      if (head !== undefined) rest.head = head
      for (const [ref, oid] of Object.entries(refs)) rest.refs.set(ref, oid)
      for (const { oid, type, data } of objects.map(decodeObject)) rest.objects.put(oid, type, data)
    }
  }
  return rests
}

async function settleRepository(folder: string, rest: Rest, worldFolder: string): Promise<void> {
  const { head, refs, objects } = rest
  if (head === null && refs.size === 0) return
  if (!isDiskFolder(folder)) await createBareRepository(folder, head ?? 'refs/heads/main', worldFolder)
  await writePackFiles(join(folder, 'objects'), objects, objects.oids())
  const all = new Map(parsePackedRefs(readDiskFile(packedRefsPath(folder)) ?? Buffer.alloc(0)))
  for (const [ref, oid] of refs) {
    if (oid === null) all.delete(ref)
    else all.set(ref, oid)
  }
  const sorted = [...all].sort(([a], [b]) => compareBytes(a, b))
  await replaceFile(packedRefsPath(folder), encodePackedRefs(sorted))
  if (head !== null) await writeHead(folder, head)
}
