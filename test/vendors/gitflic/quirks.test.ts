import { describe, expect, it } from 'vitest'
import { answer, type Call } from '../../caller.ts'
import { project, serve, world } from './world.ts'

const TAGS = '/project/ada/widgets/tag'

async function withQuirks(names: string[], check: (call: Call) => Promise<void>): Promise<void> {
  const tags = [
    { name: 'a-light', target: 'c1' },
    { name: 'release/1.0', target: 'c1' },
    { name: 'z-full', target: 'c1', message: 'Z\n' },
  ]
  const [app, call] = await serve(world(project('ada/widgets', { tags })), names)
  await check(call)
  await app.close()
}

const create = (call: Call, payload: object) => call('POST', `${TAGS}/create`, { payload })

describe('the switch', () => {
  it('tagGet400 answers 400 to every name, below rights', () =>
    withQuirks(['tagGet400'], async (call) => {
      const bad = [400, { title: 'error.bad.request', status: 400 }]
      expect(await answer(call('GET', `${TAGS}/a-light`))).toEqual(bad)
      expect(await answer(call('GET', `${TAGS}/unknown`))).toEqual(bad)
      expect((await call('GET', TAGS)).status).toBe(200)
    }))

  it('lightweightWhenNoMessage makes lightweight tags without a message', () =>
    withQuirks(['lightweightWhenNoMessage'], async (call) => {
      for (const [tagName, message] of [
        ['x', undefined],
        ['y', ''],
      ] as const)
        expect((await create(call, { tagName, branchName: 'main', message })).body).toMatchObject({
          lightWeight: true,
          fullMessage: null,
          personIdent: null,
        })
      expect((await create(call, { tagName: 'z', branchName: 'main', message: 'm' })).body).toMatchObject({
        lightWeight: false,
      })
    }))

  it.each([409, 400])('duplicateStatus%i answers a tag that exists so', (status) =>
    withQuirks([`duplicateStatus${status}`], async (call) => {
      const errors = [{ field: 'tagName', title: 'error.field.exists' }]
      expect(await answer(create(call, { tagName: 'a-light', branchName: 'main' }))).toEqual([
        status,
        { title: 'error.validation', status, errors },
      ])
      expect((await create(call, { tagName: '', branchName: 'main' })).status).toBe(422)
    }),
  )

  it('tagOrderByName lists by name', () =>
    withQuirks(['tagOrderByName'], async (call) => {
      const { text } = await call('GET', TAGS)
      expect(text.match(/"name":"(a-light|release\/1.0|z-full)"/g)).toEqual([
        '"name":"a-light"',
        '"name":"release/1.0"',
        '"name":"z-full"',
      ])
    }))

  it('allowEncodedSlash finds tags with a slash, and goes on refusing the rest', () =>
    withQuirks(['allowEncodedSlash'], async (call) => {
      expect((await call('GET', `${TAGS}/release%2F1.0`)).body).toMatchObject({ name: 'release/1.0' })
      expect((await call('GET', `${TAGS}/release%252F1.0`)).status).toBe(400)
    }))

  it('maxPageSize100 cuts pages to 100', () =>
    withQuirks(['maxPageSize100'], async (call) => {
      expect((await call('GET', `${TAGS}?size=101`)).body).toMatchObject({ page: { size: 100 } })
    }))

  it('all off is the default', () =>
    withQuirks([], async (call) => {
      expect((await call('GET', `${TAGS}/a-light`)).status).toBe(200)
      expect((await call('GET', `${TAGS}/release%2F1.0`)).status).toBe(400)
      expect((await create(call, { tagName: 'a-light', branchName: 'main' })).status).toBe(422)
    }))
})
