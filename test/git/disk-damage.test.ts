import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ForgeError } from '../../src/failure.ts'
import { DiskPack } from '../../src/git/disk-pack.ts'
import { openDiskRepository } from '../../src/git/disk-repository.ts'
import { LooseObjects } from '../../src/git/loose-objects.ts'
import type { RawObject } from '../../src/git/model.ts'
import { hashObject } from '../../src/git/object-id.ts'
import type { ObjectSource } from '../../src/git/object-source.ts'
import { encodePackEntryHeader } from '../../src/git/pack-entry.ts'
import { PackIndex } from '../../src/git/pack-index.ts'
import { readAllWithGit, Workshop } from './sample-repository.ts'

let workshop: Workshop
let all: ReturnType<typeof readAllWithGit>
let pack: Buffer
let index: Buffer
beforeAll(() => {
  workshop = new Workshop()
  const folder = join(workshop.makeSample('sample', 60), 'objects', 'pack')
  all = readAllWithGit(workshop, 'sample')
  const name = readdirSync(folder).find((file) => file.endsWith('.pack')) ?? ''
  pack = readFileSync(join(folder, name))
  index = readFileSync(join(folder, name.replace('.pack', '.idx')))
})
afterAll(() => workshop.remove())

const alone = { cacheBytes: 1 << 20, readElsewhere: () => undefined }

/** How many objects are right and how many fail with object-corrupt; whatever else happens is thrown. */
function readEverything(
  source: ObjectSource,
  way: 'read' | 'peek' = 'read',
): { right: number; corrupt: number } {
  const counts = { right: 0, corrupt: 0 }
  for (const [oid, expected] of all) {
    try {
      const object = source[way](oid)
      if (object === undefined) continue
      expect(object.type).toBe(expected.type)
      expect(object.data.equals(expected.data)).toBe(true)
      counts.right += 1
    } catch (error) {
      if (!(error instanceof ForgeError) || error.code !== 'object-corrupt') throw error
      counts.corrupt += 1
    }
  }
  return counts
}

describe('a damaged pack', () => {
  it('gives right objects or object-corrupt, whatever byte of it is changed', () => {
    const place = fc.integer({ min: 12, max: pack.length - 21 })
    const change = fc.integer({ min: 1, max: 255 })
    let noticed = 0
    fc.assert(
      fc.property(place, change, (at, bits) => {
        const damaged = Buffer.from(pack)
        damaged.writeUInt8(damaged.readUInt8(at) ^ bits, at)
        const { right, corrupt } = readEverything(new DiskPack(new PackIndex(index), damaged, alone))
        expect(right + corrupt).toBe(all.size)
        const glimpses = readEverything(new DiskPack(new PackIndex(index), damaged, alone), 'peek')
        expect(glimpses.right + glimpses.corrupt).toBe(all.size)
        noticed += Math.min(corrupt, 1)
      }),
      { numRuns: 40 },
    )
    // A few bits of a deflated stream mean nothing (the level that its header claims, what pads its last byte), so a
    // change of theirs leaves every object as it was.
    expect(noticed).toBeGreaterThan(30)
  })

  it('gives right objects, none or object-corrupt, whatever byte of its index is changed', () => {
    const place = fc.integer({ min: 8 + 1024, max: index.length - 41 })
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const damaged = Buffer.from(index)
        damaged.writeUInt8(damaged.readUInt8(at) ^ bits, at)
        const { right } = readEverything(new DiskPack(new PackIndex(damaged), pack, alone))
        expect(right).toBeGreaterThan(0)
      }),
      { numRuns: 40 },
    )
  })
})

