import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, type CallOptions, callerOf } from '../../caller.ts'
import { NOW, project, world } from './world.ts'

const TAGS = '/api/v4/projects/1/repository/tags'

let app: FastifyInstance
let call: Call

beforeEach(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags: [
          { name: 'light', target: 'c1' },
          { name: 'noted', target: 'c1', message: 'A note\n', tagger: 'mia', date: '2024-01-01T00:00:00Z' },
          { name: 'feature/x', target: 'c1' },
          { name: 'v1', target: 'c1' },
          { name: 'dir/leaf', target: 'c1' },
        ],
        tagRules: [
          { pattern: 'locked*', create: 'maintainer' },
          { pattern: 'locked-open', create: 'developer' },
          { pattern: 'sealed', create: 'nobody' },
        ],
      }),
      project('acme/empty', 2, { commits: [] }),
      project('acme/open', 3, { visibility: 'public', releases: [], tags: [{ name: 'v1', target: 'c1' }] }),
      project('acme/inside', 4, { visibility: 'internal' }),
      project('acme/old', 5, { archived: true, tags: [{ name: 'v1', target: 'c1' }] }),
    ),
  })
  call = callerOf(app, { 'private-token': 'dee-token' })
})
afterEach(() => app.close())

const create = (payload: object, token = 'dee-token') =>
  callerOf(app, { 'private-token': token })('POST', TAGS, { payload })

async function idOf(revision: string): Promise<string> {
  const { body } = await call('POST', TAGS, {
    payload: { tag_name: `probe-${Math.random()}`.replace('0.', ''), ref: revision },
  })
  return (body as { target: string }).target
}

describe('a new tag', () => {
  it('answers 201 with a lightweight tag, without release on a private project and without Location', async () => {
    const { status, body, headers } = await create({ tag_name: 'new', ref: 'main' })
    const tag = body as { target: string; commit: { id: string; title: string } }
    expect(status).toBe(201)
    expect(Object.keys(tag)).toEqual(['name', 'message', 'target', 'commit', 'protected', 'created_at'])
    expect(tag).toMatchObject({
      name: 'new',
      message: '',
      protected: false,
      created_at: null,
      commit: { title: 'Add parts <&>' },
    })
    expect(tag.target).toBe(tag.commit.id)
    expect(headers.location).toBeUndefined()
  })

  it('shows release: null in the answer on a public project', async () => {
    const { status, body } = await call('POST', '/api/v4/projects/3/repository/tags?tag_name=new&ref=main')
    expect([status, Object.keys(body as object)]).toEqual([
      201,
      ['name', 'message', 'target', 'commit', 'release', 'protected', 'created_at'],
    ])
    expect(body).toMatchObject({ release: null })
  })

  it('is annotated when it has a message: stripped, by the caller, now', async () => {
    const { status, body } = await create({ tag_name: 'new', ref: 'main', message: '  Hello\n\nworld \n' })
    const tag = body as { target: string; commit: { id: string } }
    expect(status).toBe(201)
    expect(tag).toMatchObject({ message: 'Hello\n\nworld', created_at: '2024-06-01T12:00:00.000Z' })
    expect(tag.target).not.toBe(tag.commit.id)
    expect((await call('GET', `${TAGS}/new`)).body).toEqual({ ...tag, release: null })
  })

  it.each(['', '   ', '\n\t', null])('is lightweight with the message %j', async (message) => {
    expect((await create({ tag_name: 'new', ref: 'main', message })).body).toMatchObject({
      message: '',
      created_at: null,
    })
  })

  it('is seen at once by get and list', async () => {
    await create({ tag_name: 'new/one', ref: 'main' })
    expect((await call('GET', `${TAGS}/new%2Fone`)).status).toBe(200)
    expect(((await call('GET', TAGS)).body as { name: string }[]).map((tag) => tag.name)).toContain('new/one')
  })
})

