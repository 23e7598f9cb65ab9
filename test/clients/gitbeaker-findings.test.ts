import { Gitlab } from '@gitbeaker/rest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { NOW, project, world } from '../vendors/gitlab/world.ts'

let forge: FakeForge
beforeAll(async () => {
  const tags = Array.from({ length: 45 }, (_, i) => ({ name: `t${i}`, target: 'c1' }))
  forge = await startFakeForge({
    strict: true,
    clock: NOW,
    fixture: world(project('acme/many', 2, { tags })),
  })
})
afterAll(() => forge.close())

it('finds nothing wrong with gitbeaker, which pages to the end both ways', async () => {
  const { Tags, ProjectReleases, Projects, ProtectedTags, Branches, Commits, ReleaseLinks } = new Gitlab({
    host: forge.url,
    token: 'mia-token',
  })
  expect(await Tags.all(2)).toHaveLength(45)
  expect(await Tags.all(2, { pagination: 'keyset', perPage: 20, orderBy: 'name', sort: 'asc' })).toHaveLength(
    45,
  )
  await Tags.create(2, 'v2', 'main', { message: 'Two' })
  await Tags.show(2, 'v2')
  await ProtectedTags.create(2, 'v*', { createAccessLevel: 40 })
  await ProtectedTags.all(2)
  await ProtectedTags.show(2, 'v*')
  await ProtectedTags.remove(2, 'v*')
  await ProjectReleases.create(2, { tagName: 'v2', description: 'x', name: 'Two' })
  await ReleaseLinks.create(2, 'v2', 'a', 'https://example.test/a')
  await ProjectReleases.all(2)
  await ProjectReleases.show(2, 'v2')
  await ProjectReleases.edit(2, 'v2', { description: 'y' })
  await ProjectReleases.remove(2, 'v2')
  await Branches.all(2)
  await Commits.all(2)
  await Projects.show(2)
  await Tags.remove(2, 'v2')
  expect(await forge.journal.count()).toBeGreaterThan(20)
  expect(await forge.journal.findings()).toEqual([])
})

it('finds it when gitbeaker is asked for the first page only', async () => {
  await forge.journal.clear()
  const { Tags } = new Gitlab({ host: forge.url, token: 'mia-token' })
  await Tags.all(2, { page: 1, perPage: 20 })
  expect(await forge.journal.findings()).toMatchObject([
    { kind: 'pages-unread', right: expect.stringContaining('page=2') },
  ])
})

it('finds that gitbeaker does not wait as long as a 429 asks', async () => {
  await forge.journal.clear()
  await forge.faults.add({ operation: 'gitlab.getTag', status: 429, retryAfter: 1, times: 1 })
  const { Tags } = new Gitlab({ host: forge.url, token: 'mia-token' })
  await Tags.show(2, 't1')
  expect(await forge.journal.findings()).toMatchObject([
    {
      kind: 'retry-after-ignored',
      operation: 'gitlab.getTag',
      right: 'Wait for the 1 second of Retry-After.',
    },
  ])
})
