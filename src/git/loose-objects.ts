import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { fail } from '../failure.ts'
import { listDiskFolder, readDiskFile } from './disk-file.ts'
import type { ObjectType, Oid, RawObject } from './model.ts'
import { hashObject, isObjectType, isOid } from './object-id.ts'
import { copyBytes, ObjectSlab, type SlabSlice } from './object-slab.ts'
import type { ObjectSource } from './object-source.ts'

/** No loose object may inflate to more (1 GiB). */
const LARGEST_OBJECT = 2 ** 30
const LONGEST_HEADER = 32

/** The objects that have a file of their own, held in memory as they were on disk: deflated. */
export class LooseObjects implements ObjectSource {
  readonly #files: ReadonlyMap<Oid, SlabSlice>

  /** Reads all of them. Throws `repository-unreadable` when a file cannot be opened. */
  constructor(objectsFolder: string) {
    this.#files = readFiles(objectsFolder)
  }

  has(oid: Oid): boolean {
    return this.#files.has(oid)
  }

  /** Throws `object-corrupt` when the file is damaged, or is not the object that its name says. */
  read(oid: Oid): RawObject | undefined {
    const file = this.#files.get(oid)
    if (file === undefined) return undefined
    const object = parseLooseObject(inflateFile(oid, file))
    if (object !== null && hashObject(object.type, object.data) === oid) return object
    return fail('object-corrupt', { oid, reason: 'the file holds something else' })
  }

  peek(oid: Oid): RawObject | undefined {
    return this.read(oid)
  }

  typeOf(oid: Oid): ObjectType | undefined {
    return this.read(oid)?.type
  }

  packed(): undefined {}

  oids(): Iterable<Oid> {
    return this.#files.keys()
  }

  oidsWithPrefix(prefix: string, limit: number): Oid[] {
    const found: Oid[] = []
    for (const oid of this.#files.keys()) {
      if (found.length >= limit) return found
      if (oid.startsWith(prefix)) found.push(oid)
    }
    return found
  }
}

function readFiles(objectsFolder: string): Map<Oid, SlabSlice> {
  const files = new Map<Oid, SlabSlice>()
  const slab = new ObjectSlab()
  for (const { name: head } of listDiskFolder(objectsFolder)) {
    if (!/^[0-9a-f]{2}$/.test(head)) continue
    for (const { name } of listDiskFolder(join(objectsFolder, head))) {
      const oid = head + name
      // git leaves files named tmp_obj_… behind when it is interrupted.
      const data = isOid(oid) ? readDiskFile(join(objectsFolder, head, name)) : null
      if (data !== null) files.set(oid, slab.keep(data))
    }
  }
  return files
}

function inflateFile(oid: Oid, { slab, start, end }: SlabSlice): Buffer {
  try {
    return inflateSync(slab.subarray(start, end), { maxOutputLength: LARGEST_OBJECT })
  } catch {
    return fail('object-corrupt', { oid, reason: 'the file cannot be inflated' })
  }
}

/** Takes `type length NUL data` apart; null when it is something else. */
function parseLooseObject(content: Buffer): RawObject | null {
  const nul = content.subarray(0, LONGEST_HEADER).indexOf(0)
  const [type = '', length] = content.toString('latin1', 0, Math.max(nul, 0)).split(' ')
  if (!isObjectType(type) || length !== String(content.length - nul - 1)) return null
  return { type, data: copyBytes(content, nul + 1, content.length) }
}
