import { createHash, randomBytes } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { ForgeError } from '../../../src/failure.ts'
import { Repository } from '../../../src/git/repository.ts'
import { deflateExactly } from '../../../src/git/wire/deflation.ts'
import { writePack } from '../../../src/git/wire/pack-writer.ts'
import { git, temporaryFolder } from '../../git-binary.ts'
import { gather } from './pieces.ts'
import { sampleRepository } from './sample.ts'

const folders: { remove(): void }[] = []
afterAll(() => {
  for (const folder of folders) folder.remove()
})

/** The objects that the real git unpacks from a pack: id, type, size. */
function unpack(pack: Buffer): string[] {
  const folder = temporaryFolder()
  folders.push(folder)
  git(folder.path, ['init', '--quiet', '--bare', '.'])
  git(folder.path, ['unpack-objects', '-q', '--strict'], { input: pack })
  return git(folder.path, ['cat-file', '--batch-all-objects', '--batch-check']).trim().split('\n')
}

function describeAll(repository: Repository): string[] {
  const rows = [...repository.objects.oids()].map((oid) => {
    const { type, data } = repository.objects.read(oid)!
    return `${oid} ${type} ${data.length}`
  })
  return rows.sort()
}

describe('writePack', () => {
  it('writes an empty pack', async () => {
    const pack = await gather(writePack(Repository.create('main').objects, []))
    expect(pack.toString('hex')).toBe('5041434b0000000200000000029d08823bd8a8eab510ad6ac75c823cfd3ed31e')
  })

  it('writes what git reads back', async () => {
    const { repository } = sampleRepository()
    const pack = await gather(writePack(repository.objects, [...repository.objects.oids()]))
    expect(unpack(pack)).toEqual(describeAll(repository))
    expect(pack.subarray(-20)).toEqual(createHash('sha1').update(pack.subarray(0, -20)).digest())
  })

  it('writes objects of all sizes, twice the same', async () => {
    const repository = Repository.create('main')
    for (const size of [0, 1, 15, 16, 2047, 2048, 65_535, 65_537, 1_048_577, 5_000_000]) {
      repository.objects.write('blob', size > 60_000 ? randomBytes(size) : Buffer.alloc(size, 'x'))
    }
    const oids = [...repository.objects.oids()]
    const pack = await gather(writePack(repository.objects, oids))
    expect(unpack(pack)).toEqual(describeAll(repository))
    expect((await gather(writePack(repository.objects, oids))).equals(pack)).toBe(true)
  })

  it('hands out chunks of a megabyte at most', async () => {
    const repository = Repository.create('main')
    const oid = repository.objects.write('blob', randomBytes(3_000_000))
    const sizes: number[] = []
    for await (const chunk of writePack(repository.objects, [oid])) sizes.push(chunk.length)
    expect(Math.max(...sizes)).toBe(1_048_576)
  })

  it('fails where an object is missing', async () => {
    const missing = 'a'.repeat(40)
    await expect(gather(writePack(Repository.create('main').objects, [missing]))).rejects.toThrow(
      new ForgeError('object-missing', { oid: missing }),
    )
  })
})

describe('deflateExactly', () => {
  it.each([0, 1, 1000, 65_536, 65_537, 1_100_000])(
    'keeps no more memory alive than it needs: %i bytes',
    async (size) => {
      for (const data of [Buffer.alloc(size, 'ab'), randomBytes(size)]) {
        const deflated = await deflateExactly(data)
        expect(inflateSync(deflated).equals(data)).toBe(true)
        expect(deflated.buffer.byteLength).toBe(deflated.length)
      }
    },
  )
})
