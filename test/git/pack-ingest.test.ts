import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MemoryLayer } from '../../src/git/memory-layer.ts'
import { hashObject } from '../../src/git/object-id.ts'
import { ObjectStore } from '../../src/git/object-store.ts'
import { encodePackEntryHeader } from '../../src/git/pack-entry.ts'
import { ingestPack } from '../../src/git/pack-ingest.ts'
import { PackRefusal } from '../../src/git/pack-refusal.ts'
import { deltaOf, inPieces, PackBuilder, packOf, sample, withChecksum } from './pack-builder.ts'
import { RealGit } from './real-git.ts'

const LIMITS = { objectBytes: 1_000_000, totalBytes: 4_000_000 }

const ingest = (
  pack: Buffer,
  store = new ObjectStore(),
  piece = 65_536,
  limits = LIMITS,
): Promise<MemoryLayer> => ingestPack(inPieces(pack, piece), store, limits)

/** What is reported of a pack that is refused, and what its sender is told. */
async function refusalOf(pack: Buffer, store?: ObjectStore, limits = LIMITS): Promise<string[]> {
  const refusal = await ingest(pack, store, 65_536, limits).then(
    () => null,
    (error: unknown) => error,
  )
  if (!(refusal instanceof PackRefusal)) throw new Error(`not refused: ${refusal}`)
  return [refusal.status, ...refusal.lines]
}

const tree = sample.tree()
const commit = sample.commit(tree.oid)

describe('a pushed pack', () => {
  it('gives its objects under their ids, and no others', async () => {
    const layer = await ingest(
      packOf(['blob', sample.blob.data], ['tree', tree.data], ['commit', commit.data]),
    )
    expect([...layer.oids()]).toEqual([sample.blob.oid, tree.oid, commit.oid])
    expect(layer.read(tree.oid)).toEqual({ type: 'tree', data: tree.data })
  })

  it('may be empty', async () => {
    expect((await ingest(packOf())).size).toBe(0)
  })

  it('leaves out what the store has already', async () => {
    const store = new ObjectStore()
    store.write('blob', sample.blob.data)
    const layer = await ingest(packOf(['blob', sample.blob.data], ['tree', tree.data]), store)
    expect([...layer.oids()]).toEqual([tree.oid])
  })

  it('is read the same however it is cut into pieces', async () => {
    const large = randomBytes(200_000)
    const builder = new PackBuilder()
    const at = builder.whole('blob', 'a base of some length, to copy from')
    builder.whole('blob', large)
    builder.ofsDelta(
      at,
      deltaOf(Buffer.from('a base of some length, to copy from'), Buffer.from('a base of some')),
    )
    builder.whole('blob', Buffer.alloc(70_000, 'zero'))
    const pack = builder.build()
    const whole = [...(await ingest(pack)).oids()]
    expect(whole).toHaveLength(4)
    for (const piece of [1, 7, 100, 4096, 65_537]) {
      expect([...(await ingest(pack, undefined, piece)).oids()]).toEqual(whole)
    }
  })
})

