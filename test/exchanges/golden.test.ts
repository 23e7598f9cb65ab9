import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Exchange } from '../../src/exchange/exchange.ts'
import { checkExchangeFile } from '../../src/exchange/load.ts'
import { vendorIds } from '../../src/options.ts'
import { vendors } from '../../src/vendors/index.ts'
import { type Deviation, deviations } from './deviations.ts'
import { compareGolden, differencesOf, goldenFiles, replay } from './golden-files.ts'
import { leavesOf, mutate } from './mutate.ts'

const answers = new Map<string, readonly Exchange[]>()
beforeAll(async () => {
  for (const [name, file] of goldenFiles) answers.set(name, await replay(file))
})

const deviationsOf = (name: string): readonly Deviation[] => deviations[name] ?? []

describe.each(goldenFiles)('%s', (name, file) => {
  it('is a file of exchanges of its vendor, in a profile that there is', async () => {
    await checkExchangeFile(file, name)
    expect(name.split('/')[0]).toBe(file.vendor)
    const profiles = vendors.find(({ id }) => id === file.vendor)?.profiles
    expect(profiles).toContain(file.profile ?? profiles?.[0])
  })

  it('is answered as it says, but for where the document is known to be wrong', () => {
    const unexpected = compareGolden(file, answers.get(name)!).flatMap((compared) =>
      differencesOf(compared)
        .filter((text) => !deviationsOf(name).some(({ difference }) => difference.test(text)))
        .map((text) => `${compared.name}: ${text}`),
    )
    expect(unexpected).toEqual([])
  })

  it('has no deviation that is none any more', () => {
    const found = compareGolden(file, answers.get(name)!).flatMap(differencesOf)
    const stale = deviationsOf(name).filter(({ difference }) => !found.some((text) => difference.test(text)))
    expect(stale).toEqual([])
  })
})

describe('the comparison', () => {
  const places = goldenFiles.flatMap(([name, file]) => leavesOf(file).map((leaf) => ({ name, file, leaf })))

  it('finds any value that is another one, and says exactly where', () => {
    const pointersOf = (file: (typeof places)[number]['file'], name: string) =>
      compareGolden(file, answers.get(name)!).map(({ differences }) =>
        differences.map(({ pointer }) => pointer),
      )
    fc.assert(
      fc.property(fc.constantFrom(...places), ({ name, file, leaf }) => {
        const expected = pointersOf(file, name)
        const { exchange, pointer } = leaf
        expected[exchange] = [...new Set([...(expected[exchange] ?? []), pointer])]
        const found = pointersOf(mutate(file, leaf), name)
        expect(found.map((pointers) => [...pointers].sort())).toEqual(
          expected.map((pointers) => [...pointers].sort()),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('has something to say about each vendor', () => {
    expect(new Set(goldenFiles.map(([, { vendor }]) => vendor))).toEqual(new Set(vendorIds))
    expect(places.length).toBeGreaterThan(500)
  })
})
