import { createHash } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Oid } from '../model.ts'
import { type ObjectSource, readObject } from '../object-source.ts'
import { encodePackEntryHeader } from '../pack-entry.ts'
import { deflateExactly } from '../wire/deflation.ts'
import { Pacer } from '../wire/pacer.ts'
import { syncFolder, temporaryOf, writeSynced } from './durable-file.ts'
import { encodePackIndex, type PackedPlace } from './pack-index.ts'

/** Bytes of objects in one pack (1 GiB): a pack must fit a Buffer when it is read again. */
const LARGEST_PACK = 2 ** 30
const ENOUGH = 256 * 1024
const HEADER_BYTES = 12
const VERSION = 2

/**
 * Writes objects as packs with their indexes, on the disk for good when this is done; answers their paths without an
 * ending. Throws `object-missing` and what the
 * file system throws; a pack that was not finished is in nobody's way.
 */
export async function writePackFiles(
  objectsFolder: string,
  source: ObjectSource,
  oids: Iterable<Oid>,
): Promise<string[]> {
  const folder = join(objectsFolder, 'pack')
  const paths: string[] = []
  for (const group of groupBySize(source, oids)) paths.push(await writePackFile(folder, source, group))
  if (paths.length > 0) await syncFolder(folder)
  return paths
}

async function writePackFile(folder: string, source: ObjectSource, oids: readonly Oid[]): Promise<string> {
  const path = join(folder, `pack-${nameOf(oids)}`)
  const places: PackedPlace[] = []
  const hash = createHash('sha1')
  let checksum = Buffer.alloc(0)
  await writeSynced(temporaryOf(`${path}.pack`), encodePack())
  await writeSynced(temporaryOf(`${path}.idx`), encodePackIndex(places, checksum))
  // The index last: it is what makes git look for the pack.
  for (const end of ['.pack', '.idx']) await rename(temporaryOf(path + end), path + end)
  return path

  async function* encodePack(): AsyncGenerator<Buffer> {
    const pacer = new Pacer()
    let gathered = [encodeHeader(oids.length)]
    let size = HEADER_BYTES
    let at = HEADER_BYTES
    for (const oid of oids) {
      if (pacer.isDue) await pacer.rest()
      const { type, data } = readObject(source, oid)
      const entry = Buffer.concat([encodePackEntryHeader(type, data.length), await deflateExactly(data)])
      places.push({ oid, at, sum: crc32(entry) })
      gathered.push(entry)
      at += entry.length
      size += entry.length
      if (size < ENOUGH) continue
      yield hashed(gathered)
      gathered = []
      size = 0
    }
    yield hashed(gathered)
    checksum = hash.digest()
    yield checksum
  }

  function hashed(chunks: readonly Buffer[]): Buffer {
    const bytes = Buffer.concat(chunks)
    hash.update(bytes)
    return bytes
  }
}

/** The same objects in the same order have the same name, so that what a crash interrupted is written over. */
function nameOf(oids: readonly Oid[]): string {
  return createHash('sha1').update(oids.join('\n')).digest('hex')
}

function* groupBySize(source: ObjectSource, oids: Iterable<Oid>): Generator<Oid[]> {
  let group: Oid[] = []
  let size = 0
  for (const oid of oids) {
    const { length } = readObject(source, oid).data
    if (group.length > 0 && size + length > LARGEST_PACK) {
      yield group
      group = []
      size = 0
    }
    group.push(oid)
    size += length
  }
  if (group.length > 0) yield group
}

function encodeHeader(count: number): Buffer {
  const header = Buffer.from('PACK\0\0\0\0\0\0\0\0')
  header.writeUInt32BE(VERSION, 4)
  header.writeUInt32BE(count, 8)
  return header
}
