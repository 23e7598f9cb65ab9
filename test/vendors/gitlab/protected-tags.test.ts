import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { NOW, project, world } from './world.ts'

const RULES = '/api/v4/projects/1/protected_tags'
const TAGS = '/api/v4/projects/1/repository/tags'
const FORBIDDEN = [403, { message: '403 Forbidden' }]
const NOT_FOUND = [404, { message: '404 Not found' }]
const PROTECTED = 'You are not allowed to create this tag as it is protected.'

let app: FastifyInstance
let mia: Call
const as = (token: string) => callerOf(app, { 'private-token': token })

const rule = (name: string, id: number, access_level: number, access_level_description: string) => ({
  name,
  create_access_levels: [{ id, access_level, access_level_description }],
})

beforeEach(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags: [{ name: 'v1.0.0', target: 'c1' }],
        tagRules: [
          { pattern: 'v*' },
          { pattern: 'release/*', create: 'developer' },
          { pattern: 'frozen', create: 'nobody' },
        ],
      }),
      project('acme/levels', 2, {
        tagRules: [
          { pattern: 'g', create: 'guest' },
          { pattern: 'r', create: 'reporter' },
          { pattern: 'o', create: 'owner' },
        ],
      }),
      project('acme/open', 3, { visibility: 'public' }),
      project('acme/attic', 4, { archived: true, tagRules: [{ pattern: 'v*' }] }),
    ),
  })
  mia = as('mia-token')
})
afterEach(() => app.close())

describe('a list of protected tags', () => {
  it('has the rules in order of their ids', async () => {
    expect(await answer(mia('GET', RULES))).toEqual([
      200,
      [
        rule('v*', 1, 40, 'Maintainers'),
        rule('release/*', 2, 30, 'Developers + Maintainers'),
        rule('frozen', 3, 0, 'No one'),
      ],
    ])
  })

  it('writes the keys in the order of the entity', async () => {
    const { text } = await mia('GET', `${RULES}/v*`)
    expect(text).toBe(
      '{"name":"v*","create_access_levels":[{"id":1,"access_level":40,"access_level_description":"Maintainers"}]}',
    )
  })

  it('is paged by offset, with all headers and links', async () => {
    const reply = await mia('GET', `${RULES}?per_page=1&page=2`)
    expect(reply.body).toEqual([rule('release/*', 2, 30, 'Developers + Maintainers')])
    expect(reply.headers).toMatchObject({
      'x-total': '3',
      'x-total-pages': '3',
      'x-page': '2',
      'x-per-page': '1',
      'x-next-page': '3',
      'x-prev-page': '1',
    })
    const link = (page: number, rel: string) =>
      `<http://localhost:80/api/v4/projects/1/protected_tags?id=1&page=${page}&per_page=1>; rel="${rel}"`.replace(
        ':80',
        '',
      )
    expect(reply.headers.link).toBe(
      [link(1, 'prev'), link(3, 'next'), link(1, 'first'), link(3, 'last')].join(', '),
    )
  })

  it.each([
    ['per_page=0', 'per_page has a value not allowed'],
    ['page=x', 'page is invalid'],
    ['page=x&per_page=y', 'page is invalid, per_page is invalid'],
  ])('refuses %s', async (query, error) => {
    expect(await answer(mia('GET', `${RULES}?${query}`))).toEqual([400, { error }])
  })

  it('shows levels that GitLab does not know as the nearest that means the same', async () => {
    expect(await answer(mia('GET', '/api/v4/projects/2/protected_tags'))).toEqual([
      200,
      [
        rule('g', 4, 30, 'Developers + Maintainers'),
        rule('r', 5, 30, 'Developers + Maintainers'),
        rule('o', 6, 40, 'Maintainers'),
      ],
    ])
  })
})

describe('one protected tag', () => {
  it.each(['v*', 'v%2A'])('is found by its stored pattern as %s', async (name) => {
    expect(await answer(mia('GET', `${RULES}/${name}`))).toEqual([200, rule('v*', 1, 40, 'Maintainers')])
  })

  it('is found by a name with an encoded slash', async () => {
    expect(await answer(mia('GET', `${RULES}/release%2F*`))).toEqual([
      200,
      rule('release/*', 2, 30, 'Developers + Maintainers'),
    ])
  })

  it.each(['v1.0.0', 'V*', 'unknown'])(
    'is not found as %s: the pattern is compared, not matched',
    async (name) => {
      expect(await answer(mia('GET', `${RULES}/${name}`))).toEqual(NOT_FOUND)
    },
  )
})

