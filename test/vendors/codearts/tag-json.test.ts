import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Forge } from '../../../src/forge/forge.ts'
import { ROLES, type TagRule } from '../../../src/forge/model.ts'
import { buildApp } from '../../../src/index.ts'
import { presentListed, presentTag } from '../../../src/vendors/codearts/present.ts'
import { readQuirks } from '../../../src/vendors/codearts/quirks.ts'
import { viewerOf } from '../../../src/vendors/codearts/tag-view.ts'
import { type Call, callerOf } from '../../caller.ts'
import { NOW, project, world } from './world.ts'

const QUIRKS = ['developerDeletesTags']
const REPOSITORY = '/v4/repositories/1/repository'
const tags = [
  { name: 'v1', target: 'c1' },
  { name: 'v2', target: 'c2', message: 'Two & <more> „quoted" \\ \n' },
  { name: 'rel/1.0', target: 'f1', message: 'Née\n' },
  { name: 'tree', target: 'c1^{tree}' },
]
const fixture = world(project('acme/widgets', 1, { visibility: 'public', tags }))

let app: FastifyInstance
let root: Call
let worlds: [base: string, forge: () => Forge][]
beforeAll(async () => {
  app = await buildApp({ clock: NOW, fixture, quirks: QUIRKS.map((name) => `codearts.${name}`) })
  root = callerOf(app, { 'x-auth-token': 'root-token' })
  const { body } = await root('POST', '/__admin/sandboxes', { payload: {} })
  const { id } = body as { id: string }
  worlds = [
    ['', () => app.worlds.live],
    [`/__sandbox/${id}`, () => app.worlds.sandbox(id)!.forge],
  ]
})
afterAll(() => app.close())

const open = (forge: Forge) => forge.open(forge.spec(1)!)

const rule: fc.Arbitrary<TagRule> = fc.record(
  {
    id: fc.nat(),
    pattern: fc.constantFrom('v*', 'v1', '*', 'rel/*'),
    create: fc.constantFrom(...ROLES, 'nobody'),
    updatedAt: fc.constant(0),
    allow: fc.constantFrom({ users: ['dee'], roles: [] }, { users: [], roles: ['maintainer'] }),
    enabled: fc.boolean(),
  },
  { requiredKeys: ['id', 'pattern', 'create', 'updatedAt'] },
)

type Step = (at: (typeof worlds)[number]) => Promise<unknown>
const name = fc.constantFrom('v1', 'v2', 'v3', 'rel/1.0', 'tree')
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ tag_name: name, ref: fc.constantFrom('main', 'feature/x'), message: fc.constantFrom('', 'M') })
    .map(
      (payload): Step =>
        ([base]) =>
          root('POST', `${base}${REPOSITORY}/tags`, { payload }),
    ),
  name.map(
    (name): Step =>
      ([base]) =>
        root('DELETE', `${base}${REPOSITORY}/tag?tag_name=${encodeURIComponent(name)}`),
  ),
  fc.array(rule, { maxLength: 3 }).map(
    (rules): Step =>
      async ([, forge]) => {
        const opened = await open(forge())
        opened.tagRules = rules
      },
  ),
  fc.constant<Step>(([base]) => (base === '' ? root('POST', '/__admin/reset') : Promise.resolve())),
)
const ORDERS = { name: 'name', created: 'created', updated: 'committed' } as const
const query = fc.record({
  offset: fc.nat({ max: 3 }),
  limit: fc.integer({ min: 1, max: 6 }),
  order_by: fc.constantFrom('name' as const, 'created' as const, 'updated' as const),
  sort: fc.constantFrom('asc' as const, 'desc' as const),
  view: fc.constantFrom('simple', 'detail'),
})

it('a list and each of its tags are what they are without a memory, whatever happened since they were last shown', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, fc.nat({ max: 1 })), { maxLength: 8 }),
      query,
      fc.shuffledSubarray(['root', 'mia', 'dee', 'rex', 'sam'], { minLength: 2, maxLength: 2 }),
      fc.nat({ max: 1 }),
      async (steps, asked, viewers, which) => {
        const list = (base: string, who: string) =>
          callerOf(app, { 'x-auth-token': `${who}-token` })(
            'GET',
            `${base}${REPOSITORY}/tags?${new URLSearchParams(asked as never)}`,
          )
        for (const [write, at] of steps) {
          // The lists leave their fragments behind.
          for (const [base] of worlds) await Promise.all(viewers.map((who) => list(base, who)))
          await write(worlds[at]!)
        }
        const [base, forgeOf] = worlds[which]!
        const forge = forgeOf()
        const opened = await open(forge)
        const { repository } = opened
        const all = [...repository.tags.entries(ORDERS[asked.order_by], asked.sort)].map((entry) =>
          repository.toTag(entry),
        )
        for (const who of [...viewers, ...viewers]) {
          const view = viewerOf(opened, forge.identifyToken(`${who}-token`), readQuirks(new Set(QUIRKS)))
          const shown = all
            .slice(asked.offset, asked.offset + asked.limit)
            .map((tag) => presentListed(view(tag), asked.view !== 'simple'))
          const { status, headers, text } = await list(base, who)
          expect([status, headers['x-total'], text]).toEqual([200, String(all.length), JSON.stringify(shown)])
        }
        for (const tag of all) {
          const { text } = await root(
            'GET',
            `${base}${REPOSITORY}/tag?tag_name=${encodeURIComponent(tag.name)}`,
          )
          expect(text).toBe(JSON.stringify(presentTag(tag)))
        }
      },
    ),
    { numRuns: 100 },
  )
})
