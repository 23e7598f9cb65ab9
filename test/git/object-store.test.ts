import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ForgeError } from '../../src/failure.ts'
import { encodeCommit } from '../../src/git/commit-codec.ts'
import type { ObjectType, Oid } from '../../src/git/model.ts'
import { hashObject } from '../../src/git/object-id.ts'
import { ObjectStore } from '../../src/git/object-store.ts'
import { encodeTag } from '../../src/git/tag-codec.ts'
import { encodeTree } from '../../src/git/tree-codec.ts'

const ABSENT = 'f'.repeat(40)
const ada = (time: number) => ({ name: 'Ada', email: 'ada@example.test', time, offset: 0 })

function writeCommit(store: ObjectStore, time = 100): Oid {
  const tree = store.write('tree', encodeTree([]))
  const fields = { tree, parents: [], author: ada(1), committer: ada(time), message: 'm\n', signature: null }
  return store.write('commit', encodeCommit(fields))
}

function writeTag(store: ObjectStore, object: Oid, objectType: ObjectType, time: number | null): Oid {
  const tagger = time === null ? null : ada(time)
  return store.write(
    'tag',
    encodeTag({ object, objectType, name: 'v1', tagger, message: 'm\n', signature: null }),
  )
}

function failureOf(action: () => unknown): unknown {
  try {
    return action()
  } catch (error) {
    return error instanceof ForgeError ? error.code : error
  }
}

describe('an object store', () => {
  it('gives back what was written, under the id that git gives it', () => {
    const store = new ObjectStore()
    const anyData = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(new Uint8Array(5000)))
    fc.assert(
      fc.property(fc.constantFrom<ObjectType>('blob', 'tree', 'commit', 'tag'), anyData, (type, bytes) => {
        const oid = store.write(type, Buffer.from(bytes))
        expect(oid).toBe(hashObject(type, Buffer.from(bytes)))
        expect(store.read(oid)).toEqual({ type, data: Buffer.from(bytes) })
      }),
    )
  })

  it.each([10, 10_000])(
    'keeps neither the buffer that a view of %d bytes is part of, nor later changes to it',
    (size) => {
      const store = new ObjectStore()
      const large = Buffer.alloc(100_000, 'a')
      const oid = store.write('blob', large.subarray(5, 5 + size))
      large.fill('b')
      const read = store.read(oid)
      expect(read?.data).toEqual(Buffer.alloc(size, 'a'))
      expect(read?.data.buffer.byteLength).toBe(size)
    },
  )

  it('adopts objects under the ids that they come with', () => {
    const store = new ObjectStore()
    const data = Buffer.from('content')
    const oid = hashObject('blob', data)
    store.adopt([{ oid, type: 'blob', data }])
    expect(store.read(oid)).toEqual({ type: 'blob', data })
    expect([...store.oids()]).toEqual([oid])
  })

  it('has nothing that was not written', () => {
    const store = new ObjectStore()
    expect([store.has(ABSENT), store.read(ABSENT), store.oidsWithPrefix('ffff', 9)]).toEqual([
      false,
      undefined,
      [],
    ])
  })

  it('finds different ids by prefix over all layers', () => {
    const base = new ObjectStore()
    const store = new ObjectStore([base, base]).fork()
    const written: Oid[] = []
    for (let i = 0; i < 2000; i += 1) written.push((i % 2 ? base : store).write('blob', Buffer.from(`${i}`)))
    for (const prefix of new Set(written.map((oid) => oid.slice(0, 4)))) {
      const expected = written.filter((oid) => oid.startsWith(prefix)).sort()
      expect(store.oidsWithPrefix(prefix, 10).sort()).toEqual(expected)
      expect(store.oidsWithPrefix(prefix, 1)).toHaveLength(1)
    }
    const full = written[0] ?? ''
    expect(store.oidsWithPrefix(full, 2)).toEqual([full])
    expect([...store.oids()].sort()).toEqual(written.sort())
  })

  it('decodes commits, tags and trees, again and again', () => {
    const store = new ObjectStore()
    const commit = writeCommit(store)
    const tag = writeTag(store, commit, 'commit', 5)
    expect(store.commit(commit).committer.time).toBe(100)
    expect(store.commit(commit)).toBe(store.commit(commit))
    expect(store.tag(tag).object).toBe(commit)
    expect(store.tree(store.commit(commit).tree)).toEqual([])
  })

  it('fails with object-missing or object-corrupt for what it cannot decode', () => {
    const store = new ObjectStore()
    const blob = store.write('blob', Buffer.from('content'))
    const broken = store.write('commit', Buffer.from('nonsense'))
    expect(failureOf(() => store.commit(ABSENT))).toBe('object-missing')
    expect(failureOf(() => store.commit(blob))).toBe('object-corrupt')
    expect(failureOf(() => store.commit(broken))).toBe('object-corrupt')
    expect(failureOf(() => store.tag(blob))).toBe('object-corrupt')
    expect(failureOf(() => store.tree(blob))).toBe('object-corrupt')
  })
})

