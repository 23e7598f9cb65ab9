import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answer, type Call } from '../../caller.ts'
import { as, C1, C3, DENIED, MISSING, project, serve, world } from './world.ts'

const TAGS = '/project/ada/widgets/tag'

const names = ['v1.2.3', 'x.json', 'V1', '@', '-x', 'create', 'выпуск', 'a', 'c%d', 'heads']

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  const light = names.map((name) => ({ name, target: 'c3' }))
  const annotated = {
    name: 'full',
    target: 'c1',
    message: 'Line one\r\nline two\r\n\r\nRest & <more>, ещё\n',
    tagger: 'mia',
    date: '2024-05-14T11:57:19+03:00',
  }
  ;[app, call] = await serve(
    world(project('ada/widgets', { tags: [...light, annotated, { name: 'release/1.0', target: 'c1' }] })),
  )
})

afterAll(() => app.close())

describe('GET /project/{owner}/{project}/tag/{tagName}', () => {
  it('answers an annotated tag with its message as it is stored', async () => {
    const { status, headers, text } = await call('GET', `${TAGS}/full`)
    expect([status, headers['content-type'], text]).toEqual([
      200,
      'application/json',
      `{"name":"full","fullName":"refs/tags/full","objectId":"${(JSON.parse(text) as { objectId: string }).objectId}","shortMessage":"Line one line two","fullMessage":"Line one\\r\\nline two\\r\\n\\r\\nRest & <more>, ещё\\n","commitId":"${C1}","personIdent":{"name":"Mia van Dam","avatar":"/static/image/avatar.jpg","emailAddress":"mia@example.test","when":"2024-05-14T08:57:19Z"},"lightWeight":false}`,
    ])
  })

  it('answers a lightweight tag with three nulls', async () => {
    expect((await call('GET', `${TAGS}/v1.2.3`)).text).toBe(
      `{"name":"v1.2.3","fullName":"refs/tags/v1.2.3","objectId":"${C3}","shortMessage":null,"fullMessage":null,"commitId":"${C3}","personIdent":null,"lightWeight":true}`,
    )
  })

  it.each(['v1.2.3', 'x.json', 'V1', '@', '-x', 'create', 'выпуск'])(
    'finds %s by its exact name',
    async (name) => {
      const { body } = await call('GET', `${TAGS}/${encodeURIComponent(name)}`)
      expect(body).toMatchObject({ name, objectId: C3 })
    },
  )

  it.each(['v1', 'V1.2.3', 'main', 'refs', 'feature', C3, 'x'])('answers 404 for %s', async (name) => {
    expect(await answer(call('GET', `${TAGS}/${name}`))).toEqual(MISSING)
  })

  it.each(['release/1.0', 'refs/tags/a', 'heads/main', 'create/x'])(
    'has no route for %s, a name with a raw slash',
    async (name) => {
      expect(await answer(call('GET', `${TAGS}/${name}`))).toEqual(MISSING)
    },
  )

  it.each([
    'release%2F1.0',
    'release%2f1.0',
    'c%25d',
    'v1%2e2.3',
    'a%5Cb',
    'a;b',
    'a%3Bb',
    'a//b',
    'a%0ab',
    'a%00',
    'a%7F',
    'a%zz',
    'a%',
    'a%FF',
  ])('answers 400 without a body to the refused URL …/tag/%s', async (name) => {
    const { status, text, headers } = await call('GET', `${TAGS}/${name}`)
    expect([status, text, headers['content-type']]).toEqual([400, '', undefined])
  })

  it('answers the same below /rest-api', async () => {
    expect((await call('GET', `/rest-api${TAGS}/full`)).text).toBe((await call('GET', `${TAGS}/full`)).text)
  })

  it('looks at rights before the tag', async () => {
    expect(await answer(call('GET', `${TAGS}/unknown`, as('gus')))).toEqual(DENIED)
    expect(await answer(call('GET', `${TAGS}/unknown`, as('rex')))).toEqual(MISSING)
  })
})
