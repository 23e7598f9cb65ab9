import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { C1, C2, F1, invalid, NOW, project, world } from './world.ts'

const TAGS = '/v4/repositories/1/repository/tags'

let app: FastifyInstance
const as = (token: string): Call => callerOf(app, { 'x-auth-token': token })
const dee: Call = (...given) => as('dee-token')(...given)

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags: [
          { name: 'v1.0', target: 'c1' },
          {
            name: 'v2.0',
            target: 'c2',
            message: 'Second\n\nLonger.\n\n',
            tagger: 'mia',
            date: '2023-12-01T00:00:00Z',
          },
          { name: 'beta', target: 'f1' },
          { name: 'Alpha', target: 'f1' },
          {
            name: 'nested',
            target: 'v2.0',
            message: 'Tag of a tag\n',
            tagger: 'dee',
            date: '2024-02-01T00:00:00Z',
          },
          { name: 'a-tree', target: 'c1^{tree}' },
          { name: 'sealed', target: 'c1' },
        ],
        tagRules: [{ pattern: 'sealed', create: 'nobody' }],
      }),
      project('acme/empty', 2, { commits: [] }),
      project('acme/many', 3, {
        tags: Array.from({ length: 30 }, (_, i) => ({
          name: `t${String(i).padStart(2, '0')}`,
          target: 'c1',
        })),
      }),
    ),
  })
  return () => app.close()
})

const names = async (query: string, call = dee) =>
  ((await call('GET', `${TAGS}?${query}`)).body as { name: string }[]).map(({ name }) => name)
const row = (name: string, target: string, message = '') => ({
  name,
  message,
  target,
  gpgKey: null,
  can_delete: false,
  can_read: true,
  can_download: true,
})
const TREE = '92a0c88406d3f20b490cb7b53de4f863086dccb3'

describe('a list of tags', () => {
  it('is a bare array, newest commit first, with its total in a header', async () => {
    const { status, body, headers } = await dee('GET', TAGS)
    expect(status).toBe(200)
    expect(headers['x-total']).toBe('7')
    expect(body).toEqual([
      row('Alpha', F1),
      row('beta', F1),
      row('nested', C2, 'Tag of a tag'),
      row('v2.0', C2, 'Second\n\nLonger.'),
      row('sealed', C1),
      row('v1.0', C1),
      row('a-tree', TREE),
    ])
  })

  it('has its keys in the order of the documentation', async () => {
    const { text } = await dee('GET', `${TAGS}?search=v1`)
    expect(text).toBe(
      `[{"name":"v1.0","message":"","target":"${C1}","gpgKey":null,"can_delete":false,"can_read":true,"can_download":true}]`,
    )
  })

  it.each([
    ['order_by=name', ['v2.0', 'v1.0', 'sealed', 'nested', 'beta', 'a-tree', 'Alpha']],
    ['order_by=name&sort=asc', ['Alpha', 'a-tree', 'beta', 'nested', 'sealed', 'v1.0', 'v2.0']],
    ['order_by=updated&sort=asc', ['a-tree', 'sealed', 'v1.0', 'nested', 'v2.0', 'Alpha', 'beta']],
    ['order_by=created', ['nested', 'Alpha', 'beta', 'sealed', 'v1.0', 'v2.0', 'a-tree']],
    ['order_by=created&sort=asc', ['a-tree', 'v2.0', 'sealed', 'v1.0', 'Alpha', 'beta', 'nested']],
  ])('is sorted by %s, ties by name', async (query, wanted) => {
    expect(await names(query)).toEqual(wanted)
  })

  it.each([
    ['search=V', ['v2.0', 'v1.0']],
    ['search=ALPH', ['Alpha']],
    ['search=.', ['v2.0', 'v1.0']],
    ['search=*', []],
    ['search=%5Ev', []],
    ['search=', ['v2.0', 'v1.0', 'sealed', 'nested', 'beta', 'a-tree', 'Alpha']],
  ])('keeps what contains a text, whatever its case: %s', async (query, wanted) => {
    expect(await names(`order_by=name&${query}`)).toEqual(wanted)
  })

  it('counts what matches, on an empty page too', async () => {
    const { body, headers } = await dee('GET', `${TAGS}?search=v&offset=5`)
    expect([body, headers['x-total']]).toEqual([[], '2'])
  })

  it('shows commits in the larger views', async () => {
    for (const view of ['basic', 'detail']) {
      const { body } = await dee('GET', `${TAGS}?search=v1&view=${view}`)
      expect(body).toEqual([
        { ...row('v1.0', C1), commit: expect.objectContaining({ id: C1, short_id: C1.slice(0, 8) }) },
      ])
    }
    const { body } = await dee('GET', `${TAGS}?search=tree&view=basic`)
    expect(body).toEqual([{ ...row('a-tree', TREE), commit: null }])
    expect((await dee('GET', `${TAGS}?search=v1&view=simple`)).body).toEqual([row('v1.0', C1)])
  })

  it('has rows, not pages: 20 unless told, and an offset in rows', async () => {
    const many = '/v4/repositories/3/repository/tags?order_by=name&sort=asc'
    const list = async (query: string) =>
      ((await dee('GET', many + query)).body as { name: string }[]).map(({ name }) => name)
    expect(await list('')).toHaveLength(20)
    expect(await list('&limit=100')).toHaveLength(30)
    expect(await list('&offset=3&limit=2')).toEqual(['t03', 't04'])
    expect(await list('&page=2&per_page=5&limit=1')).toEqual(['t00'])
  })

  it('is empty for an empty repository', async () => {
    const { status, body, headers } = await dee('GET', '/v4/repositories/2/repository/tags')
    expect([status, body, headers['x-total']]).toEqual([200, [], '0'])
  })
})

