/**
 * Takes in a pushed pack: every object whole, checked and under its id, in a layer of its own that nobody else sees yet.
 *
 * Deltas are applied as they come, since their bases nearly always come before them or are here already (a thin pack's are).
 * The few that come too early wait for their bases. However long a chain of deltas, each is applied to an object that is
 * whole by then, so nothing recurs.
 */
import { applyDelta } from './delta.ts'
import { MemoryLayer } from './memory-layer.ts'
import type { Oid, RawObject } from './model.ts'
import { findObjectFault } from './object-check.ts'
import { hashLargeObject } from './object-hash.ts'
import type { ObjectSource } from './object-source.ts'
import { PackDamage } from './pack-damage.ts'
import { type EntryLimits, type PackedEntry, PackReader } from './pack-reader.ts'
import { refusePack } from './pack-refusal.ts'
import { Pacer } from './wire/pacer.ts'

export interface PackLimits extends EntryLimits {
  /** Bytes that all objects together may come to, with something for the upkeep of each. */
  readonly totalBytes: number
}

/** What an object costs beyond its bytes. */
const UPKEEP = 200

/** A delta whose base is not here yet. */
interface WaitingDelta {
  readonly at: number
  readonly delta: Buffer
}

/**
 * The objects of a pack that `store` does not have. Throws PackRefusal, and whatever reading the source throws; `store` is not
 * changed.
 */
export async function ingestPack(
  source: AsyncIterable<Buffer>,
  store: ObjectSource,
  limits: PackLimits,
): Promise<MemoryLayer> {
  const reader = new PackReader(source, limits)
  const intake = new PackIntake(store, limits)
  const count = await reader.open()
  for (let done = 0; done < count; done += 1) {
    const next = reader.next()
    await intake.take(next instanceof Promise ? await next : next)
  }
  await reader.finish()
  return intake.finish()
}

class PackIntake {
  readonly #store: ObjectSource
  readonly #limits: PackLimits
  readonly #layer = new MemoryLayer()
  readonly #pacer = new Pacer()
  /** What each entry that is whole turned out to be, by its place. */
  readonly #placed = new Map<number, Oid>()
  readonly #waitingForPlace = new Map<number, WaitingDelta[]>()
  readonly #waitingForOid = new Map<Oid, WaitingDelta[]>()
  #waiting = 0
  #bytes = 0

  constructor(store: ObjectSource, limits: PackLimits) {
    this.#store = store
    this.#limits = limits
  }

  async take({ header, at, data }: PackedEntry): Promise<void> {
    if (header.kind === 'ofs-delta') {
      const base = this.#placed.get(header.baseAt)
      if (base === undefined) return this.#wait(this.#waitingForPlace, header.baseAt, { at, delta: data })
      return this.#keepAll(this.#apply(this.#read(base)!, data, at), at)
    }
    if (header.kind === 'ref-delta') {
      const base = this.#read(header.base)
      if (base === undefined) return this.#wait(this.#waitingForOid, header.base, { at, delta: data })
      return this.#keepAll(this.#apply(base, data, at), at)
    }
    return this.#keepAll({ type: header.kind, data }, at)
  }

  finish(): MemoryLayer {
    if (this.#waiting === 0) return this.#layer
    throw refusePack(`pack has ${this.#waiting} unresolved delta${this.#waiting === 1 ? '' : 's'}`)
  }

  /** Keeps an object, then all that is made of it by deltas that have been waiting. */
  async #keepAll(object: RawObject, at: number): Promise<void> {
    let oid = await this.#keep(object, at)
    if (this.#waiting === 0) return
    const ready: { readonly base: Oid; readonly waiting: WaitingDelta }[] = []
    let place = at
    for (;;) {
      for (const waiting of this.#release(place, oid)) ready.push({ base: oid, waiting })
      const next = ready.pop()
      if (next === undefined) return
      place = next.waiting.at
      this.#charge(-next.waiting.delta.length)
      oid = await this.#keep(this.#apply(this.#read(next.base)!, next.waiting.delta, place), place)
    }
  }

  async #keep({ type, data }: RawObject, at: number): Promise<Oid> {
    this.#charge(data.length + UPKEEP)
    const oid = await hashLargeObject(type, data, this.#pacer)
    const fault = findObjectFault(type, data)
    if (fault !== null) throw refusePack('fsck error in packed object', [`object ${oid}: ${fault}`])
    if (!this.#store.has(oid)) this.#layer.put(oid, type, data)
    this.#placed.set(at, oid)
    if (this.#pacer.isDue) await this.#pacer.rest()
    return oid
  }

  #wait<Key>(waiting: Map<Key, WaitingDelta[]>, base: Key, delta: WaitingDelta): void {
    this.#charge(delta.delta.length + UPKEEP)
    const others = waiting.get(base)
    if (others) others.push(delta)
    else waiting.set(base, [delta])
    this.#waiting += 1
  }

  /** The deltas that were waiting for this object. */
  #release(at: number, oid: Oid): WaitingDelta[] {
    const byPlace = this.#waitingForPlace.get(at) ?? []
    const byOid = this.#waitingForOid.get(oid) ?? []
    this.#waitingForPlace.delete(at)
    this.#waitingForOid.delete(oid)
    this.#waiting -= byPlace.length + byOid.length
    return [...byPlace, ...byOid]
  }

  #apply(base: RawObject, delta: Buffer, at: number): RawObject {
    try {
      return { type: base.type, data: applyDelta(base.data, delta, this.#limits.objectBytes) }
    } catch (error) {
      if (error instanceof PackDamage)
        throw refusePack(`pack has bad object at offset ${at}: ${error.message}`)
      throw error
    }
  }

  #read(oid: Oid): RawObject | undefined {
    return this.#layer.read(oid) ?? this.#store.read(oid)
  }

  #charge(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes > this.#limits.totalBytes) {
      throw refusePack(`pack exceeds maximum allowed size (${this.#limits.totalBytes} bytes unpacked)`)
    }
  }
}
