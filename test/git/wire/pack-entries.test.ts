import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDiskRepository } from '../../../src/git/disk-repository.ts'
import type { Oid } from '../../../src/git/model.ts'
import { ObjectStore } from '../../../src/git/object-store.ts'
import { writePack } from '../../../src/git/wire/pack-writer.ts'
import { readAllWithGit, Workshop } from '../sample-repository.ts'
import { gather } from './pieces.ts'

let workshop: Workshop
let all: ReturnType<typeof readAllWithGit>
let oids: Oid[]
let copies = 0
beforeAll(() => {
  workshop = new Workshop()
  workshop.makeSample('sample', 60)
  all = readAllWithGit(workshop, 'sample')
  oids = [...all.keys()]
})
afterAll(() => workshop.remove())

/** What the real git takes out of a pack. */
async function unpack(store: ObjectStore, chosen: readonly Oid[]): Promise<typeof all> {
  copies += 1
  const name = `copy-${copies}`
  workshop.git('.', ['init', '--quiet', '--bare', name])
  workshop.git(name, ['index-pack', '--stdin'], await gather(writePack(store, chosen)))
  return readAllWithGit(workshop, name)
}

function shuffled(items: readonly Oid[], keys: readonly number[]): Oid[] {
  const ranked = items.map((item, at) => [keys[at % keys.length]! * (at + 7), item] as const)
  return ranked.sort(([a], [b]) => a - b).map(([, item]) => item)
}

describe('a pack of objects that lie in a pack', () => {
  it.each([
    ['deltas by offset', [], ['gc', '--aggressive', '--quiet']],
    ['deltas by id', ['repack.useDeltaBaseOffset', 'false'], ['repack', '-adfq', '--depth=50']],
    ['very long chains of deltas', [], ['repack', '-adfq', '--depth=4000', '--window=20']],
  ])(
    'holds any of them, with %s',
    async (what, setting, command) => {
      const name = what.replaceAll(' ', '-')
      const path = workshop.copy('sample', name)
      if (setting.length > 0) workshop.git(name, ['config', ...setting])
      workshop.git(name, command)
      const store = new ObjectStore(openDiskRepository(path).objects)
      const anyChoice = fc.tuple(fc.subarray(oids), fc.array(fc.nat(997), { minLength: 1, maxLength: 20 }))
      await fc.assert(
        fc.asyncProperty(anyChoice, async ([chosen, keys]) => {
          const found = await unpack(store, shuffled(chosen, keys))
          expect([...found].sort()).toEqual([...all].filter(([oid]) => chosen.includes(oid)).sort())
        }),
        { numRuns: 6 },
      )
    },
    60_000,
  )

  it('is hardly larger than the pack that they come from', async () => {
    const path = workshop.copy('sample', 'small')
    workshop.git('small', ['gc', '--quiet'])
    const { objects } = openDiskRepository(path)
    const size = (await gather(writePack(objects, [...objects.oids()]))).length
    const report = workshop.git('small', ['count-objects', '-v'])
    expect(size).toBeLessThan(1.2 * 1024 * Number(/size-pack: (\d+)/.exec(report)?.[1]))
  })
})
