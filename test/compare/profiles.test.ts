import { expect, it } from 'vitest'
import type { Drift } from '../../src/compare/drift.ts'
import { startFake } from '../../src/compare/fake.ts'
import { replay } from '../../src/compare/replay.ts'
import type { Options, VendorId } from '../../src/options.ts'
import { tour } from './tour.ts'

const wishes = { user: 'mia', timeout: 20_000 }

/** Where a server with other options is not like the fake on the tour, each kind of place once. */
async function differences(vendor: VendorId, other: Partial<Options>): Promise<string[]> {
  const live = await startFake(other, wishes)
  const fake = await startFake({}, wishes)
  try {
    const session = await tour(vendor, live, 'reads')
    const { exchanges } = await replay(session, fake, live)
    const drifts = exchanges.flatMap((exchange) => exchange.drifts)
    expect(new Set(drifts.map(({ drifted }) => drifted))).toEqual(new Set(drifts.length > 0 ? ['fake'] : []))
    return [...new Set(drifts.map(line))].sort()
  } finally {
    await Promise.all([live.close(), fake.close()])
  }
}

function line({ exchange, kind, pointer, operation }: Drift): string {
  return `${operation ?? exchange} ${kind} ${pointer.replace(/\/\d+/g, '/*')}`
}

it('finds what GitLab 13 does otherwise, as docs/vendors/gitlab.md has it', async () => {
  expect(await differences('gitlab', { profiles: { gitlab: '13' } })).toEqual([
    'gitlab.getTag extra /body/commit/extended_trailers',
    'gitlab.getTag extra /body/commit/trailers',
    'gitlab.getTag extra /body/created_at',
    'gitlab.listBranches extra /body/*/commit/extended_trailers',
    'gitlab.listBranches extra /body/*/commit/trailers',
    'gitlab.listCommits extra /body/*/extended_trailers',
    'gitlab.listCommits extra /body/*/trailers',
    'gitlab.listReleases extra /body/*/commit/extended_trailers',
    'gitlab.listReleases extra /body/*/commit/trailers',
    'gitlab.listTags extra /body/*/commit/extended_trailers',
    'gitlab.listTags extra /body/*/commit/trailers',
    'gitlab.listTags extra /body/*/created_at',
    'gitlab.listTags order /body',
  ])
})

it('finds what GitLab 14 does otherwise', async () => {
  expect(await differences('gitlab', { profiles: { gitlab: '14' } })).toEqual([
    'gitlab.getTag extra /body/commit/extended_trailers',
    'gitlab.getTag extra /body/created_at',
    'gitlab.listBranches extra /body/*/commit/extended_trailers',
    'gitlab.listCommits extra /body/*/extended_trailers',
    'gitlab.listReleases extra /body/*/commit/extended_trailers',
    'gitlab.listTags extra /body/*/commit/extended_trailers',
    'gitlab.listTags extra /body/*/created_at',
    'gitlab.listTags value /headers/link',
    'gitlab.listTags value /headers/x-total-pages',
  ])
})

it('finds what an older Bitbucket does otherwise, as docs/vendors/bitbucket.md has it', async () => {
  expect(await differences('bitbucket', { profiles: { bitbucket: '4.5.2' } })).toEqual([
    'bitbucket.getProject value /headers/vary',
    'bitbucket.getRepository extra /body/archived',
    'bitbucket.getRepository extra /body/hierarchyId',
    'bitbucket.getRepository value /headers/vary',
    'bitbucket.getTag missing /headers/content-type',
    'bitbucket.getTag type /body',
    'bitbucket.getTag value /body',
    'bitbucket.getTag value /headers/content-type',
    'bitbucket.getTag value /headers/vary',
    'bitbucket.getTag value /status',
    'bitbucket.listBranches value /headers/vary',
    'bitbucket.listCommits value /headers/vary',
    'bitbucket.listTags value /headers/vary',
  ])
})

it('finds what a quirk changes', async () => {
  expect(await differences('gitflic', { quirks: ['gitflic.tagGet400'] })).toEqual([
    'gitflic.getTag extra /body/commitId',
    'gitflic.getTag extra /body/fullMessage',
    'gitflic.getTag extra /body/fullName',
    'gitflic.getTag extra /body/lightWeight',
    'gitflic.getTag extra /body/name',
    'gitflic.getTag extra /body/objectId',
    'gitflic.getTag extra /body/personIdent',
    'gitflic.getTag extra /body/shortMessage',
    'gitflic.getTag missing /body/status',
    'gitflic.getTag missing /body/title',
    'gitflic.getTag value /body/status',
    'gitflic.getTag value /body/title',
    'gitflic.getTag value /status',
  ])
})
