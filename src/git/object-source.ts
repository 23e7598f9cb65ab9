import { fail } from '../failure.ts'
import type { Oid, RawObject } from './model.ts'

/** Somewhere objects can be read from. What it holds never changes under an id. */
export interface ObjectSource {
  read(oid: Oid): RawObject | undefined
  has(oid: Oid): boolean
  /** At most `limit` ids that begin with these hexadecimal digits. */
  oidsWithPrefix(prefix: string, limit: number): Oid[]
  oids(): Iterable<Oid>
}

/** Reads an object that has to be there. Throws `object-missing`. */
export function readObject(source: ObjectSource, oid: Oid): RawObject {
  return source.read(oid) ?? fail('object-missing', { oid })
}

/** What the first source that has the object holds. */
export function readFirst(sources: readonly ObjectSource[], oid: Oid): RawObject | undefined {
  for (const source of sources) {
    const object = source.read(oid)
    if (object !== undefined) return object
  }
  return undefined
}

/** At most `limit` different ids that begin with the prefix, over all sources. */
export function collectPrefixed(sources: Iterable<ObjectSource>, prefix: string, limit: number): Oid[] {
  const found = new Set<Oid>()
  for (const source of sources) {
    for (const oid of source.oidsWithPrefix(prefix, limit)) {
      if (found.size >= limit) return [...found]
      found.add(oid)
    }
  }
  return [...found]
}

/** Every id once, over all sources. */
export function* iterateDistinct(sources: Iterable<ObjectSource>): Generator<Oid> {
  const seen = new Set<Oid>()
  for (const source of sources) {
    for (const oid of source.oids()) {
      if (seen.has(oid)) continue
      seen.add(oid)
      yield oid
    }
  }
}
