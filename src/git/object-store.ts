import { DecodedObjects } from './decoded-objects.ts'
import { MemoryLayer } from './memory-layer.ts'
import type { Commit, ObjectType, Oid, RawObject, RefFacts, TagObject, TreeEntry } from './model.ts'
import { hashObject } from './object-id.ts'
import {
  askFirst,
  collectPrefixed,
  iterateDistinct,
  type ObjectSource,
  type PackedObject,
} from './object-source.ts'
import { describeTarget, type PeeledObject, peelTarget } from './peeling.ts'

export type { ObjectSource } from './object-source.ts'

/** More shared layers than this are merged at the next fork. */
const DEEPEST = 8
/** So many objects are added one by one to what there is, rather than as a layer that every look-up has to pass. */
const FEW = 10_000

/**
 * Immutable objects in layers: one of its own, which takes what is written, over any number that are shared with other
 * stores. So a fork costs nothing, whatever the number of objects.
 */
export class ObjectStore implements ObjectSource {
  #top = new MemoryLayer()
  /** Oldest first; full of objects, never written again. */
  #shared: readonly MemoryLayer[] = []
  readonly #base: readonly ObjectSource[]
  /** Shared by all forks: an object is the same wherever it is held. */
  #decoded = new DecodedObjects()

  constructor(base: ObjectSource | readonly ObjectSource[] = []) {
    this.#base = 'read' in base ? [base] : base
  }

  read(oid: Oid): RawObject | undefined {
    return this.#ask((source) => source.read(oid))
  }

  peek(oid: Oid): RawObject | undefined {
    return this.#ask((source) => source.peek(oid))
  }

  typeOf(oid: Oid): ObjectType | undefined {
    return this.#ask((source) => source.typeOf(oid))
  }

  packed(oid: Oid): PackedObject | undefined {
    return this.#ask((source) => source.packed(oid))
  }

  has(oid: Oid): boolean {
    if (this.#top.has(oid)) return true
    return this.#shared.some((layer) => layer.has(oid)) || this.#base.some((source) => source.has(oid))
  }

  /** Different ids that begin with the prefix (four digits or more), over all layers. */
  oidsWithPrefix(prefix: string, limit: number): Oid[] {
    return collectPrefixed(this.#layers(), prefix, limit)
  }

  oids(): Iterable<Oid> {
    return iterateDistinct(this.#layers())
  }

  /** Keeps an object, unless it is there already, and gives its id. The bytes are copied when they are part of a larger buffer. */
  write(type: ObjectType, data: Buffer): Oid {
    const oid = hashObject(type, data)
    this.#keep(oid, type, data)
    return oid
  }

  /** Keeps objects whose ids have been checked already. */
  adopt(objects: Iterable<RawObject & { readonly oid: Oid }>): void {
    for (const { oid, type, data } of objects) this.#keep(oid, type, data)
  }

  /** Takes over a layer of objects whose ids have been checked. Nothing may be added to the layer afterwards. */
  absorb(layer: MemoryLayer): void {
    if (layer.size <= FEW) {
      this.#top.absorb(layer)
      return
    }
    // Costs the same for any number of objects, so that a large push does not hold up others while it is published.
    this.#shared = mergeNewest(
      this.#top.size > 0 ? [...this.#shared, this.#top, layer] : [...this.#shared, layer],
    )
    this.#top = new MemoryLayer()
  }

  /** Throws `object-missing`, or `object-corrupt` when it is not a readable commit. */
  commit(oid: Oid): Commit {
    return this.#decoded.commit(this, oid)
  }

  /** Throws `object-missing`, or `object-corrupt` when it is not a readable tag object. */
  tag(oid: Oid): TagObject {
    return this.#decoded.tag(this, oid)
  }

  /** Throws `object-missing`, or `object-corrupt` when it is not a readable tree. */
  tree(oid: Oid): readonly TreeEntry[] {
    return this.#decoded.tree(this, oid)
  }

  /** The first object on the chain that is not a tag object. Throws `object-missing` wherever the chain breaks. */
  peel(oid: Oid): PeeledObject {
    return peelTarget(this, oid)
  }

  /** What a ref to this object has to say. Throws as `peel` does. */
  describe(oid: Oid): RefFacts {
    return describeTarget(this, oid)
  }

  /** A store with the same objects. What either side writes from now on, the other does not see. */
  fork(): ObjectStore {
    if (this.#top.size > 0) {
      this.#shared = mergeNewest([...this.#shared, this.#top])
      this.#top = new MemoryLayer()
    }
    const copy = new ObjectStore(this.#base)
    copy.#shared = this.#shared
    copy.#decoded = this.#decoded
    return copy
  }

  #ask<Answer>(question: (source: ObjectSource) => Answer | undefined): Answer | undefined {
    return question(this.#top) ?? askFirst(this.#shared, question) ?? askFirst(this.#base, question)
  }

  #keep(oid: Oid, type: ObjectType, data: Buffer): void {
    if (!this.has(oid)) this.#top.put(oid, type, data)
  }

  *#layers(): Generator<ObjectSource> {
    yield this.#top
    yield* this.#shared
    yield* this.#base
  }
}

/**
 * Keeps the pile of layers low. Only young layers are merged, those not smaller together than the one below them, so that a
 * large old layer is not copied again and again.
 */
function mergeNewest(layers: readonly MemoryLayer[]): readonly MemoryLayer[] {
  if (layers.length <= DEEPEST) return layers
  const merged = new MemoryLayer()
  let kept = layers.length
  while (kept > 0) {
    const next = layers[kept - 1]!
    const youngest = layers.length - kept < 2
    if (!youngest && next.size > merged.size) break
    merged.absorb(next)
    kept -= 1
  }
  return [...layers.slice(0, kept), merged]
}
