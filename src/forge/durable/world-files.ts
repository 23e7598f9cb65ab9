/** The files of one world in its folder. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createBareRepository,
  encodePackedRefs,
  packedRefsPath,
} from '../../git/disk-store/bare-repository.ts'
import { replaceFile, syncFolder } from '../../git/disk-store/durable-file.ts'
import { writePackFiles } from '../../git/disk-store/pack-file.ts'
import type { Project } from '../project.ts'
import type { Origin } from '../sandbox.ts'
import { describeForge } from '../state/write.ts'
import { documentOf } from './ledger.ts'
import { repositoriesFolder, repositoryFolder } from './repository-folder.ts'
import type { WorldDocument } from './schema.ts'

/** How many repositories are written at once: their waits for the disk overlap. */
const WIDTH = 8

export function documentPath(folder: string): string {
  return join(folder, 'world.json')
}

export function logPath(folder: string): string {
  return join(folder, 'changes.log')
}

export function writeDocument(folder: string, document: WorldDocument): Promise<void> {
  return replaceFile(documentPath(folder), JSON.stringify(document))
}

/** Writes a whole world into a new folder. The forge must be nobody else's: all its projects are opened. */
export async function writeWorld(folder: string, origin: Origin, fixture: string): Promise<WorldDocument> {
  const { forge } = origin
  await mkdir(repositoriesFolder(folder), { recursive: true })
  const projects: Project[] = []
  for (const spec of forge.specs) projects.push(await forge.open(spec))
  const waiting = [...projects]
  const work = async () => {
    for (let project = waiting.pop(); project; project = waiting.pop()) await writeRepository(folder, project)
  }
  await Promise.all(Array.from({ length: WIDTH }, work))
  const document: WorldDocument = {
    format: 'fakeforge-data',
    version: 1,
    sequence: 0,
    fixture,
    ...describeForge(origin),
    projects: projects.map(documentOf),
  }
  await writeDocument(folder, document)
  await syncFolder(folder)
  return document
}

/** Makes the repository of a project with all that is in it; nothing for a project that has none. */
export async function writeRepository(worldFolder: string, project: Project): Promise<void> {
  if (!project.hasRepository) return
  const { repository, spec } = project
  const folder = repositoryFolder(worldFolder, spec)
  await createBareRepository(folder, repository.head, worldFolder)
  await writePackFiles(join(folder, 'objects'), repository.objects, repository.objects.oids())
  await replaceFile(packedRefsPath(folder), encodePackedRefs(repository.refs()))
}