describe('what a caller may do with a tag', () => {
  const rights = async (token: string, search: string) => {
    const { body } = await as(token)('GET', `${TAGS}?search=${search}`)
    const [tag] = body as { can_delete: boolean; can_read: boolean; can_download: boolean }[]
    return [tag?.can_delete, tag?.can_read, tag?.can_download]
  }

  it.each([
    ['root-token', true, true],
    ['mia-token', true, true],
    ['dee-token', false, true],
    ['rex-token', false, false],
    ['gus-token', false, false],
  ])('%s', async (token, mayDelete, mayDownload) => {
    expect(await rights(token, 'v1')).toEqual([mayDelete, true, mayDownload])
  })

  it('nobody may delete what a rule seals', async () => {
    expect(await rights('root-token', 'sealed')).toEqual([false, true, true])
  })
})

describe('the creator of tags', () => {
  it.each([
    ['2', ['v2.0']],
    ['3', ['nested']],
    ['99', []],
    ['mia', []],
  ])('is a user of id %s', async (creator, wanted) => {
    expect(await names(`creator=${creator}`)).toEqual(wanted)
  })

  it('is whoever made it since, by number or IAM id', async () => {
    await as('mia-token')('POST', TAGS, { payload: { tag_name: 'light', ref: 'main' } })
    expect(await names('creator=2&order_by=name')).toEqual(['v2.0', 'light'])
    const mia = app.worlds.live.user('mia')?.uuid.replaceAll('-', '') ?? ''
    expect(await names(`creator=${mia}&search=light`)).toEqual(['light'])
    await as('mia-token')('DELETE', '/v4/repositories/1/repository/tag?tag_name=light')
    await dee('POST', TAGS, { payload: { tag_name: 'light', ref: 'main' } })
    expect(await names('creator=3&search=light')).toEqual(['light'])
  })
})

describe('parameters that do not fit', () => {
  const integer = (name: string) => `The ${name} must be an integer.`
  it.each([
    ['sort=up', 'sort', 'The sort must be one of asc, desc.'],
    ['order_by=date', 'order_by', 'The order_by must be one of name, created, updated.'],
    ['view=full', 'view', 'The view must be one of simple, basic, detail.'],
    ['view=', 'view', 'The view must be one of simple, basic, detail.'],
    ['offset=-1', 'offset', 'The offset must be between 0 and 2147483647.'],
    ['offset=2147483648', 'offset', 'The offset must be between 0 and 2147483647.'],
    ['offset=x', 'offset', integer('offset')],
    ['offset=', 'offset', integer('offset')],
    ['offset=1.5', 'offset', integer('offset')],
    ['limit=0', 'limit', 'The limit must be between 1 and 100.'],
    ['limit=101', 'limit', 'The limit must be between 1 and 100.'],
    ['limit=ten', 'limit', integer('limit')],
    ['limit=1e1', 'limit', integer('limit')],
    ['creator=', 'creator', 'The parameter cannot be empty.'],
    [`search=${'x'.repeat(2001)}`, 'search', 'The search is out of max length (2000 characters).'],
  ])('answers 400 to %.40s', async (query, field, reason) => {
    expect(await answer(dee('GET', `${TAGS}?${query}`))).toEqual(invalid(field, reason))
  })

  it('takes the bounds themselves, and ignores names that it does not know', async () => {
    for (const query of [
      'limit=1',
      'limit=100',
      'offset=2147483647',
      `search=${'x'.repeat(2000)}`,
      'x=1',
      '%',
    ])
      expect((await dee('GET', `${TAGS}?${query}`)).status).toBe(200)
  })
})
