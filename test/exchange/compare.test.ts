import { expect, it } from 'vitest'
import { type CompareOptions, compare } from '../../src/exchange/compare.ts'
import type { Exchange } from '../../src/exchange/exchange.ts'
import { normalise } from '../../src/exchange/normalise.ts'

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(40)) as [string, string, string, string]

function exchange(
  body: unknown,
  headers: Record<string, string> = {},
  path = '/api/v4/projects/1/repository/tags',
): Exchange {
  return { name: 'it answers', request: { method: 'GET', path }, answer: { status: 200, headers, body } }
}

/** The differences between the bodies of two answers. */
function differences(expected: unknown, actual: unknown, options: CompareOptions = {}) {
  const [compared] = compare([exchange(expected)], [exchange(actual)], options)
  return compared?.differences.map(({ pointer, kind }) => `${kind} ${pointer}`)
}

it('takes ids that differ for the same where each thing is always called the same', () => {
  expect(
    differences(
      [{ name: 'v1', target: A, short_id: A.slice(0, 8), web_url: `http://one.test/-/commit/${A}` }],
      [{ name: 'v1', target: B, short_id: B.slice(0, 8), web_url: `https://two.test:8443/-/commit/${B}` }],
    ),
  ).toEqual([])
  expect(differences([A, B, A, A], [C, D, C, D])).toEqual(['reference /body/3'])
})

it('finds an id that is cut off, of another type, or null', () => {
  expect(differences({ id: A, other: A }, { id: B, other: B.slice(0, 39) })).toEqual(['form /body/other'])
  expect(differences({ id: 7 }, { id: '7' })).toEqual(['type /body/id'])
  expect(differences({ id: 7 }, { id: null })).toEqual(['type /body/id'])
  expect(differences({ id: 7, project_id: 7 }, { id: 8, project_id: 8 })).toEqual([])
})

it('finds the form of a date, not the date', () => {
  const form = '2024-01-05T12:00:00.000+00:00'
  expect(differences({ at: form }, { at: '2025-02-06T13:10:11.123+02:00' })).toEqual([])
  expect(differences({ at: form }, { at: '2024-01-05T12:00:00.000Z' })).toEqual(['form /body/at'])
  expect(differences({ at: form }, { at: '2024-01-05T12:00:00+00:00' })).toEqual(['form /body/at'])
  expect(differences({ at: form }, { at: '2024-01-05T12:00:00.000+0000' })).toEqual(['form /body/at'])
  expect(differences({ at: form }, { at: '2024-01-05 12:00:00.000+00:00' })).toEqual(['form /body/at'])
  expect(differences({ at: form }, { at: 1704456000000 })).toEqual(['type /body/at'])
  expect(differences({ timestamp: 1704456000000 }, { timestamp: 1704456000 })).toEqual([
    'form /body/timestamp',
  ])
})

it('finds that an old date of the same world stands in the wrong place', () => {
  const [authored, committed] = ['2024-01-05T12:00:00Z', '2024-01-06T12:00:00Z']
  expect(differences([authored, committed], [authored, authored])).toEqual(['reference /body/1'])
})

it('tells missing, extra and null apart', () => {
  expect(differences({ a: 1, b: 2 }, { b: 2, c: null })).toEqual(['missing /body/a', 'extra /body/c'])
  expect(differences({ a: null }, {})).toEqual(['missing /body/a'])
  expect(differences({ 'a/b~c': 1 }, {})).toEqual(['missing /body/a~1b~0c'])
})

it('reports what is missing in a list once, and the rest item by item', () => {
  const tags = ['v1', 'v2', 'v3'].map((name, i) => ({ name, target: [A, B, C][i] }))
  expect(differences(tags, tags.slice(1))).toEqual(['missing /body/0'])
  expect(differences(tags.slice(1), tags)).toEqual(['extra /body/0'])
  expect(differences(tags, [...tags].reverse())).toEqual(['order /body'])
  expect(differences(tags, [tags[0], { name: 'other', target: B }, tags[2]])).toEqual(['value /body/1/name'])
  expect(differences(tags, [tags[0], { target: B }, tags[2]])).toEqual(['missing /body/1/name'])
  expect(differences([{ id: A }, { id: B }, { id: C }], [{ id: A }, { id: C }])).toEqual(['missing /body/1'])
})