describe('peeling', () => {
  it('follows tags of tags to what they mark', () => {
    const store = new ObjectStore()
    const commit = writeCommit(store)
    const inner = writeTag(store, commit, 'commit', 5)
    const outer = writeTag(store, inner, 'tag', 6)
    expect(store.peel(outer)).toEqual({ oid: commit, type: 'commit' })
    expect(store.peel(commit)).toEqual({ oid: commit, type: 'commit' })
    const blob = store.write('blob', Buffer.from('x'))
    expect(store.peel(writeTag(store, blob, 'blob', 5))).toEqual({ oid: blob, type: 'blob' })
  })

  it('fails where the chain breaks or does not end', () => {
    const store = new ObjectStore()
    expect(failureOf(() => store.peel(ABSENT))).toBe('object-missing')
    expect(failureOf(() => store.peel(writeTag(store, ABSENT, 'commit', 5)))).toBe('object-missing')
    expect(failureOf(() => store.peel(writeTag(store, ABSENT, 'blob', 5)))).toBe('object-missing')
    const blob = store.write('blob', Buffer.from('x'))
    expect(failureOf(() => store.peel(writeTag(store, blob, 'tag', 5)))).toBe('object-corrupt')
    expect(failureOf(() => store.peel(writeTag(store, blob, 'commit', 5)))).toBe('object-corrupt')
    let tag = writeTag(store, blob, 'blob', 5)
    for (let depth = 0; depth < 1001; depth += 1) tag = writeTag(store, tag, 'tag', depth)
    expect(failureOf(() => store.peel(tag))).toBe('object-corrupt')
  })

  it('describes what a ref leads to', () => {
    const store = new ObjectStore()
    const commit = writeCommit(store, 100)
    const blob = store.write('blob', Buffer.from('x'))
    const tag = writeTag(store, commit, 'commit', 50)
    const old = writeTag(store, commit, 'commit', null)
    const ofBlob = writeTag(store, blob, 'blob', 60)
    const atCommit = { peeled: commit, peeledType: 'commit', committed: 100 }
    expect(store.describe(commit)).toEqual({ type: 'commit', ...atCommit, created: 100 })
    expect(store.describe(tag)).toEqual({ type: 'tag', ...atCommit, created: 50 })
    expect(store.describe(writeTag(store, tag, 'tag', 70))).toEqual({ type: 'tag', ...atCommit, created: 70 })
    expect(store.describe(old)).toEqual({ type: 'tag', ...atCommit, created: 0 })
    expect(store.describe(blob)).toEqual({
      type: 'blob',
      peeled: blob,
      peeledType: 'blob',
      created: 0,
      committed: 0,
    })
    const facts = { type: 'tag', peeled: blob, peeledType: 'blob', created: 60, committed: 0 }
    expect(store.describe(ofBlob)).toEqual(facts)
  })
})

describe('a fork', () => {
  it('shares what there was and nothing that comes after', () => {
    const store = new ObjectStore()
    const shared = writeCommit(store, 1)
    const fork = store.fork()
    const here = writeCommit(store, 2)
    const there = writeCommit(fork, 3)
    expect([store, fork].map((side) => side.has(shared))).toEqual([true, true])
    expect([store, fork].map((side) => side.has(here))).toEqual([true, false])
    expect([store, fork].map((side) => side.has(there))).toEqual([false, true])
    expect([...fork.oids()]).not.toContain(here)
  })

  it('does not see a commit that another fork has decoded', () => {
    const store = new ObjectStore()
    const fork = store.fork()
    const commit = writeCommit(store)
    expect(store.commit(commit).oid).toBe(commit)
    expect(failureOf(() => fork.commit(commit))).toBe('object-missing')
  })

  it('of a fork of a fork still holds everything, as a model of plain sets does', () => {
    const step = fc.record({ from: fc.nat(20), fork: fc.boolean(), content: fc.nat(200) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const all = [{ store: new ObjectStore(), model: new Set<Oid>() }]
        for (const { from, fork, content } of steps) {
          const side = all[from % all.length]!
          if (fork) all.push({ store: side.store.fork(), model: new Set(side.model) })
          else side.model.add(side.store.write('blob', Buffer.from(`${content}`)))
        }
        for (const { store, model } of all) expect([...store.oids()].sort()).toEqual([...model].sort())
      }),
      { numRuns: 50 },
    )
  })

  it('costs the same after a thousand generations, each with an object of its own', () => {
    let store = new ObjectStore()
    const written: Oid[] = []
    for (let generation = 0; generation < 1000; generation += 1) {
      written.push(store.write('blob', Buffer.from(`${generation}`)))
      store = store.fork()
    }
    expect(written.every((oid) => store.read(oid)?.type === 'blob')).toBe(true)
    expect([...store.oids()]).toHaveLength(1000)
  })
})
