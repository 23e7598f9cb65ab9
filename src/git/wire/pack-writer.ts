/**
 * A pack: `PACK`, the version 2, the number of objects, an entry for each, and the SHA-1 of all that. Entries are written
 * whole, not as deltas: making those costs more than sending the bytes over a loopback.
 *
 * https://git-scm.com/docs/gitformat-pack
 */
import { createHash } from 'node:crypto'
import { BoundedCache } from '../bounded-cache.ts'
import type { Oid } from '../model.ts'
import { compactBuffer } from '../object-slab.ts'
import { type ObjectSource, readObject } from '../object-source.ts'
import { encodePackEntryHeader } from '../pack-entry.ts'
import { deflateExactly } from './deflation.ts'
import { Pacer } from './pacer.ts'

const VERSION = 2
/** Chunks are at least this large, but for the last. */
const ENOUGH = 64 * 1024
/** No chunk is larger. */
const LARGEST_CHUNK = 1024 * 1024

/** Entries by id, of all repositories: an id stands for the same bytes everywhere. Tests clone the same few again and again. */
const CACHE_BYTES = 48 * 1024 * 1024
const CACHE_OVERHEAD = 256
const entries = new BoundedCache<Oid, Buffer>(CACHE_BYTES)

/**
 * The pack of these objects, in their order. Made while it is read, so that a slow reader costs no memory, and with pauses,
 * so that a large pack stalls nobody. Throws `object-missing` or `object-corrupt` where the repository is damaged.
 */
export async function* writePack(source: ObjectSource, oids: readonly Oid[]): AsyncGenerator<Buffer> {
  const pacer = new Pacer()
  const hash = createHash('sha1')
  let gathered: Buffer[] = [encodePackHeader(oids.length)]
  let size = 0
  for (const oid of oids) {
    if (pacer.isDue) await pacer.rest()
    const entry = entries.get(oid) ?? (await makeEntry(source, oid))
    gathered.push(entry)
    size += entry.length
    if (size < ENOUGH) continue
    yield* hashed(Buffer.concat(gathered))
    gathered = []
    size = 0
  }
  yield* hashed(Buffer.concat(gathered))
  yield hash.digest()

  function* hashed(bytes: Buffer): Generator<Buffer> {
    for (let at = 0; at < bytes.length; at += LARGEST_CHUNK) {
      const chunk = bytes.subarray(at, at + LARGEST_CHUNK)
      hash.update(chunk)
      yield chunk
    }
  }
}

function encodePackHeader(count: number): Buffer {
  const header = Buffer.from('PACK\0\0\0\0\0\0\0\0')
  header.writeUInt32BE(VERSION, 4)
  header.writeUInt32BE(count, 8)
  return header
}

async function makeEntry(source: ObjectSource, oid: Oid): Promise<Buffer> {
  const { type, data } = readObject(source, oid)
  const entry = Buffer.concat([encodePackEntryHeader(type, data.length), await deflateExactly(data)])
  // Small results of Buffer.concat lie in a pool that they would keep alive.
  const kept = compactBuffer(entry)
  entries.set(oid, kept, kept.length + CACHE_OVERHEAD)
  return kept
}