describe('where the parameters stand', () => {
  const shapes: [string, string, CallOptions][] = [
    ['the query', `${TAGS}?tag_name=new&ref=main&message=Hi`, {}],
    ['a JSON body', TAGS, { payload: { tag_name: 'new', ref: 'main', message: 'Hi' } }],
    [
      'a form',
      TAGS,
      {
        payload: 'tag_name=new&ref=main&message=Hi',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    ],
    [
      'multipart',
      TAGS,
      {
        payload: `${['tag_name', 'ref', 'message']
          .map(
            (name, i) =>
              `--XX\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${['new', 'main', 'Hi'][i]}\r\n`,
          )
          .join('')}--XX--\r\n`,
        headers: { 'content-type': 'multipart/form-data; boundary=XX' },
      },
    ],
    ['query and body together', `${TAGS}?tag_name=new&ref=main`, { payload: { message: 'Hi' } }],
    [
      'both, the body winning',
      `${TAGS}?tag_name=other&ref=nope&message=no`,
      { payload: { tag_name: 'new', ref: 'main', message: 'Hi' } },
    ],
    [
      'a JSON body without a content type',
      TAGS,
      {
        payload: Buffer.from('{"tag_name":"new","ref":"main","message":"Hi"}'),
        headers: { 'content-type': '' },
      },
    ],
    [
      'the collection with .json',
      `${TAGS}.json`,
      { payload: { tag_name: 'new', ref: 'main', message: 'Hi' } },
    ],
  ]
  it.each(shapes)('%s', async (_what, url, options) => {
    expect(await call('POST', url, options)).toMatchObject({
      status: 201,
      body: { name: 'new', message: 'Hi' },
    })
  })

  it('the path wins over the body', async () => {
    expect((await call('POST', TAGS, { payload: { id: '2', tag_name: 'new', ref: 'main' } })).status).toBe(
      201,
    )
  })

  it('numbers and booleans become text', async () => {
    expect((await create({ tag_name: 5, ref: 'main', message: true })).body).toMatchObject({
      name: '5',
      message: 'true',
    })
  })

  it.each([
    ['1.0', '1.0'],
    ['2.50', '2.5'],
    ['1e3', '1000.0'],
    ['1e20', '1.0e+20'],
    ['12345678901234567891', '12345678901234567891'],
  ])('the number %s becomes the text %s, as Ruby writes it', async (number, name) => {
    const payload = `{"message": "a \\"1.0\\" 1.0", "tag_name": ${number}, "ref": "main"}`
    const reply = await call('POST', TAGS, { payload, headers: { 'content-type': 'application/json' } })
    expect(reply).toMatchObject({ status: 201, body: { name, message: 'a "1.0" 1.0' } })
  })

  it('an empty body with a JSON content type is no parameters', async () => {
    expect(await answer(call('POST', TAGS, { headers: { 'content-type': 'application/json' } }))).toEqual([
      400,
      { error: 'tag_name is missing, ref is missing' },
    ])
  })
})

describe('what ref may be', () => {
  it('a branch, a tag, HEAD, a full or short id, a qualified name, an expression', async () => {
    const [tip, first] = [await idOf('main'), await idOf('main~1')]
    expect(await idOf('HEAD')).toBe(tip)
    expect(await idOf(tip)).toBe(tip)
    expect(await idOf(tip.slice(0, 7))).toBe(tip)
    expect(await idOf('refs/heads/main')).toBe(tip)
    expect(await idOf('light')).toBe(first)
    expect(await idOf('main^')).toBe(first)
  })

  it('an ambiguous name is the tag', async () => {
    expect(await idOf('feature/x')).toBe(await idOf('main~1'))
  })

  it('an annotated tag gives its commit without a message, and itself with one', async () => {
    const noted = (await call('GET', `${TAGS}/noted`)).body as { target: string; commit: { id: string } }
    expect(await idOf('noted')).toBe(noted.commit.id)
    const { body } = await create({ tag_name: 'outer', ref: 'noted', message: 'Around' })
    expect(body).toMatchObject({ commit: { id: noted.commit.id } })
    expect((body as { target: string }).target).not.toBe(noted.target)
  })
})

describe('refusals, the first that applies', () => {
  it.each([
    [{}, 400, { error: 'tag_name is missing, ref is missing' }],
    [{ ref: 'main' }, 400, { error: 'tag_name is missing' }],
    [{ tag_name: 'x' }, 400, { error: 'ref is missing' }],
    [{ tag_name: ['x'], ref: { a: 1 } }, 400, { error: 'tag_name is invalid, ref is invalid' }],
    [{ tag_name: 'x', ref: '' }, 400, { message: 'Target is empty' }],
    [{ tag_name: 'x', ref: '  ' }, 400, { message: 'Target is empty' }],
    [{ tag_name: 'x', ref: null }, 400, { message: 'Target is empty' }],
    [{ tag_name: 'a b', ref: '' }, 400, { message: 'Target is empty' }],
    [{ tag_name: '', ref: 'main' }, 400, { message: 'Tag name invalid' }],
    [{ tag_name: null, ref: 'main' }, 400, { message: 'Tag name invalid' }],
    [{ tag_name: 'a b', ref: 'nope' }, 400, { message: 'Tag name invalid' }],
    [{ tag_name: 'v1', ref: 'nope' }, 400, { message: 'Target nope is invalid' }],
    [{ tag_name: 'new', ref: 'main^{tree}' }, 400, { message: 'Target main^{tree} is invalid' }],
    [{ tag_name: 'v1', ref: 'main' }, 400, { message: 'Tag v1 already exists' }],
    [{ tag_name: 'v1', ref: 'light' }, 400, { message: 'Tag v1 already exists' }],
    [
      { tag_name: 'main', ref: 'main' },
      400,
      { message: 'You cannot use default branch name to create a tag' },
    ],
    [
      { tag_name: 'refs/tags/x', ref: 'main' },
      400,
      { message: 'You cannot create a tag with a prohibited pattern.' },
    ],
    [
      { tag_name: `${'a1'.repeat(20)}-x`, ref: 'main' },
      400,
      { message: 'You cannot create a tag with a SHA-1 or SHA-256 tag name.' },
    ],
    [
      { tag_name: 'locked1', ref: 'main' },
      400,
      { message: 'You are not allowed to create this tag as it is protected.' },
    ],
    [
      { tag_name: 'sealed', ref: 'main' },
      400,
      { message: 'You are not allowed to create this tag as it is protected.' },
    ],
    [{ tag_name: 'v1/x', ref: 'main' }, 400, { message: 'Target main is invalid' }],
    [{ tag_name: 'dir', ref: 'main' }, 400, { message: 'Target main is invalid' }],
  ])('%j', async (payload, status, body) => {
    expect(await answer(create(payload))).toEqual([status, body])
  })

  it.each([
    'HEAD',
    '-x',
    'refs/heads/x',
    'refs/remotes/x',
    'a..b',
    'a~',
    'a^',
    'a:',
    'a?',
    'a*',
    'a[',
    'a\\',
    '/a',
    'a/',
    'a//b',
    'a.',
    'a@{b',
    '.a',
    'b/.a',
    'a.lock',
    'a.lock/b',
    'a\u007f',
    'a\tb',
  ])('the name %j is invalid', async (name) => {
    expect(await answer(create({ tag_name: name, ref: 'main' }))).toEqual([
      400,
      { message: 'Tag name invalid' },
    ])
  })

  it.each([
    '@',
    '#1',
    'a@b',
    'x/refs/heads/foo',
    'выпуск',
    '日本/語',
    'V1',
    'a"b',
    "a'b",
    'a&b',
    'a%20b',
    'a+b',
    'x'.repeat(255),
  ])('the name %j is fine, and found again', async (name) => {
    expect((await create({ tag_name: name, ref: 'main' })).status).toBe(201)
    expect((await call('GET', `${TAGS}/${encodeURIComponent(name)}`)).body).toMatchObject({ name })
  })

  it('an empty repository resolves nothing', async () => {
    expect(await answer(call('POST', '/api/v4/projects/2/repository/tags?tag_name=x&ref=main'))).toEqual([
      400,
      { message: 'Target main is invalid' },
    ])
  })

  it('the most permissive of several rules decides, and administrators pass every rule', async () => {
    expect((await create({ tag_name: 'locked-open', ref: 'main' })).status).toBe(201)
    expect((await create({ tag_name: 'locked2', ref: 'main' }, 'mia-token')).body).toMatchObject({
      protected: true,
    })
    expect((await create({ tag_name: 'sealed', ref: 'main' }, 'mia-token')).status).toBe(400)
    expect((await create({ tag_name: 'sealed', ref: 'main' }, 'root-token')).status).toBe(201)
  })

  it('a refused creation changes nothing', async () => {
    const before = (await call('GET', TAGS)).body
    for (const payload of [
      { tag_name: 'v1', ref: 'main', message: 'x' },
      { tag_name: 'dir', ref: 'main', message: 'x' },
      { tag_name: 'sealed', ref: 'main', message: 'x' },
    ])
      await create(payload)
    expect((await call('GET', TAGS)).body).toEqual(before)
  })
})

describe('who may create', () => {
  it.each([
    ['gus-token', {}, 403, { message: '403 Forbidden' }],
    ['rex-token', {}, 400, { error: 'tag_name is missing, ref is missing' }],
    ['rex-token', { tag_name: 'x', ref: '' }, 403, { message: '403 Forbidden' }],
    ['sam-token', {}, 404, { message: '404 Project Not Found' }],
  ])('%s with %j → %i', async (token, payload, status, body) => {
    expect(await answer(create(payload, token))).toEqual([status, body])
  })

  it('nobody anonymous: 404 on a private project, 403 on a public one', async () => {
    const anonymous = callerOf(app)
    const payload = { tag_name: 'x', ref: 'main' }
    expect(await answer(anonymous('POST', TAGS, { payload }))).toEqual([
      404,
      { message: '404 Project Not Found' },
    ])
    expect(await answer(anonymous('POST', '/api/v4/projects/3/repository/tags', { payload }))).toEqual([
      403,
      { message: '403 Forbidden' },
    ])
  })

  it('no stranger on an internal project, and nobody on an archived one', async () => {
    const payload = { tag_name: 'x', ref: 'main' }
    expect(
      await answer(
        callerOf(app, { 'private-token': 'sam-token' })('POST', '/api/v4/projects/4/repository/tags', {
          payload,
        }),
      ),
    ).toEqual([403, { message: '403 Forbidden' }])
    expect(await answer(call('POST', '/api/v4/projects/5/repository/tags', { payload }))).toEqual([
      403,
      { message: '403 Forbidden' },
    ])
    expect((await call('GET', '/api/v4/projects/5/repository/tags/v1')).status).toBe(200)
  })
})

describe('at the same time', () => {
  it('exactly one of many creations of one name succeeds', async () => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) => create({ tag_name: 'race', ref: i % 2 ? 'main' : 'main~1' })),
    )
    expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1)
    expect(replies.filter((reply) => reply.status === 400).map((reply) => reply.body)).toEqual(
      Array(19).fill({ message: 'Tag race already exists' }),
    )
  })

  it('exactly one of many deletions succeeds', async () => {
    const replies = await Promise.all(Array.from({ length: 10 }, () => call('DELETE', `${TAGS}/v1`)))
    expect(replies.map((reply) => reply.status).sort()).toEqual([204, ...Array(9).fill(404)])
  })
})
