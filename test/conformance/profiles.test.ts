import { describe, expect, it } from 'vitest'
import {
  type DriverOptions,
  drivers,
  runConformance,
  sendInto,
  stories,
} from '../../src/conformance/index.ts'
import { startFakeForge } from '../../src/index.ts'
import type { VendorId } from '../../src/options.ts'
import { gitOf } from './git-by-api.ts'
import { callerOf, projects } from './places.ts'

/** A server that is not what the driver takes it for, and what the stories have to find. */
interface Other {
  readonly vendor: VendorId
  /** A profile, or a quirk. */
  readonly is: string
  readonly found: readonly string[]
  /** What tells the driver; none: no setting of it is about that. */
  readonly told?: Partial<DriverOptions>
}

const DUPLICATES = [
  'life: refuses a duplicate',
  'life: refuses the very same tag again',
  'races: lets one of many make a tag',
]

const LOOKUPS = [
  'reading: finds listed tags by their names',
  'life: finds the light tag by its name',
  'life: finds the annotated tag by its name',
  'life: refuses a duplicate',
  'life: refuses the very same tag again',
  'life: sees a tag that a forced push moved',
  'life: leaves other tags alone',
  'names: finds each by its name',
  'races: lets one of many make a tag',
]

const others: readonly Other[] = [
  { vendor: 'gitlab', is: '14', found: [] },
  {
    vendor: 'gitlab',
    is: '13',
    found: [
      'paging: pages by offset, by name',
      'paging: pages by offset, by name, last first',
      'paging: pages by keyset, by name',
      'paging: pages by keyset, by name, last first',
    ],
  },
  {
    vendor: 'gitlab',
    is: 'documented',
    found: [
      ...DUPLICATES,
      'life: refuses a target that is nowhere',
      'life: refuses a protected name',
      'names: refuses names that git refuses',
      'names: refuses names that are against its own rules',
      'races: keeps creations and deletions apart',
    ],
    told: {
      // A NUL is refused before the API sees it: 400 in any profile.
      refusals: { duplicate: [405], target: [405], protected: [405], name: [405, 400] },
    },
  },
  { vendor: 'bitbucket', is: 'dc10', found: [] },
  {
    vendor: 'bitbucket',
    is: 'documented',
    found: [...DUPLICATES, 'races: keeps creations and deletions apart'],
    told: { refusals: { duplicate: [400] } },
  },
  {
    vendor: 'bitbucket',
    is: '4.5.2',
    found: [...LOOKUPS, 'life: moves a tag through its API', 'races: keeps creations and deletions apart'],
    told: { withoutLookups: 'there is no single tag before 4.6' },
  },
  {
    vendor: 'gitflic',
    is: 'tagGet400',
    found: [
      ...LOOKUPS,
      'reading: answers that a missing tag is missing',
      'life: refuses a target that is nowhere',
      'life: finds it no more',
      'life: deletes a light tag',
    ],
    told: { withoutLookups: 'gitflic.ru answers 400' },
  },
  { vendor: 'gitflic', is: 'tagOrderByName', found: ['paging: pages by page, by default'] },
  {
    vendor: 'gitflic',
    is: 'duplicateStatus409',
    found: DUPLICATES,
    told: { refusals: { duplicate: [409] } },
  },
  { vendor: 'gitflic', is: 'maxPageSize100', found: [] },
]

/** The steps that fail. */
async function tell({ vendor, is }: Other, told: Partial<DriverOptions> = {}): Promise<string[]> {
  await using forge = await startFakeForge(
    vendor === 'gitflic' ? { quirks: [`${vendor}.${is}`] } : { profiles: { [vendor]: is } },
  )
  const environment = {
    send: sendInto(forge.inject),
    writer: callerOf(vendor, 'mia'),
    limited: { caller: callerOf(vendor, 'dee'), name: (unique: string) => `release/${unique}` },
    git: gitOf(forge),
  }
  const driver = drivers[vendor]({ project: projects[vendor], ...told })
  const results = await runConformance(stories, driver, environment, { prefix: 'c-' })
  expect(results.flatMap(({ left }) => left)).toEqual([])
  return results.flatMap(({ story, steps }) =>
    steps.filter(({ outcome }) => outcome === 'fail').map(({ name }) => `${story}: ${name}`),
  )
}

describe('the stories', () => {
  it.each(others)('find what $vendor does otherwise when it is $is, and nothing else', async (other) => {
    expect((await tell(other)).sort()).toEqual([...other.found].sort())
  })

  it.each(others.filter(({ told }) => told))(
    'pass at $vendor as $is when the driver is told',
    async (other) => {
      expect(await tell(other, other.told)).toEqual([])
    },
  )
})
