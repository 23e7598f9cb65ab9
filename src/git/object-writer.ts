import type { ObjectType, Oid } from './model.ts'
import { hashObject } from './object-id.ts'
import type { ObjectStore } from './object-store.ts'
import { createStoreFs, encodeLoose } from './store-fs.ts'

/** Writes objects through isomorphic-git; `add` answers the id at once, `flush` waits until all that was added is stored. */
export interface ObjectWriter {
  add(type: ObjectType, data: Buffer): Oid
  flush(): Promise<void>
}

/**
 * isomorphic-git gets the finished file of an object and not its parts, because of what it would do to the parts: it
 * sorts names by UTF-16 units instead of bytes, cuts carriage returns and outer newlines out of messages, and spends
 * half a millisecond on packing each object. The file system below it checks that the bytes have the id.
 */
export async function createObjectWriter(objects: ObjectStore): Promise<ObjectWriter> {
  // Loaded on first need, as it takes longer than everything else at start-up.
  const { default: git } = await import('isomorphic-git')
  const fs = createStoreFs(objects)
  const pending = new Map<Oid, Promise<string>>()
  return {
    add(type, data) {
      const oid = hashObject(type, data)
      if (pending.has(oid) || objects.has(oid)) return oid
      const file = encodeLoose(type, data)
      const written = git.writeObject({ fs, gitdir: '/', type, object: file, format: 'deflated', oid })
      // Awaited in flush; until then a failure must not count as unhandled.
      written.catch(() => undefined)
      pending.set(oid, written)
      return oid
    },
    async flush() {
      await Promise.all(pending.values())
      pending.clear()
    },
  }
}
