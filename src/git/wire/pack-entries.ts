import { BoundedCache } from '../bounded-cache.ts'
import type { Oid } from '../model.ts'
import { compactBuffer } from '../object-slab.ts'
import { type ObjectSource, type PackedDelta, readObject } from '../object-source.ts'
import { encodeDeltaHeader, encodePackEntryHeader } from '../pack-entry.ts'
import { PER_STEP, pace, type Steps } from '../steps.ts'
import { deflateExactly } from './deflation.ts'
import { Pacer } from './pacer.ts'

/** Entries by id, of all repositories: an id stands for the same bytes everywhere. Tests clone the same few again and again. */
const CACHE_BYTES = 48 * 1024 * 1024
const CACHE_OVERHEAD = 256
const cache = new BoundedCache<Oid, Buffer>(CACHE_BYTES)

/**
 * The entries of a pack, each when it is asked for. What lies in a pack already is sent as it lies there; a delta too, when
 * its base goes along, which then comes before it: not every reader of packs looks for bases further on.
 */
export class PackEntries {
  readonly #source: ObjectSource
  readonly #oids: readonly Oid[]
  /** Whether each has been written; made when the first delta shows up. */
  #written: Map<Oid, boolean> | null = null
  #next = 0

  constructor(source: ObjectSource, oids: readonly Oid[]) {
    this.#source = source
    this.#oids = oids
  }

  /** The next entries, deltas after their bases; null at the end. Only large objects make it a promise. Throws as reading does. */
  next(): Buffer[] | Promise<Buffer[]> | null {
    const oid = this.#oids[this.#next]
    if (oid === undefined) return null
    this.#next += 1
    if (this.#written?.get(oid)) return []
    const kept = cache.get(oid)
    const packed = kept === undefined ? this.#source.packed(oid) : undefined
    if (packed?.delta) return this.#withBases(oid, packed.delta)
    this.#written?.set(oid, true)
    const entry = kept ?? packed?.entry ?? this.#make(oid)
    return entry instanceof Promise ? entry.then((made) => [made]) : [entry]
  }

  /** A delta and what it is based on, as far as that goes along and has not been written yet. */
  async #withBases(start: Oid, first: PackedDelta): Promise<Buffer[]> {
    this.#written ??= await pace(this.#tellWritten(this.#next - 1), new Pacer())
    const entries: Buffer[] = []
    const written = this.#written
    let oid = start
    let delta: PackedDelta | null = first
    for (;;) {
      written.set(oid, true)
      const baseWritten: boolean | undefined = delta ? written.get(delta.base) : undefined
      if (delta === null || baseWritten === undefined) {
        entries.push(await this.#whole(oid))
        return entries.reverse()
      }
      entries.push(Buffer.concat([encodeDeltaHeader(delta), delta.deflated]))
      if (baseWritten) return entries.reverse()
      oid = delta.base
      delta = this.#source.packed(oid)?.delta ?? null
    }
  }

  /** Those before `next` have been. */
  *#tellWritten(next: number): Steps<Map<Oid, boolean>> {
    const written = new Map<Oid, boolean>()
    for (const [at, oid] of this.#oids.entries()) {
      written.set(oid, at < next)
      if (at % PER_STEP === 0) yield
    }
    return written
  }

  #whole(oid: Oid): Buffer | Promise<Buffer> {
    return cache.get(oid) ?? this.#source.packed(oid)?.entry ?? this.#make(oid)
  }

  #make(oid: Oid): Buffer | Promise<Buffer> {
    const { type, data } = readObject(this.#source, oid)
    const deflated = deflateExactly(data)
    const header = encodePackEntryHeader(type, data.length)
    return deflated instanceof Promise
      ? deflated.then((bytes) => keep(oid, header, bytes))
      : keep(oid, header, deflated)
  }
}

function keep(oid: Oid, header: Buffer, deflated: Buffer): Buffer {
  // Small results of Buffer.concat lie in a pool that they would keep alive.
  const entry = compactBuffer(Buffer.concat([header, deflated]))
  cache.set(oid, entry, entry.length + CACHE_OVERHEAD)
  return entry
}
