import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Forge } from '../../../src/forge/forge.ts'
import { presentPage } from '../../../src/vendors/gitflic/paging.ts'
import { presentTag, viewTag } from '../../../src/vendors/gitflic/present.ts'
import { type Call, callerOf } from '../../caller.ts'
import { project, serve, users, world } from './world.ts'

const PROJECT = '/project/acme/widgets'
const tags = [
  { name: 'v1', target: 'c1' },
  { name: 'v2', target: 'c2', message: 'Two & <more> „quoted" \\ \n', tagger: 'ada' },
  { name: 'v2.1', target: 'f1', message: 'Née\n', tagger: 'X <x@else>' },
  { name: 'tree', target: 'c1^{tree}' },
]
const fixture = world(project('acme/widgets', { id: 1, visibility: 'public', tags }))
/** The same repository among other people. */
const renamed = {
  ...fixture,
  users: users.map((user) => ({ ...user, ...(user.username === 'ada' && { avatar: '/upload/other.jpg' }) })),
}

let app: FastifyInstance
let call: Call
let admin: Call
let worlds: [base: string, forge: () => Forge][]
beforeAll(async () => {
  ;[app, call] = await serve(fixture)
  admin = callerOf(app)
  const sandbox = async (payload: object): Promise<[string, () => Forge]> => {
    const { body } = await admin('POST', '/__admin/sandboxes', { payload })
    const { id } = body as { id: string }
    return [`/__sandbox/${id}`, () => app.worlds.sandbox(id)!.forge]
  }
  worlds = [['', () => app.worlds.live], await sandbox({}), await sandbox({ fixture: renamed })]
})
afterAll(() => app.close())

type Step = (base: string) => Promise<unknown>
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({
      tagName: fc.constantFrom('v1', 'v3', 'v4'),
      branchName: fc.constant('main'),
      message: fc.constantFrom('', 'M'),
    })
    .map(
      (payload): Step =>
        (base) =>
          call('POST', `${base}${PROJECT}/tag/create`, { payload }),
    ),
  fc.constant<Step>((base) => (base === '' ? admin('POST', '/__admin/reset') : Promise.resolve())),
  // There is no call that deletes a tag: git push does.
  fc.constantFrom('v1', 'v2', 'v3').map(
    (name): Step =>
      async (base) => {
        const forge = worlds.find(([known]) => known === base)![1]()
        const opened = await forge.open(forge.spec(1)!)
        const ref = `refs/tags/${name}`
        if (opened.repository.ref(ref) === undefined) return
        opened.moveRefs([{ ref, after: null }], { actor: null, via: 'push', vendor: 'gitflic' })
      },
  ),
)

it('a list and each of its tags are what they are without a memory, whatever happened since they were last shown', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, fc.nat({ max: 2 })), { maxLength: 8 }),
      fc.record({ number: fc.nat({ max: 3 }), size: fc.integer({ min: 1, max: 6 }) }),
      fc.nat({ max: 2 }),
      fc.constantFrom('ada', 'dee'),
      async (steps, page, which, who) => {
        const viewer = callerOf(app, { authorization: `token ${who}-token` })
        const list = ([base]: (typeof worlds)[number]) =>
          viewer('GET', `${base}${PROJECT}/tag?page=${page.number}&size=${page.size}`)
        for (const [write, at] of steps) {
          // The lists leave their fragments behind.
          await Promise.all(worlds.map(list))
          await write(worlds[at]![0])
        }
        const [base, forgeOf] = worlds[which]!
        const shown = await list(worlds[which]!)
        const forge = forgeOf()
        const { repository } = await forge.open(forge.spec(1)!)
        const all = [...repository.tags.entries('annotated-first', 'desc')].map((entry) =>
          repository.toTag(entry),
        )
        const written = all.map((tag) => presentTag(viewTag(forge, tag)))
        const offset = page.number * page.size
        const items = written.slice(offset, offset + page.size)
        const expected = JSON.stringify(presentPage('tagList', items, all.length, page))
        expect([shown.status, shown.text]).toEqual([200, expected])
        expect((await list(worlds[which]!)).text).toBe(expected)
        for (const tag of written) {
          const { text } = await viewer('GET', `${base}${PROJECT}/tag/${tag.name}`)
          expect(text).toBe(JSON.stringify(tag))
        }
      },
    ),
    { numRuns: 100 },
  )
})
