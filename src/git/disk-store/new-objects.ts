import type { Oid } from '../model.ts'
import { readObjectNeeds } from '../object-needs.ts'
import type { ObjectSource } from '../object-source.ts'
import { Pacer } from '../wire/pacer.ts'

/** Objects that are to be written, what others need before them, and how many bytes they have. */
export interface NewObjects {
  readonly oids: readonly Oid[]
  readonly bytes: number
}

/**
 * The objects that can be reached from `starts` and are not kept yet. What is kept is complete already, so nothing behind it
 * is looked at. Objects that are missing are passed over.
 */
export async function findNewObjects(
  source: ObjectSource,
  starts: Iterable<Oid>,
  isKept: (oid: Oid) => boolean,
): Promise<NewObjects> {
  const pacer = new Pacer()
  const waiting = [...starts]
  const found = new Set<Oid>()
  let bytes = 0
  for (let oid = waiting.pop(); oid !== undefined; oid = waiting.pop()) {
    if (found.has(oid) || isKept(oid)) continue
    const object = source.read(oid)
    if (object === undefined) continue
    found.add(oid)
    bytes += object.data.length
    for (const need of readObjectNeeds(object.type, object.data)) waiting.push(need.oid)
    if (pacer.isDue) await pacer.rest()
  }
  return { oids: [...found].reverse(), bytes }
}