describe('deltas of a pushed pack', () => {
  const one = Buffer.from('the first version of a file\n')
  const two = Buffer.from('the first version of a file, and a second\n')
  const three = Buffer.from('the first version of a file, and a third one\n')
  const oids = [one, two, three].map((data) => hashObject('blob', data))

  it('are applied to bases by their place and by their id', async () => {
    const builder = new PackBuilder()
    const at = builder.whole('blob', one)
    builder.ofsDelta(at, deltaOf(one, two))
    builder.refDelta(oids[1]!, deltaOf(two, three))
    const layer = await ingest(builder.build())
    expect([...layer.oids()]).toEqual(oids)
    expect(layer.read(oids[2]!)).toEqual({ type: 'blob', data: three })
  })

  it('may have bases that only the store has (a thin pack)', async () => {
    const store = new ObjectStore()
    store.write('blob', one)
    const builder = new PackBuilder()
    builder.refDelta(oids[0]!, deltaOf(one, two))
    expect([...(await ingest(builder.build(), store)).oids()]).toEqual([oids[1]])
  })

  it('wait for bases that come later, themselves deltas or not', async () => {
    const builder = new PackBuilder()
    const at = builder.refDelta(oids[1]!, deltaOf(two, three))
    builder.ofsDelta(at, deltaOf(three, one))
    builder.refDelta(oids[0]!, deltaOf(one, two))
    builder.whole('blob', one)
    const layer = await ingest(builder.build())
    expect(new Set(layer.oids())).toEqual(new Set(oids))
  })

  it('may form a chain of 5,000, from either end', async () => {
    const versions = Array.from({ length: 5000 }, (_, i) => Buffer.from(`version ${i}`))
    const forwards = new PackBuilder()
    let at = forwards.whole('blob', versions[0]!)
    for (let i = 1; i < versions.length; i += 1) {
      at = forwards.ofsDelta(at, deltaOf(versions[i - 1]!, versions[i]!))
    }
    const limits = { objectBytes: 1000, totalBytes: 20_000_000 }
    expect((await ingest(forwards.build(), undefined, 65_536, limits)).size).toBe(5000)
    const backwards = new PackBuilder()
    for (let i = versions.length - 1; i > 0; i -= 1) {
      const base = versions[i - 1]!
      backwards.refDelta(hashObject('blob', base), deltaOf(base, versions[i]!))
    }
    backwards.whole('blob', versions[0]!)
    expect((await ingest(backwards.build(), undefined, 65_536, limits)).size).toBe(5000)
  })

  it('are refused when their bases are nowhere', async () => {
    const builder = new PackBuilder()
    builder.refDelta(oids[0]!, deltaOf(one, two))
    expect(await refusalOf(builder.build())).toEqual([
      'index-pack abnormal exit',
      'fatal: pack has 1 unresolved delta',
    ])
    builder.refDelta(oids[1]!, deltaOf(two, three))
    expect(await refusalOf(builder.build())).toEqual([
      'index-pack abnormal exit',
      'fatal: pack has 2 unresolved deltas',
    ])
  })

  it('are refused when they wait for each other', async () => {
    const builder = new PackBuilder()
    builder.refDelta(oids[1]!, deltaOf(two, one))
    builder.refDelta(oids[0]!, deltaOf(one, two))
    expect(await refusalOf(builder.build())).toEqual([
      'index-pack abnormal exit',
      'fatal: pack has 2 unresolved deltas',
    ])
  })

  it('are refused when they do not fit their base', async () => {
    const builder = new PackBuilder()
    const at = builder.whole('blob', one)
    const bad = builder.ofsDelta(at, deltaOf(two, three))
    expect(await refusalOf(builder.build())).toEqual([
      'index-pack abnormal exit',
      `fatal: pack has bad object at offset ${bad}: a delta is meant for another base`,
    ])
  })
})

