import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import {
  encodePackedRefs,
  packedRefsPath,
  preparePackedRefs,
  writeHead,
} from '../../git/disk-store/bare-repository.ts'
import { replaceFile, syncFolder, temporaryOf } from '../../git/disk-store/durable-file.ts'
import { removeLooseFiles, writeLooseFile } from '../../git/disk-store/loose-file.ts'
import { mergePacks } from '../../git/disk-store/merge-packs.ts'
import { findNewObjects } from '../../git/disk-store/new-objects.ts'
import { writePackFiles } from '../../git/disk-store/pack-file.ts'
import type { Oid } from '../model.ts'
import type { Project } from '../project.ts'
import { applyChange, type Change, type ProjectChange } from './change.ts'
import type { ChangeLog } from './change-log.ts'
import type { Batch } from './ledger.ts'
import { decodeObject, encodeObject } from './logged-object.ts'
import { DataFolderError } from './problem.ts'
import { repositoryFolder } from './repository-folder.ts'
import type { ProjectWrite } from './saved-project.ts'
import type { WorldDocument } from './schema.ts'
import { writeDocument, writeRepository } from './world-files.ts'

/** So few and small objects go into the log; others get a pack of their own before it. */
const FEW = 4
const SMALL = 64 * 1024
/** Bytes of a log that is worth a new document. */
const LONG_LOG = 4 * 1024 * 1024

/** One world on the disk, and how changes get there. Nothing here may be done twice at a time. */
export class WorldStore {
  readonly folder: string
  readonly #document: WorldDocument
  readonly #log: ChangeLog
  /** Objects that are safe in the log only, of the projects whose refs are. */
  readonly #logged = new Map<Project, Oid[]>()
  /** Whether the log may hold a change that does not count. */
  #isTorn = false

  constructor(folder: string, document: WorldDocument, log: ChangeLog) {
    this.folder = folder
    this.#document = document
    this.#log = log
  }

  /** The number of the next change. */
  get nextSequence(): number {
    return this.#document.sequence + 1
  }

  get isLogLong(): boolean {
    return this.#log.size > LONG_LOG
  }

  get hasLog(): boolean {
    return this.#log.size > 0
  }

  /**
   * Saves changes: large objects first, then the log, which is what counts, then what git is to see. When it throws, nothing
   * of it counts. If not even that could be written down, nothing more is taken.
   */
  async commit({ change, writes, created }: Batch): Promise<void> {
    if (this.#isTorn)
      throw new DataFolderError(this.folder, 'was damaged by a failed write; restart the server')
    for (const project of created) await writeRepository(this.folder, project)
    const kept = new Map<ProjectWrite, readonly Oid[]>()
    const projects: Record<string, ProjectChange> = {}
    for (const write of writes) {
      const { oids, logged } = await this.#saveObjects(write)
      kept.set(write, oids)
      projects[write.saved.project.spec.id] = {
        ...write.change,
        ...(logged.length > 0 && { objects: logged }),
      }
    }
    const record: Change = writes.length > 0 ? { ...change, projects } : change
    try {
      await allDone([this.#log.append(record), ...writes.map((write) => this.#prepareRefs(write))])
      for (const write of writes) await this.#publish(write, projects)
    } catch (error) {
      await this.#log.takeBack().catch(() => {
        this.#isTorn = true
      })
      throw error
    }
    applyChange(this.#document, record)
    for (const [{ saved }, oids] of kept) saved.keep(oids)
  }

  /** Writes the refs as they are, after a commit that may have come half way. */
  async rewriteRefs(writes: readonly ProjectWrite[]): Promise<void> {
    for (const { saved, refs } of writes) {
      if (refs === null) continue
      const { project } = saved
      const path = packedRefsPath(this.#folderOf(project))
      await replaceFile(path, encodePackedRefs(project.repository.refs()))
    }
  }

  /** Writes the document anew, so that the log can begin anew. */
  async compact(): Promise<void> {
    for (const [project, oids] of this.#logged) {
      const objects = join(this.#folderOf(project), 'objects')
      await writePackFiles(objects, project.repository.objects, oids)
      await mergePacks(objects, project.repository.objects)
      await syncFolder(this.#folderOf(project))
    }
    await writeDocument(this.folder, this.#document)
    for (const [project, oids] of this.#logged) {
      await removeLooseFiles(join(this.#folderOf(project), 'objects'), oids)
    }
    this.#logged.clear()
    await this.#log.clear()
  }

  close(): Promise<void> {
    return this.#log.close()
  }

  async #saveObjects({ saved, starts }: ProjectWrite): Promise<{ oids: readonly Oid[]; logged: string[] }> {
    if (starts.length === 0) return { oids: [], logged: [] }
    const { objects } = saved.project.repository
    const { oids, bytes } = await findNewObjects(objects, starts, (oid) => saved.isKept(oid))
    if (oids.length <= FEW && bytes <= SMALL) {
      return { oids, logged: oids.map((oid) => encodeObject(objects.read(oid)!)) }
    }
    const folder = join(this.#folderOf(saved.project), 'objects')
    await writePackFiles(folder, objects, oids)
    await mergePacks(folder, objects)
    return { oids, logged: [] }
  }

  async #prepareRefs({ saved, refs }: ProjectWrite): Promise<void> {
    if (refs !== null) await preparePackedRefs(this.#folderOf(saved.project), refs)
  }

  async #publish(
    { saved: { project }, refs, change }: ProjectWrite,
    projects: Record<string, ProjectChange>,
  ) {
    const folder = this.#folderOf(project)
    const oids: Oid[] = []
    for (const text of projects[project.spec.id]?.objects ?? []) {
      const object = decodeObject(text)
      await writeLooseFile(join(folder, 'objects'), object)
      oids.push(object.oid)
    }
    const logged = this.#logged.get(project)
    if (logged) logged.push(...oids)
    else this.#logged.set(project, oids)
    if (refs !== null) await rename(temporaryOf(packedRefsPath(folder)), packedRefsPath(folder))
    if (change.head !== undefined) await writeHead(folder, change.head)
  }

  #folderOf({ spec }: Project): string {
    return repositoryFolder(this.folder, spec)
  }
}

/** Waits for all, and then throws what the first that failed did. */
async function allDone(work: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason
}
