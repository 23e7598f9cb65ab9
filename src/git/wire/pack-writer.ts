/**
 * A pack: `PACK`, the version 2, the number of objects, an entry for each, and the SHA-1 of all that. No deltas are made for it:
 * that costs more than sending the bytes over a loopback.
 *
 * https://git-scm.com/docs/gitformat-pack
 */
import { createHash } from 'node:crypto'
import type { Oid } from '../model.ts'
import type { ObjectSource } from '../object-source.ts'
import { Pacer } from './pacer.ts'
import { PackEntries } from './pack-entries.ts'

const VERSION = 2
/** Chunks are at least this large, but for the last. */
const ENOUGH = 64 * 1024
/** No chunk is larger. */
const LARGEST_CHUNK = 1024 * 1024

/**
 * The pack of these objects, each once, in their order but for bases that come before their deltas. Made while it is read, so that
 * a slow reader costs no memory, and with pauses, so that a large pack stalls nobody. Throws `object-missing` or `object-corrupt`
 * where the repository is damaged.
 */
export async function* writePack(source: ObjectSource, oids: readonly Oid[]): AsyncGenerator<Buffer> {
  const pacer = new Pacer()
  const hash = createHash('sha1')
  const all = new PackEntries(source, oids)
  let gathered: Buffer[] = [encodePackHeader(oids.length)]
  let size = 0
  for (let next = all.next(); next !== null; next = all.next()) {
    if (pacer.isDue) await pacer.rest()
    for (const entry of next instanceof Promise ? await next : next) {
      gathered.push(entry)
      size += entry.length
    }
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
