import { BoundedCache } from './bounded-cache.ts'
import { applyDelta } from './delta.ts'
import type { ObjectType, Oid, RawObject } from './model.ts'
import { PackDamage } from './pack-damage.ts'
import { inflatePackData, type PackEntryHeader, readPackEntryHeader } from './pack-entry.ts'
import type { PackIndex } from './pack-index.ts'

/** git makes no chain longer than 4095 deltas. */
const LONGEST_CHAIN = 4096
/** What a cached object costs beyond its bytes. */
const CACHE_OVERHEAD = 256

export type DeltaHeader = Extract<PackEntryHeader, { readonly kind: 'ofs-delta' | 'ref-delta' }>

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

export function isDelta(header: PackEntryHeader): header is DeltaHeader {
  return header.kind === 'ofs-delta' || header.kind === 'ref-delta'
}

/** The objects of a pack by their places, whole or made of deltas. */
export class DeltaChains {
  readonly #index: PackIndex
  readonly #pack: Buffer
  readonly #bases: BoundedCache<number, RawObject>
  readonly #readElsewhere: PackSurroundings['readElsewhere']

  constructor(index: PackIndex, pack: Buffer, { cacheBytes, readElsewhere }: PackSurroundings) {
    this.#index = index
    this.#pack = pack
    this.#bases = new BoundedCache(cacheBytes)
    this.#readElsewhere = readElsewhere
  }

  /** Walks down to an object that is whole, then applies the deltas on the way back. Throws PackDamage. */
  readAt(at: number): RawObject {
    const chain: ChainLink[] = []
    let next: number | RawObject = at
    while (typeof next === 'number') {
      if (chain.length > LONGEST_CHAIN) throw new PackDamage('a chain of deltas has no end')
      next = this.#step(next, chain)
    }
    return this.#applyChain(next, chain)
  }

  /** The type at the end of a chain; undefined where that is outside of the pack. Throws PackDamage. */
  typeAt(start: number): ObjectType | undefined {
    let at = start
    for (let step = 0; step <= LONGEST_CHAIN; step += 1) {
      const header = readPackEntryHeader(this.#pack, at)
      if (!isDelta(header)) return header.kind
      const baseAt = this.#baseAt(header)
      if (baseAt === null) return undefined
      at = baseAt
    }
    throw new PackDamage('a chain of deltas has no end')
  }

  /** The object at this place if it is whole; else its delta joins the chain, and the answer is the base or its place. */
  #step(at: number, chain: ChainLink[]): number | RawObject {
    const known = this.#bases.get(at)
    if (known !== undefined) return known
    const header = readPackEntryHeader(this.#pack, at)
    const { data } = inflatePackData(this.#pack, header.dataAt, header.size)
    if (!isDelta(header)) return { type: header.kind, data }
    const baseAt = this.#baseAt(header)
    chain.push({ delta: data, baseAt })
    if (baseAt !== null) return baseAt
    const base = header.kind === 'ref-delta' ? this.#readElsewhere(header.base) : undefined
    if (base === undefined) throw new PackDamage('the base of a delta is missing')
    return base
  }

  #baseAt(header: DeltaHeader): number | null {
    if (header.kind === 'ofs-delta') return header.baseAt
    const row = this.#index.find(header.base)
    return row < 0 ? null : this.#index.offsetAt(row)
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
