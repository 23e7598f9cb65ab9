import { fail } from '../failure.ts'
import { BoundedCache } from './bounded-cache.ts'
import { decodeCommit } from './commit-codec.ts'
import type { Commit, ObjectType, Oid, TagObject, TreeEntry } from './model.ts'
import { type ObjectSource, peekObject } from './object-source.ts'
import { decodeTag } from './tag-codec.ts'
import { decodeTree } from './tree-codec.ts'

/** Bytes of raw objects per kind. A decoded view takes a few times its raw size. */
const LIMIT = 2 * 1024 * 1024

/** Commits, tags and trees as values. What was read lately is kept, so that reading it again is one look-up. */
export class DecodedObjects {
  readonly #commits = new BoundedCache<Oid, Commit>(LIMIT)
  readonly #tags = new BoundedCache<Oid, TagObject>(LIMIT)
  readonly #trees = new BoundedCache<Oid, readonly TreeEntry[]>(LIMIT)

  commit(source: ObjectSource, oid: Oid): Commit {
    return decodeCached(this.#commits, source, oid, 'commit', decodeCommit)
  }

  tag(source: ObjectSource, oid: Oid): TagObject {
    return decodeCached(this.#tags, source, oid, 'tag', decodeTag)
  }

  tree(source: ObjectSource, oid: Oid): readonly TreeEntry[] {
    return decodeCached(this.#trees, source, oid, 'tree', decodeTree)
  }
}

function decodeCached<Value>(
  cache: BoundedCache<Oid, Value>,
  source: ObjectSource,
  oid: Oid,
  type: ObjectType,
  decode: (oid: Oid, data: Buffer) => Value,
): Value {
  const known = cache.get(oid)
  // The cache may know the object from another fork, where alone it was written.
  if (known !== undefined && source.has(oid)) return known
  // What is made of the bytes holds none of them.
  const object = peekObject(source, oid)
  if (object.type !== type)
    return fail('object-corrupt', { oid, reason: `it is a ${object.type}, not a ${type}` })
  const value = decode(oid, object.data)
  cache.set(oid, value, object.data.length)
  return value
}