describe('a damaged pack', () => {
  const pack = packOf(['blob', sample.blob.data], ['tree', tree.data], ['commit', commit.data])

  it.each([
    ['nothing', Buffer.alloc(0), 'eof before pack header was fully read'],
    ['half a header', pack.subarray(0, 11), 'eof before pack header was fully read'],
    ['another signature', Buffer.from('JACK0000000000'), 'protocol error (pack signature mismatch detected)'],
    [
      'an unknown version',
      Buffer.from('PACK\0\0\0\x04\0\0\0\0', 'latin1'),
      'protocol error (pack version unsupported)',
    ],
  ])('that holds %s is refused before anything is unpacked', async (_what, bytes, status) => {
    expect(await refusalOf(bytes)).toEqual([status])
  })

  it('is refused wherever it is cut off', async () => {
    for (let length = 12; length < pack.length; length += 1) {
      expect(await refusalOf(pack.subarray(0, length))).toEqual([
        'index-pack abnormal exit',
        'fatal: early EOF',
      ])
    }
  })

  it('is refused whichever bit of it is changed', async () => {
    const place = fc.nat(pack.length - 1)
    await fc.assert(
      fc.asyncProperty(place, fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(pack)
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at)
        expect((await refusalOf(changed))[0]).toMatch(/abnormal exit|protocol error/)
      }),
      { numRuns: 250 },
    )
  })

  it('is refused, or holds objects under their right ids, whatever happened to it before it was summed', async () => {
    const edit = fc.record({
      at: fc.nat(pack.length - 21),
      bytes: fc.uint8Array({ maxLength: 6 }),
      cut: fc.nat(6),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 99 }),
        async (edits, piece) => {
          let body = pack.subarray(0, -20)
          for (const { at, bytes, cut } of edits) {
            body = Buffer.concat([body.subarray(0, at), bytes, body.subarray(at + cut)])
          }
          const layer = await ingest(withChecksum(body), undefined, piece).catch((error) => {
            expect(error).toBeInstanceOf(PackRefusal)
            return null
          })
          for (const oid of layer?.oids() ?? []) {
            const { type, data } = layer!.read(oid)!
            expect(hashObject(type, data)).toBe(oid)
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  it('is refused when its sum is another', async () => {
    const changed = Buffer.concat([pack.subarray(0, -20), Buffer.alloc(20)])
    expect(await refusalOf(changed)).toEqual([
      'index-pack abnormal exit',
      'fatal: pack is corrupted (SHA1 mismatch)',
    ])
  })

  it('is refused when something follows it', async () => {
    expect(await refusalOf(Buffer.concat([pack, Buffer.from('x')]))).toEqual([
      'index-pack abnormal exit',
      'fatal: pack has junk at the end',
    ])
  })

  it('is refused when it promises more or fewer objects than it has', async () => {
    const builder = new PackBuilder()
    builder.whole('blob', 'one')
    builder.whole('blob', 'two')
    expect((await refusalOf(builder.build(3)))[0]).toBe('index-pack abnormal exit')
    expect((await refusalOf(builder.build(2 ** 32 - 1)))[0]).toBe('index-pack abnormal exit')
    expect((await refusalOf(builder.build(1)))[0]).toBe('index-pack abnormal exit')
  })

  it('is refused for an object that no git could work with', async () => {
    const bad = Buffer.from('tree nonsense\n')
    expect(await refusalOf(packOf(['commit', bad]))).toEqual([
      'index-pack abnormal exit',
      `error: object ${hashObject('commit', bad)}: badTreeSha1: invalid 'tree' line format - bad sha1`,
      'fatal: fsck error in packed object',
    ])
  })

  it.each([10, 100_000])('is refused for an entry of another size than it says: %d bytes', async (size) => {
    for (const claimed of [size - 1, size + 1, 0]) {
      const builder = new PackBuilder()
      const at = builder.raw(encodePackEntryHeader('blob', claimed), deflateSync(randomBytes(size)))
      const [status, line] = await refusalOf(builder.build())
      expect(status).toBe('index-pack abnormal exit')
      expect(line).toMatch(`fatal: pack has bad object at offset ${at}: `)
    }
  })
})

describe('an immense pack', () => {
  it('is refused at the header of an object beyond the limit', async () => {
    const builder = new PackBuilder()
    builder.raw(encodePackEntryHeader('blob', LIMITS.objectBytes + 1))
    expect(await refusalOf(builder.build())).toEqual([
      'index-pack abnormal exit',
      'fatal: pack has bad object at offset 12: the object is too large',
    ])
  })

  it('is refused as soon as its objects come to more than the limit', async () => {
    const builder = new PackBuilder()
    for (let i = 0; i < 10; i += 1) builder.whole('blob', Buffer.alloc(900_000, i))
    expect(builder.at).toBeLessThan(20_000)
    expect(await refusalOf(builder.build())).toEqual([
      'index-pack abnormal exit',
      'fatal: pack exceeds maximum allowed size (4000000 bytes unpacked)',
    ])
  })

  it('is refused for a delta that makes much of little', async () => {
    const base = Buffer.alloc(900_000, 'x')
    // The whole base, twice.
    const delta = Buffer.from([
      0xa0, 0xf7, 0x36, 0xc0, 0xee, 0x6d, 0xf0, 0xa0, 0xbb, 0x0d, 0xf0, 0xa0, 0xbb, 0x0d,
    ])
    const builder = new PackBuilder()
    const at = builder.ofsDelta(builder.whole('blob', base), delta)
    expect(await refusalOf(builder.build())).toEqual([
      'index-pack abnormal exit',
      `fatal: pack has bad object at offset ${at}: a delta asks for too large an object`,
    ])
  })

  it('holds no more memory than it has proved to need', async () => {
    // A little zip of a lot, which says that it is small.
    const builder = new PackBuilder()
    builder.raw(encodePackEntryHeader('blob', 70_000), deflateSync(Buffer.alloc(200_000_000)))
    const pack = builder.build()
    const before = process.memoryUsage.rss()
    expect((await refusalOf(pack))[1]).toMatch('serious inflate inconsistency')
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000)
  })

  it('lets others on the event loop have their turn', async () => {
    const builder = new PackBuilder()
    for (let i = 0; i < 30_000; i += 1) builder.whole('blob', `blob ${i}\n`.repeat(10))
    const pack = builder.build()
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 1)
    const start = performance.now()
    await ingest(pack, undefined, 65_536, { objectBytes: 1000, totalBytes: 100_000_000 })
    const elapsed = performance.now() - start
    clearInterval(timer)
    expect(turns).toBeGreaterThan(elapsed / 50)
  })
})

