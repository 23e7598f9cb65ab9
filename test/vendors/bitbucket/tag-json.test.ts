import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Forge } from '../../../src/forge/forge.ts'
import type { Tag } from '../../../src/forge/model.ts'
import { buildApp } from '../../../src/index.ts'
import { pageOf } from '../../../src/vendors/bitbucket/paging.ts'
import { presentTag } from '../../../src/vendors/bitbucket/present.ts'
import { type Call, callerOf } from '../../caller.ts'
import { bearer, NOW, project, world } from './world.ts'

const tags = [
  { name: 'v1', target: 'c1' },
  { name: 'v2', target: 'c2', message: 'Two & <more> „quoted" \\ \n' },
  { name: 'rel/1.0', target: 'f1', message: 'Née\n' },
  { name: 'tree', target: 'c1^{tree}' },
]
const fixture = world(
  project('acme/widgets', 1, { visibility: 'public', tags }),
  project('acme/old', 2, { visibility: 'public', tags, profiles: { bitbucket: '4.5.2' } }),
)
const NAMES = ['v1', 'v2', 'v3', 'rel/1.0', 'tree']

let app: FastifyInstance
let admin: Call
/** Paths of the main world and of a sandbox, with the forge behind each. */
let worlds: [base: string, forge: () => Forge][]
beforeAll(async () => {
  app = await buildApp({ clock: NOW, fixture, quirks: ['bitbucket.pageFilter'] })
  admin = callerOf(app, bearer('root-token'))
  const { body } = await admin('POST', '/__admin/sandboxes', { payload: {} })
  const { id } = body as { id: string }
  worlds = [
    ['', () => app.worlds.live],
    [`/__sandbox/${id}`, () => app.worlds.sandbox(id)!.forge],
  ]
})
afterAll(() => app.close())

type Step = (base: string) => Promise<unknown>
const name = fc.constantFrom(...NAMES)
const slug = fc.constantFrom('widgets', 'old')
const where = (api: string, slug: string) => `/rest/${api}/1.0/projects/ACME/repos/${slug}/tags`
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({
      slug,
      name,
      startPoint: fc.constantFrom('main', 'feature/x'),
      message: fc.constantFrom('', 'M'),
    })
    .map(
      ({ slug, ...payload }): Step =>
        (base) =>
          admin('POST', base + where('api', slug), { payload }),
    ),
  fc.record({ slug, name, startPoint: fc.constantFrom('main', 'feature/x'), force: fc.constant(true) }).map(
    ({ slug, ...payload }): Step =>
      (base) =>
        admin('POST', base + where('git', slug), { payload }),
  ),
  fc.tuple(slug, name).map(
    ([slug, name]): Step =>
      (base) =>
        admin('DELETE', `${base}${where('git', slug)}/${name}`),
  ),
  fc.constant<Step>((base) => (base === '' ? admin('POST', '/__admin/reset') : Promise.resolve())),
)
const query = fc.record({
  start: fc.integer({ min: 0, max: 3 }),
  limit: fc.integer({ min: 1, max: 6 }),
  orderBy: fc.constantFrom('ALPHABETICAL', 'MODIFICATION'),
  filterText: fc.constantFrom('', 'V', 'rel'),
})
const viewer = fc.record({
  token: fc.constantFrom('root-token', 'sam-token', ''),
  host: fc.constantFrom('a.test', 'b.test'),
})

it('a list and each of its tags are what they are without a memory, whatever happened since they were last shown', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, fc.nat({ max: 1 })), { maxLength: 8 }),
      slug,
      query,
      viewer,
      fc.nat({ max: 1 }),
      async (steps, slug, asked, { token, host }, which) => {
        const call = callerOf(app, { host, ...(token && bearer(token)) })
        const list = ([base]: (typeof worlds)[number]) =>
          call('GET', `${base}${where('api', slug)}?${new URLSearchParams(asked as never)}`)
        for (const [write, at] of steps) {
          // The lists leave their fragments behind.
          await Promise.all(worlds.map(list))
          await write(worlds[at]![0])
        }
        const [base, forge] = worlds[which]!
        const first = await list(worlds[which]!)
        const { repository } = await forge().open(forge().spec(`acme/${slug}`)!)
        const [order, direction] = asked.orderBy === 'ALPHABETICAL' ? ['name', 'asc'] : ['created', 'desc']
        const all = [...repository.tags.entries(order as 'name', direction as 'asc')]
          .filter((entry) => entry.name.toLowerCase().includes(asked.filterText.toLowerCase()))
          .map((entry) => repository.toTag(entry))
        const values = all.slice(asked.start, asked.start + asked.limit + 1).map(presentTag)
        const expected = JSON.stringify(pageOf(values, asked, { hasFilter: slug === 'old' }))
        expect([first.status, first.text]).toEqual([200, expected])
        expect((await list(worlds[which]!)).text).toBe(expected)
        if (slug === 'widgets') await expectSingles(call, `${base}${where('api', slug)}`, all)
      },
    ),
    { numRuns: 100 },
  )
})

async function expectSingles(call: Call, path: string, all: readonly Tag[]): Promise<void> {
  for (const tag of all) {
    const { text } = await call('GET', `${path}/${tag.name}`)
    expect(text).toBe(JSON.stringify(presentTag(tag)))
  }
}