/** A pack of one entry, which is a delta based on an object by id, and its index of version 1. */
function packDelta(base: RawObject, made: RawObject): [Buffer, Buffer] {
  const baseOid = hashObject(base.type, base.data)
  const insertion = Buffer.concat([
    Buffer.from([base.data.length, made.data.length, made.data.length]),
    made.data,
  ])
  const header = encodePackEntryHeader('tag', insertion.length)
  // Kind 7 in place of that of the tag.
  header.writeUInt8((header.readUInt8(0) & 0x8f) | 0x70, 0)
  const entry = Buffer.concat([header, Buffer.from(baseOid, 'hex'), deflateSync(insertion)])
  const start = Buffer.from([0x50, 0x41, 0x43, 0x4b, 0, 0, 0, 2, 0, 0, 0, 1])
  const checksum = Buffer.alloc(20, 9)
  const oid = Buffer.from(hashObject(made.type, made.data), 'hex')
  const fanout = Buffer.alloc(1024)
  for (let bucket = oid.readUInt8(0); bucket < 256; bucket += 1) fanout.writeUInt32BE(1, bucket * 4)
  const rows = Buffer.concat([Buffer.from([0, 0, 0, 12]), oid])
  return [Buffer.concat([start, entry, checksum]), Buffer.concat([fanout, rows, checksum, Buffer.alloc(20)])]
}

describe('a delta whose base is outside its pack', () => {
  const base: RawObject = { type: 'blob', data: Buffer.from('the base') }
  const made: RawObject = { type: 'blob', data: Buffer.from('made of it') }
  const oid = hashObject('blob', made.data)

  it('is applied to the base when that is found elsewhere', () => {
    const [data, table] = packDelta(base, made)
    const surroundings = { cacheBytes: 0, readElsewhere: () => base }
    expect(new DiskPack(new PackIndex(table), data, surroundings).read(oid)).toEqual(made)
  })

  it('is found in a repository on disk whose base is loose', () => {
    const path = workshop.copy('sample', 'thin')
    workshop.git('thin', ['hash-object', '-w', '--stdin'], base.data)
    const [data, table] = packDelta(base, made)
    writeFileSync(join(path, 'objects', 'pack', 'pack-thin.pack'), data)
    writeFileSync(join(path, 'objects', 'pack', 'pack-thin.idx'), table)
    expect(openDiskRepository(path).objects.read(oid)).toEqual(made)
  })

  it('is corrupt when the base is nowhere, or is another delta based on it', () => {
    const path = workshop.copy('sample', 'circle')
    const write = (name: string, [data, table]: [Buffer, Buffer]) => {
      writeFileSync(join(path, 'objects', 'pack', `${name}.pack`), data)
      writeFileSync(join(path, 'objects', 'pack', `${name}.idx`), table)
    }
    write('pack-one', packDelta(base, made))
    const lonely = openDiskRepository(path).objects
    expect(() => lonely.read(oid)).toThrow('the base of a delta is missing')
    write('pack-two', packDelta(made, base))
    const circular = openDiskRepository(path).objects
    expect(() => circular.read(oid)).toThrow(ForgeError)
    expect(() => circular.read(oid)).toThrow('a chain of deltas has no end')
  })
})

describe('a damaged loose object', () => {
  it('is corrupt and never another object', () => {
    workshop.git('.', ['init', '--quiet', '--bare', 'loose'])
    const oid = workshop.git('loose', ['hash-object', '-w', '--stdin'], 'content')
    const objects = workshop.folder('loose/objects')
    const file = join(objects, oid.slice(0, 2), oid.slice(2))
    expect(new LooseObjects(objects).read(oid)).toEqual({ type: 'blob', data: Buffer.from('content') })
    const whole = readFileSync(file)
    chmodSync(file, 0o644)
    const contents = [
      Buffer.alloc(0),
      whole.subarray(0, -3),
      Buffer.from('nonsense'),
      deflateSync('blob 7\0CONTENT'),
      deflateSync('blob 8\0content'),
      deflateSync('blob 07\0content'),
      deflateSync('thing 7\0content'),
      deflateSync('content without a header that goes on and on'),
    ]
    for (const content of contents) {
      writeFileSync(file, content)
      const loose = new LooseObjects(objects)
      expect(loose.has(oid)).toBe(true)
      expect(() => loose.read(oid)).toThrow(`object-corrupt {"oid":"${oid}"`)
    }
  })
})