describe('a pack of the real git', () => {
  let real: RealGit
  beforeAll(() => {
    real = new RealGit()
    const lines = (last: number) =>
      Array.from({ length: 500 }, (_, i) => `line ${i === last ? 'changed' : i}\n`)
    let stream = ''
    for (let i = 1; i <= 60; i += 1) {
      const text = lines(i).join('')
      stream += `commit refs/heads/main\nmark :${i}\ncommitter A <a@b> ${1_700_000_000 + i} +0000\ndata 2\nm\n\n`
      stream += `M 100644 inline dir/file.txt\ndata ${text.length}\n${text}\n`
      stream += `tag v${i}\nfrom :${i}\ntagger A <a@b> ${1_700_000_000 + i} +0000\ndata 2\nt\n\n`
    }
    real.run(['fast-import', '--quiet'], { input: stream })
  })
  afterAll(() => real.remove())

  it.each([[[]], [['--delta-base-offset']], [['--delta-base-offset', '--depth=4000', '--window=60']]])(
    'gives all its objects: %j',
    async (args) => {
      const pack = real.runRaw(['pack-objects', '--all', '--stdout', '-q', ...args])
      const layer = await ingest(pack, undefined, 1000)
      expect([...layer.oids()].sort()).toEqual(
        real.lines(['cat-file', '--batch-all-objects', '--batch-check=%(objectname)']).sort(),
      )
    },
  )

  it('may be thin', async () => {
    const store = real.read().objects.fork()
    const base = new ObjectStore()
    for (const oid of real.lines(['rev-list', '--objects', '--no-object-names', 'v30'])) {
      const { type, data } = store.read(oid)!
      base.write(type, data)
    }
    const pack = real.runRaw(['pack-objects', '--thin', '--revs', '--stdout', '-q'], { input: 'v60\n^v30\n' })
    const layer = await ingest(pack, base)
    const expected = real.lines(['rev-list', '--objects', '--no-object-names', 'v60', '^v30'])
    expect([...layer.oids()].sort()).toEqual(expected.sort())
  })
})