describe('protecting a tag', () => {
  it.each([
    [{}, 40, 'Maintainers'],
    [{ create_access_level: 40 }, 40, 'Maintainers'],
    [{ create_access_level: 30 }, 30, 'Developers + Maintainers'],
    [{ create_access_level: '30' }, 30, 'Developers + Maintainers'],
    [{ create_access_level: 0 }, 0, 'No one'],
    [{ allowed_to_create: [{ user_id: 1 }] }, 40, 'Maintainers'],
  ])('answers 201 with the rule for %j', async (payload, level, description) => {
    expect(await answer(mia('POST', RULES, { payload: { name: 'x*', ...payload } }))).toEqual([
      201,
      rule('x*', 8, level, description),
    ])
    expect(await answer(mia('GET', `${RULES}/x*`))).toEqual([200, rule('x*', 8, level, description)])
  })

  it('takes everything from the query', async () => {
    expect(await answer(mia('POST', `${RULES}?name=q&create_access_level=30`))).toEqual([
      201,
      rule('q', 8, 30, 'Developers + Maintainers'),
    ])
  })

  it.each([
    [{}, { error: 'name is missing' }],
    [
      { create_access_level: 20 },
      { error: 'name is missing, create_access_level does not have a valid value' },
    ],
    [{ name: 'x', create_access_level: 50 }, { error: 'create_access_level does not have a valid value' }],
    [{ name: 'x', create_access_level: 'abc' }, { error: 'create_access_level is invalid' }],
    [{ name: ['x'] }, { error: 'name is invalid' }],
  ])('refuses %j with 400', async (payload, body) => {
    expect(await answer(mia('POST', RULES, { payload }))).toEqual([400, body])
  })

  it.each(['', '  ', null])('answers 422 to the blank name %j', async (name) => {
    expect(await answer(mia('POST', RULES, { payload: { name } }))).toEqual([
      422,
      { message: ["Name can't be blank"] },
    ])
  })

  it('answers 422 when the pattern is there already, and only then', async () => {
    expect(await answer(mia('POST', RULES, { payload: { name: 'v*' } }))).toEqual([
      422,
      { message: ['Name has already been taken'] },
    ])
    expect((await mia('POST', RULES, { payload: { name: 'V*' } })).status).toBe(201)
    expect((await mia('POST', '/api/v4/projects/2/protected_tags', { payload: { name: 'v*' } })).status).toBe(
      201,
    )
  })

  it('takes a name of no tag, and shows at once on the tags that match', async () => {
    await mia('DELETE', `${RULES}/v*`)
    expect((await mia('GET', `${TAGS}/v1.0.0`)).body).toMatchObject({ protected: false })
    await mia('POST', RULES, { payload: { name: '*.0.0' } })
    expect((await mia('GET', `${TAGS}/v1.0.0`)).body).toMatchObject({ protected: true })
  })
})

describe('what a rule does', () => {
  const create = (call: Call, tag_name: string) =>
    answer(call('POST', TAGS, { payload: { tag_name, ref: 'main' } }))
  const refused = [400, { message: PROTECTED }]

  it('keeps developers from names of maintainers, and everybody from names of no one', async () => {
    expect(await create(as('dee-token'), 'v2')).toEqual(refused)
    expect((await create(mia, 'v2'))[0]).toBe(201)
    expect(await create(mia, 'frozen')).toEqual(refused)
    expect((await create(as('root-token'), 'frozen'))[0]).toBe(201)
  })

  it('spans slashes with its star and minds case', async () => {
    expect((await create(as('dee-token'), 'release/a/b'))[0]).toBe(201)
    expect(await create(as('dee-token'), 'v/x/y')).toEqual(refused)
    expect((await create(as('dee-token'), 'V9'))[0]).toBe(201)
  })

  it('gives way to a more permissive one', async () => {
    await mia('POST', RULES, { payload: { name: 'v3', create_access_level: 30 } })
    expect((await create(as('dee-token'), 'v3'))[0]).toBe(201)
    expect(await create(as('dee-token'), 'v4')).toEqual(refused)
  })

  it('leaves deletion to maintainers, whatever its level', async () => {
    await create(as('dee-token'), 'release/1')
    expect(await answer(as('dee-token')('DELETE', `${TAGS}/release%2F1`))).toEqual(FORBIDDEN)
    expect(await answer(mia('DELETE', `${TAGS}/release%2F1`))).toEqual([204, ''])
  })
})

describe('unprotecting a tag', () => {
  it('answers 204, once', async () => {
    expect(await answer(mia('DELETE', `${RULES}/v*`))).toEqual([204, ''])
    expect(await answer(mia('DELETE', `${RULES}/v*`))).toEqual(NOT_FOUND)
  })

  it('compares If-Unmodified-Since with the last change', async () => {
    await mia('POST', RULES, { payload: { name: 'new' } })
    const since = (date: string) =>
      answer(mia('DELETE', `${RULES}/new`, { headers: { 'if-unmodified-since': date } }))
    expect(await since('Sat, 01 Jun 2024 11:59:59 GMT')).toEqual([
      412,
      { message: '412 Precondition Failed' },
    ])
    expect(await since('Sat, 01 Jun 2024 12:00:00 GMT')).toEqual([204, ''])
  })
})

describe('who may', () => {
  const requests = [
    ['GET', ''],
    ['GET', '/v*'],
    ['POST', ''],
    ['DELETE', '/v*'],
  ] as const

  it.each(['dee-token', 'rex-token', 'gus-token'])('%s may neither read nor write', async (token) => {
    for (const [method, path] of requests) {
      expect(await answer(as(token)(method, RULES + path))).toEqual(FORBIDDEN)
    }
  })

  it('asks for the role before it looks at parameters', async () => {
    expect(await answer(as('dee-token')('GET', `${RULES}?per_page=0`))).toEqual(FORBIDDEN)
    expect(await answer(as('dee-token')('GET', `${RULES}/unknown`))).toEqual(FORBIDDEN)
  })

  it('hides a private project from strangers and forbids on a public one', async () => {
    const hidden = [404, { message: '404 Project Not Found' }]
    expect(await answer(as('sam-token')('GET', RULES))).toEqual(hidden)
    expect(await answer(callerOf(app)('GET', RULES))).toEqual(hidden)
    expect(await answer(callerOf(app)('GET', '/api/v4/projects/3/protected_tags'))).toEqual(FORBIDDEN)
  })

  it('lets an archived project be read only', async () => {
    const attic = '/api/v4/projects/4/protected_tags'
    expect((await mia('GET', attic)).status).toBe(200)
    expect(await answer(mia('POST', attic, { payload: { name: 'x' } }))).toEqual(FORBIDDEN)
    expect(await answer(mia('DELETE', `${attic}/v*`))).toEqual(FORBIDDEN)
  })

  it('has no way to change a rule', async () => {
    expect(await answer(mia('PUT', `${RULES}/v*`))).toEqual([404, { error: '404 Not Found' }])
  })
})
