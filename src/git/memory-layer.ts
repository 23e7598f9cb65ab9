import type { ObjectType, Oid, RawObject } from './model.ts'
import { copyBytes, ObjectSlab, type SlabSlice } from './object-slab.ts'
import type { ObjectSource } from './object-source.ts'

interface StoredObject extends SlabSlice {
  readonly type: ObjectType
}

/** Objects held in memory. Grows until its store is forked; from then on it is shared and nothing is added. */
export class MemoryLayer implements ObjectSource {
  readonly #objects = new Map<Oid, StoredObject>()
  readonly #slab = new ObjectSlab()
  /** The ids in order, valid as long as it is as long as the map. */
  #sorted: readonly Oid[] = []

  get size(): number {
    return this.#objects.size
  }

  has(oid: Oid): boolean {
    return this.#objects.has(oid)
  }

  typeOf(oid: Oid): ObjectType | undefined {
    return this.#objects.get(oid)?.type
  }

  read(oid: Oid): RawObject | undefined {
    const stored = this.#objects.get(oid)
    if (stored === undefined) return undefined
    const { type, slab, start, end } = stored
    return { type, data: slab.length === end - start ? slab : copyBytes(slab, start, end) }
  }

  peek(oid: Oid): RawObject | undefined {
    const stored = this.#objects.get(oid)
    if (stored === undefined) return undefined
    const { type, slab, start, end } = stored
    return { type, data: slab.subarray(start, end) }
  }

  packed(): undefined {}

  put(oid: Oid, type: ObjectType, data: Buffer): void {
    const { slab, start, end } = this.#slab.keep(data)
    this.#objects.set(oid, { type, slab, start, end })
  }

  /** Takes over what another layer holds, without copying the bytes. */
  absorb(other: MemoryLayer): void {
    for (const [oid, stored] of other.#objects) this.#objects.set(oid, stored)
  }

  oids(): Iterable<Oid> {
    return this.#objects.keys()
  }

  oidsWithPrefix(prefix: string, limit: number): Oid[] {
    if (this.#sorted.length !== this.#objects.size) this.#sorted = [...this.#objects.keys()].sort()
    const found: Oid[] = []
    for (let at = lowerBound(this.#sorted, prefix); found.length < limit; at += 1) {
      const oid = this.#sorted[at]
      if (!oid?.startsWith(prefix)) return found
      found.push(oid)
    }
    return found
  }
}

function lowerBound(sorted: readonly Oid[], prefix: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? '') < prefix) low = middle + 1
    else high = middle
  }
  return low
}
