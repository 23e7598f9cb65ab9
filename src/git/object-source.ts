import { fail } from '../failure.ts'
import type { ObjectType, Oid, RawObject } from './model.ts'

/** An object as a pack holds it, ready to be put into another. */
export type PackedObject =
  | { /** Header and deflated data. */ readonly entry: Buffer; readonly delta: null }
  | { readonly entry: null; readonly delta: PackedDelta }

export interface PackedDelta {
  readonly base: Oid
  /** Bytes of the delta once inflated. */
  readonly size: number
  readonly deflated: Buffer
}

/** Somewhere objects can be read from. What it holds never changes under an id. */
export interface ObjectSource {
  read(oid: Oid): RawObject | undefined
  /** As `read`, but the bytes may be another's as soon as anything else is read from anywhere: for whoever looks once and goes on. */
  peek(oid: Oid): RawObject | undefined
  has(oid: Oid): boolean
  /** The type of an object, mostly without reading it. */
  typeOf(oid: Oid): ObjectType | undefined
  /** The object as it lies in a pack, checked; undefined where it does not lie so, or is not to be used so. */
  packed(oid: Oid): PackedObject | undefined
  /** At most `limit` ids that begin with these hexadecimal digits. */
  oidsWithPrefix(prefix: string, limit: number): Oid[]
  oids(): Iterable<Oid>
}

/** Reads an object that has to be there. Throws `object-missing`. */
export function readObject(source: ObjectSource, oid: Oid): RawObject {
  return source.read(oid) ?? fail('object-missing', { oid })
}

/** As readObject, with bytes that last as those of `peek` do. Throws `object-missing`. */
export function peekObject(source: ObjectSource, oid: Oid): RawObject {
  return source.peek(oid) ?? fail('object-missing', { oid })
}

/** What the first source that has the object answers. */
export function askFirst<Answer>(
  sources: readonly ObjectSource[],
  question: (source: ObjectSource) => Answer | undefined,
): Answer | undefined {
  for (const source of sources) {
    const answer = question(source)
    if (answer !== undefined) return answer
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
