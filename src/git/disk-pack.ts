import { fail } from '../failure.ts'
import { BoundedCache } from './bounded-cache.ts'
import { applyDelta } from './delta.ts'
import type { Oid, RawObject } from './model.ts'
import { hashObject } from './object-id.ts'
import type { ObjectSource } from './object-source.ts'
import { PackDamage } from './pack-damage.ts'
import { inflatePackData, readPackEntryHeader } from './pack-entry.ts'
import type { PackIndex } from './pack-index.ts'

const SIGNATURE = 0x5041434b
const HEADER_BYTES = 12
const CHECKSUM_BYTES = 20
/** git makes no chain longer than 4095 deltas. */
const LONGEST_CHAIN = 4096
/** What a cached object costs beyond its bytes. */
const CACHE_OVERHEAD = 256

/** A delta on the way from an object to the base of its chain. */
interface ChainLink {
  readonly delta: Buffer
  /** Where the base begins, or null when it is not in this pack. */
  readonly baseAt: number | null
}

export interface PackSurroundings {
  /** Bytes that may be spent on keeping the bases of deltas. */
  readonly cacheBytes: number
  /** Finds the base of a delta that is not in this pack. */
  readonly readElsewhere: (oid: Oid) => RawObject | undefined
}

/** A pack held in memory as it was on disk. Objects are inflated when they are asked for, and checked against their id. */
export class DiskPack implements ObjectSource {
  readonly #index: PackIndex
  readonly #pack: Buffer
  readonly #bases: BoundedCache<number, RawObject>
  readonly #readElsewhere: PackSurroundings['readElsewhere']

  /** Throws PackDamage when this is no pack, or not the one that the index was made for. */
  constructor(index: PackIndex, pack: Buffer, surroundings: PackSurroundings) {
    checkPack(index, pack)
    this.#index = index
    // Without the checksum, so that no entry reads it as data.
    this.#pack = pack.subarray(0, pack.length - CHECKSUM_BYTES)
    this.#bases = new BoundedCache(surroundings.cacheBytes)
    this.#readElsewhere = surroundings.readElsewhere
  }

  has(oid: Oid): boolean {
    return this.#index.has(oid)
  }

  /** Throws `object-corrupt` when the object cannot be read, or is not the one that the id says. */
  read(oid: Oid): RawObject | undefined {
    const object = this.#readUnchecked(oid)
    if (object === undefined || hashObject(object.type, object.data) === oid) return object
    return fail('object-corrupt', { oid, reason: 'the pack holds other data under this id' })
  }

  oidsWithPrefix(prefix: string, limit: number): Oid[] {
    return this.#index.oidsWithPrefix(prefix, limit)
  }

  *oids(): Generator<Oid> {
    for (let row = 0; row < this.#index.count; row += 1) yield this.#index.oidAt(row)
  }

  #readUnchecked(oid: Oid): RawObject | undefined {
    try {
      const at = this.#index.find(oid)
      return at < 0 ? undefined : this.#readAt(at)
    } catch (error) {
      if (error instanceof PackDamage) return fail('object-corrupt', { oid, reason: error.message })
      throw error
    }
  }

  /** Walks down to an object that is whole, then applies the deltas on the way back. */
  #readAt(at: number): RawObject {
    const chain: ChainLink[] = []
    let next: number | RawObject = at
    while (typeof next === 'number') {
      if (chain.length > LONGEST_CHAIN) throw new PackDamage('a chain of deltas has no end')
      next = this.#step(next, chain)
    }
    return this.#applyChain(next, chain)
  }

  /** The object at this place if it is whole; else its delta joins the chain, and the answer is the base or its place. */
  #step(at: number, chain: ChainLink[]): number | RawObject {
    const known = this.#bases.get(at)
    if (known !== undefined) return known
    const header = readPackEntryHeader(this.#pack, at)
    const { data } = inflatePackData(this.#pack, header.dataAt, header.size)
    if (header.kind !== 'ofs-delta' && header.kind !== 'ref-delta') return { type: header.kind, data }
    const baseAt = header.kind === 'ofs-delta' ? header.baseAt : this.#index.find(header.base)
    chain.push({ delta: data, baseAt: baseAt < 0 ? null : baseAt })
    if (baseAt >= 0 || header.kind === 'ofs-delta') return baseAt
    const base = this.#readElsewhere(header.base)
    if (base === undefined) throw new PackDamage('the base of a delta is missing')
    return base
  }

  #applyChain(base: RawObject, chain: readonly ChainLink[]): RawObject {
    let object = base
    for (const { delta, baseAt } of chain.toReversed()) {
      if (baseAt !== null) this.#bases.set(baseAt, object, object.data.length + CACHE_OVERHEAD)
      object = { type: object.type, data: applyDelta(object.data, delta) }
    }
    return object
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