it('notes another order of keys, which is no difference', () => {
  const [compared] = compare([exchange({ a: 1, b: 2 })], [exchange({ b: 2, a: 1 })])
  expect(compared).toEqual({ name: 'it answers', differences: [], reordered: ['/body'] })
})

it('compares headers by presence and value, apart from those of the connection', () => {
  const expected = { ETag: 'W/"1"', 'X-Total': '9', 'x-request-id': '1', Date: 'yesterday', Vary: 'Origin' }
  const compared = (actual: Record<string, string>, options: CompareOptions = {}) =>
    compare([exchange([], expected)], [exchange([], actual)], options)[0]?.differences.map(
      ({ pointer, kind }) => `${kind} ${pointer}`,
    )
  expect(
    compared({ etag: 'W/"2"', 'x-total': '9', 'X-Request-Id': '2', vary: 'Origin', server: 'nginx' }),
  ).toEqual([])
  expect(compared({ etag: '"2"', 'x-total': '8', vary: 'Origin' })).toEqual([
    'value /headers/etag',
    'value /headers/x-total',
    'missing /headers/x-request-id',
  ])
  const more = { etag: 'W/"2"', 'x-total': '9', 'x-request-id': '2', vary: 'Origin', 'x-new': '1' }
  expect(compared(more)).toEqual(['extra /headers/x-new'])
  expect(compared(more, { headers: 'stated' })).toEqual([])
})

it('takes what was redacted for anything but nothing', () => {
  expect(differences({ token: '***' }, { token: 'abc' })).toEqual([])
  expect(differences({ token: '***' }, { token: null })).toEqual(['type /body/token'])
  expect(differences({ url: 'http://a.test/x?t=***&b=1' }, { url: 'http://b.test/x?t=9&b=1' })).toEqual([])
  expect(differences({ url: 'http://a.test/x?t=***&b=1' }, { url: 'http://b.test/x?t=9&b=2' })).toEqual([
    'value /body/url',
  ])
})

it('numbers what it names by first appearance, and keeps forms and types', () => {
  const body = {
    id: 12,
    commit: { id: B, short_id: B.slice(0, 8), parent_ids: [A] },
    created_at: '2024-01-05T12:00:00.000+00:00',
    project_id: '12',
    web_url: `http://forge.test/acme/widgets/-/commit/${B}`,
    self: 'http://forge.test/api/v4/projects/12',
    text: 'see 12',
  }
  const [normal] = normalise(
    [exchange(body, { etag: '"x"', Date: 'now', 'X-Request-Id': '1' }, '/api/v4/projects/12')],
    {
      origin: 'http://forge.test',
    },
  )
  expect(normal?.answer).toEqual({
    status: 200,
    headers: { etag: '"‹etag›"', 'x-request-id': '‹any›' },
    body: {
      id: '‹project#1: number›',
      commit: { id: '‹sha#1›', short_id: '‹sha#1 (8)›', parent_ids: ['‹sha#2›'] },
      created_at: '‹date T±00:00 ms›',
      project_id: '‹project#1›',
      web_url: '‹origin#1›/acme/widgets/-/commit/‹sha#1›',
      self: '‹origin#1›/api/v4/projects/‹project#1›',
      text: 'see 12',
    },
  })
})

it('takes the name that a server has for itself, whatever address it was asked at', () => {
  const sides = {
    expected: { origin: 'http://127.0.0.1:4747' },
    actual: { origin: 'http://tunnel.test:8443' },
  }
  const links = (origin: string) => ['a', 'b', 'c'].map((path) => `${origin}/${path}`)
  expect(differences(links('http://127.0.0.1:4747'), links('https://gitlab.example.com'), sides)).toEqual([])
  const [first, ...rest] = links('http://tunnel.test:8443')
  const foreign = [first, ...rest.map((link) => link.replace('tunnel.test:8443', 'other.test'))]
  expect(differences(links('http://127.0.0.1:4747'), foreign, sides)).toEqual([
    'reference /body/1',
    'reference /body/2',
  ])
})
