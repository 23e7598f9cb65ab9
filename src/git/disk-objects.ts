import { join } from 'node:path'
import { fail } from '../failure.ts'
import { listDiskFolder, readDiskFile } from './disk-file.ts'
import { DiskPack } from './disk-pack.ts'
import { LooseObjects } from './loose-objects.ts'
import type { ObjectType, Oid, RawObject } from './model.ts'
import {
  askFirst,
  collectPrefixed,
  iterateDistinct,
  type ObjectSource,
  type PackedObject,
} from './object-source.ts'
import { PackDamage } from './pack-damage.ts'
import { PackIndex } from './pack-index.ts'

/** Spent on the bases of deltas, over all packs of a repository. */
const CACHE_BYTES = 16 * 1024 * 1024

/** All objects of a repository on disk, packed and loose, as they were when it was opened. */
export class DiskObjects implements ObjectSource {
  readonly #sources: readonly ObjectSource[]
  /** The bases that are being fetched across packs, as those could go round in a circle. */
  readonly #fetching = new Set<Oid>()

  /** Throws `repository-unreadable` when a pack has no index, or the two do not fit. */
  constructor(objectsFolder: string) {
    const names = listPacks(join(objectsFolder, 'pack'))
    const surroundings = {
      cacheBytes: Math.floor(CACHE_BYTES / Math.max(names.length, 1)),
      readElsewhere: (oid: Oid) => this.#readBase(oid),
    }
    const packs = names.map((name) => openPack(join(objectsFolder, 'pack', name), surroundings))
    this.#sources = [...packs, new LooseObjects(objectsFolder)]
  }

  has(oid: Oid): boolean {
    return this.#sources.some((source) => source.has(oid))
  }

  /** Throws `object-corrupt`. */
  read(oid: Oid): RawObject | undefined {
    return askFirst(this.#sources, (source) => source.read(oid))
  }

  /** Throws `object-corrupt`. */
  peek(oid: Oid): RawObject | undefined {
    return askFirst(this.#sources, (source) => source.peek(oid))
  }

  typeOf(oid: Oid): ObjectType | undefined {
    return askFirst(this.#sources, (source) => source.typeOf(oid))
  }

  /** Of the first source that has it: were it of several, two deltas could be based on each other. */
  packed(oid: Oid): PackedObject | undefined {
    return this.#sources.find((source) => source.has(oid))?.packed(oid)
  }

  oidsWithPrefix(prefix: string, limit: number): Oid[] {
    return collectPrefixed(this.#sources, prefix, limit)
  }

  oids(): Iterable<Oid> {
    return iterateDistinct(this.#sources)
  }

  #readBase(oid: Oid): RawObject | undefined {
    if (this.#fetching.has(oid)) throw new PackDamage('a chain of deltas has no end')
    this.#fetching.add(oid)
    try {
      return this.read(oid)
    } finally {
      this.#fetching.delete(oid)
    }
  }
}

/** The names of the packs, without `.pack`. */
function listPacks(folder: string): string[] {
  const names = listDiskFolder(folder).map(({ name }) => name)
  return names.filter((name) => name.endsWith('.pack')).map((name) => name.slice(0, -'.pack'.length))
}

function openPack(path: string, surroundings: ConstructorParameters<typeof DiskPack>[2]): DiskPack {
  const index = readDiskFile(`${path}.idx`)
  if (index === null)
    return fail('repository-unreadable', { path: `${path}.pack`, reason: 'the pack has no index (.idx)' })
  const pack = readDiskFile(`${path}.pack`)
  if (pack === null)
    return fail('repository-unreadable', { path: `${path}.pack`, reason: 'it went away meanwhile' })
  try {
    return new DiskPack(new PackIndex(index), pack, surroundings)
  } catch (error) {
    if (error instanceof PackDamage)
      return fail('repository-unreadable', { path: `${path}.pack`, reason: error.message })
    throw error
  }
}
