import { crc32 } from 'node:zlib'
import { fail } from '../failure.ts'
import { DeltaChains, type DeltaHeader, isDelta, type PackSurroundings } from './delta-chains.ts'
import { inflateForNow } from './inflation.ts'
import type { ObjectType, Oid, RawObject } from './model.ts'
import { hashObject } from './object-id.ts'
import type { ObjectSource, PackedObject } from './object-source.ts'
import { PackDamage } from './pack-damage.ts'
import { readPackEntryHeader } from './pack-entry.ts'
import type { PackIndex } from './pack-index.ts'

const SIGNATURE = 0x5041434b
const HEADER_BYTES = 12
const CHECKSUM_BYTES = 20

/** A pack held in memory as it was on disk. Objects are inflated when they are asked for, and checked. */
export class DiskPack implements ObjectSource {
  readonly #index: PackIndex
  readonly #pack: Buffer
  readonly #chains: DeltaChains

  /** Throws PackDamage when this is no pack, or not the one that the index was made for. */
  constructor(index: PackIndex, pack: Buffer, surroundings: PackSurroundings) {
    checkPack(index, pack)
    this.#index = index
    // Without the checksum, so that no entry reads it as data.
    this.#pack = pack.subarray(0, pack.length - CHECKSUM_BYTES)
    this.#chains = new DeltaChains(index, this.#pack, surroundings)
  }

  has(oid: Oid): boolean {
    return this.#index.has(oid)
  }

  /** Throws `object-corrupt` when the object cannot be read, or is not the one that the id says. */
  read(oid: Oid): RawObject | undefined {
    return this.#explain(oid, (row) => {
      const object = this.#chains.readAt(this.#index.offsetAt(row))
      if (hashObject(object.type, object.data) === oid) return object
      throw new PackDamage('the pack holds other data under this id')
    })
  }

  /** As `read`; what is whole in the pack is checked by the sum in the index, in a fraction of the time that the id takes. */
  peek(oid: Oid): RawObject | undefined {
    return this.#explain(oid, (row) => this.#peekWhole(row)) ?? this.read(oid)
  }

  /** Throws `object-corrupt`. */
  typeOf(oid: Oid): ObjectType | undefined {
    return this.#explain(oid, (row) => this.#chains.typeAt(this.#index.offsetAt(row))) ?? this.read(oid)?.type
  }

  /** Throws `object-corrupt`. */
  packed(oid: Oid): PackedObject | undefined {
    return this.#explain(oid, (row) => {
      const at = this.#index.offsetAt(row)
      const header = readPackEntryHeader(this.#pack, at)
      const entry = this.#pack.subarray(at, this.#index.places.endOf(at))
      if (!this.#isIntact(row, entry)) return undefined
      if (!isDelta(header)) return { entry, delta: null }
      const baseRow = this.#baseRow(header)
      // A base that is elsewhere may lie there as a delta that is based on this one.
      if (baseRow < 0) return undefined
      const { size, dataAt } = header
      const deflated = entry.subarray(dataAt - at)
      return { entry: null, delta: { base: this.#index.oidAt(baseRow), size, deflated } }
    })
  }

  oidsWithPrefix(prefix: string, limit: number): Oid[] {
    return this.#index.oidsWithPrefix(prefix, limit)
  }

  *oids(): Generator<Oid> {
    for (let row = 0; row < this.#index.count; row += 1) yield this.#index.oidAt(row)
  }

  /** Does something with the row of an object; undefined when it is not here. What is damaged is told with the object's id. */
  #explain<Answer>(oid: Oid, action: (row: number) => Answer): Answer | undefined {
    try {
      const row = this.#index.find(oid)
      return row < 0 ? undefined : action(row)
    } catch (error) {
      if (error instanceof PackDamage) return fail('object-corrupt', { oid, reason: error.message })
      throw error
    }
  }

  /** An object that is no delta; undefined where it takes more to tell whether it is the right one. */
  #peekWhole(row: number): RawObject | undefined {
    const at = this.#index.offsetAt(row)
    const header = readPackEntryHeader(this.#pack, at)
    if (isDelta(header)) return undefined
    const inflated = inflateForNow(this.#pack, header.dataAt, header.size)
    if (inflated === null || !this.#isIntact(row, this.#pack.subarray(at, inflated.end))) return undefined
    return { type: header.kind, data: inflated.data }
  }

  /** Whether an entry's bytes come to the sum in the index; false where the index has none. */
  #isIntact(row: number, entry: Buffer): boolean {
    return crc32(entry) === this.#index.crcAt(row)
  }

  #baseRow(delta: DeltaHeader): number {
    return delta.kind === 'ref-delta' ? this.#index.find(delta.base) : this.#index.places.rowAt(delta.baseAt)
  }
}

function checkPack(index: PackIndex, pack: Buffer): void {
  if (pack.length < HEADER_BYTES + CHECKSUM_BYTES || pack.readUInt32BE(0) !== SIGNATURE) {
    throw new PackDamage('the file is no pack')
  }
  const version = pack.readUInt32BE(4)
  if (version !== 2 && version !== 3) throw new PackDamage(`the pack has the unknown version ${version}`)
  const checksum = pack.toString('hex', pack.length - CHECKSUM_BYTES)
  if (pack.readUInt32BE(8) !== index.count || checksum !== index.packChecksum) {
    throw new PackDamage('the pack and its index do not belong together')
  }
}
