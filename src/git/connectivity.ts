/**
 * Whether everything that new objects lead to is there. What the store holds is complete already: nothing incomplete is ever
 * let in. So only the new objects are looked at, each once and in no order; a push costs what it brings, whatever the size of
 * the repository.
 */
import { MemoryLayer } from './memory-layer.ts'
import type { ObjectType, Oid } from './model.ts'
import { readObjectNeeds } from './object-needs.ts'
import type { ObjectSource } from './object-source.ts'
import { Pacer } from './wire/pacer.ts'

/** Why an object is of no use: something that it leads to is missing or of the wrong type; or history was cut off there. */
export type Incompleteness = 'missing' | 'shallow'

export interface NewObjects {
  readonly layer: MemoryLayer
  readonly store: ObjectSource
  /** Commits whose parents their sender does not have. */
  readonly shallow: ReadonlySet<Oid>
}

/** The new objects from which something can be reached that is not there, by their ids. */
export async function findIncomplete(objects: NewObjects): Promise<ReadonlyMap<Oid, Incompleteness>> {
  const pacer = new Pacer()
  const incomplete = new Map<Oid, Incompleteness>()
  for (const oid of objects.layer.oids()) {
    const reason = findBreak(objects, oid)
    if (reason !== null) incomplete.set(oid, reason)
    if (pacer.isDue) await pacer.rest()
  }
  if (incomplete.size > 0) await spread(objects.layer, incomplete, pacer)
  return incomplete
}

/** A layer with the objects that are complete. */
export async function withoutIncomplete(
  layer: MemoryLayer,
  incomplete: ReadonlyMap<Oid, Incompleteness>,
): Promise<MemoryLayer> {
  if (incomplete.size === 0) return layer
  const pacer = new Pacer()
  const kept = new MemoryLayer()
  for (const oid of layer.oids()) {
    if (pacer.isDue) await pacer.rest()
    if (incomplete.has(oid)) continue
    const { type, data } = layer.read(oid)!
    kept.put(oid, type, data)
  }
  return kept
}

/** What is wrong with the links of one object. */
function findBreak({ layer, store, shallow }: NewObjects, oid: Oid): Incompleteness | null {
  if (shallow.has(oid)) return 'shallow'
  if (layer.typeOf(oid) === 'blob') return null
  const { type, data } = layer.peek(oid)!
  for (const need of readObjectNeeds(type, data)) {
    const found = layer.typeOf(need.oid) ?? typeInStore(store, need.oid, type)
    if (found === undefined || (found !== 'any' && found !== need.type)) return 'missing'
  }
  return null
}

/** Objects in the store are read only where a wrong type would do harm and there are few of them: not the files of trees. */
function typeInStore(store: ObjectSource, oid: Oid, from: ObjectType): ObjectType | 'any' | undefined {
  if (from === 'tree') return store.has(oid) ? 'any' : undefined
  return store.typeOf(oid)
}

/** Adds everything that leads to what is incomplete. */
async function spread(layer: MemoryLayer, incomplete: Map<Oid, Incompleteness>, pacer: Pacer): Promise<void> {
  const users = new Map<Oid, Oid[]>()
  for (const oid of layer.oids()) {
    if (layer.typeOf(oid) === 'blob') continue
    const { type, data } = layer.peek(oid)!
    for (const need of readObjectNeeds(type, data)) {
      if (!layer.has(need.oid)) continue
      const others = users.get(need.oid)
      if (others) others.push(oid)
      else users.set(need.oid, [oid])
    }
    if (pacer.isDue) await pacer.rest()
  }
  const spreading = [...incomplete.keys()]
  for (let oid = spreading.pop(); oid !== undefined; oid = spreading.pop()) {
    if (pacer.isDue) await pacer.rest()
    for (const user of users.get(oid) ?? []) {
      if (incomplete.has(user)) continue
      incomplete.set(user, incomplete.get(oid)!)
      spreading.push(user)
    }
  }
}
