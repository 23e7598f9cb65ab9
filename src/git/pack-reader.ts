/**
 * Reads a pack that comes as a stream: a header with the number of entries, the entries, and the SHA-1 sum of it all. Nothing
 * is believed before it is there: not the number of entries, not their sizes.
 *
 * https://git-scm.com/docs/gitformat-pack
 */
import { ByteWindow } from './byte-window.ts'
import { PackDamage } from './pack-damage.ts'
import { type PackEntryHeader, readPackEntryHeader } from './pack-entry.ts'
import { PackRefusal, refusePack } from './pack-refusal.ts'
import { inflateAhead, inflateWaiting } from './stream-inflation.ts'

export interface PackedEntry {
  readonly header: PackEntryHeader
  /** Where the entry begins in the pack. */
  readonly at: number
  /** Inflated: an object, or a delta. */
  readonly data: Buffer
}

export interface EntryLimits {
  /** Bytes that one entry may come to. */
  readonly objectBytes: number
}

const SIGNATURE = 0x5041434b
const HEADER_BYTES = 12
const CHECKSUM_BYTES = 20
/** No header of an entry is longer: six bytes of size, and a base. */
const LONGEST_ENTRY_HEADER = 32

export class PackReader {
  readonly #window: ByteWindow
  readonly #limits: EntryLimits

  constructor(source: AsyncIterable<Buffer>, limits: EntryLimits) {
    this.#window = new ByteWindow(source)
    this.#limits = limits
  }

  /** Reads the header and answers how many entries it promises. Throws PackRefusal. */
  async open(): Promise<number> {
    const window = this.#window
    if (!(await window.need(HEADER_BYTES))) {
      throw new PackRefusal('eof before pack header was fully read')
    }
    const header = window.bytes.subarray(window.at, window.at + HEADER_BYTES)
    if (header.readUInt32BE(0) !== SIGNATURE) {
      throw new PackRefusal('protocol error (pack signature mismatch detected)')
    }
    const version = header.readUInt32BE(4)
    if (version !== 2 && version !== 3) {
      throw new PackRefusal('protocol error (pack version unsupported)')
    }
    window.advance(HEADER_BYTES)
    return header.readUInt32BE(8)
  }

  /** The next entry. Answers a promise only when it has to wait, or inflate something large. Throws PackRefusal. */
  next(): PackedEntry | Promise<PackedEntry> {
    const window = this.#window
    const at = window.origin + window.at
    if (window.ahead < LONGEST_ENTRY_HEADER) return this.#nextSlowly(at)
    const header = this.#readHeader(at)
    const data = inflateWaiting(window, header.size)
    return data === null ? this.#finishEntry(header, at) : { header, at, data }
  }

  /** Reads what follows the last entry. Throws PackRefusal unless that is the right sum, and then the end. */
  async finish(): Promise<void> {
    const window = this.#window
    if (!(await window.need(CHECKSUM_BYTES))) throw refusePack('early EOF')
    const { bytes, at } = window
    const claimed = Buffer.from(bytes.subarray(at, at + CHECKSUM_BYTES))
    const hasMore = await window.need(CHECKSUM_BYTES + 1)
    if (!window.digest().equals(claimed)) throw refusePack('pack is corrupted (SHA1 mismatch)')
    if (hasMore) throw refusePack('pack has junk at the end')
  }

  async #nextSlowly(at: number): Promise<PackedEntry> {
    await this.#window.need(LONGEST_ENTRY_HEADER)
    return this.#finishEntry(this.#readHeader(at), at)
  }

  async #finishEntry(header: PackEntryHeader, at: number): Promise<PackedEntry> {
    const data = await inflateAhead(this.#window, header.size).catch((error) => explain(error, at))
    if (data === null) throw refusePack('early EOF')
    return { header, at, data }
  }

  /** Reads the header and passes it. */
  #readHeader(at: number): PackEntryHeader {
    const window = this.#window
    try {
      const header = readPackEntryHeader(window.bytes, window.at, window.origin)
      if (header.size > this.#limits.objectBytes) throw new PackDamage('the object is too large')
      window.advance(header.dataAt - window.at)
      return header
    } catch (error) {
      // With so little ahead the stream has ended.
      if (window.ahead < LONGEST_ENTRY_HEADER && isCut(error)) throw refusePack('early EOF')
      return explain(error, at)
    }
  }
}

function isCut(error: unknown): boolean {
  return error instanceof PackDamage && error.message === 'the pack ends within an entry'
}

function explain(error: unknown, at: number): never {
  if (error instanceof PackDamage) {
    throw refusePack(`pack has bad object at offset ${at}: ${error.message}`)
  }
  throw error
}
