import type { FastifyInstance } from 'fastify'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { C1, C2, F1, FORBIDDEN, invalid, NO_REPOSITORY, NOW, project, world } from './world.ts'

const TAGS = '/v4/repositories/1/repository/tags'

let app: FastifyInstance
const as = (token: string): Call => callerOf(app, { 'x-auth-token': token })
const create = (body: unknown, token = 'dee-token', url = TAGS) =>
  answer(as(token)('POST', url, { payload: body as object }))

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        branches: { both: 'c1', abcdef01: 'c1' },
        tags: [
          { name: 'v1', target: 'c1' },
          { name: 'noted', target: 'c2', message: 'N\n', tagger: 'mia', date: '2024-01-03T00:00:00Z' },
          { name: 'both', target: 'c2' },
          { name: 'tree', target: 'c1^{tree}' },
          { name: 'dir/a', target: 'c1' },
        ],
        tagRules: [{ pattern: 'p-*', create: 'maintainer' }],
      }),
      project('acme/empty', 2, { commits: [] }),
      project('acme/attic', 3, { archived: true }),
    ),
  })
  return () => app.close()
})
beforeEach(() => app.worlds.reset())

const COMMIT = {
  id: C2,
  message: 'Add parts\n\nBody.\n',
  parent_ids: [C1],
  authored_date: '2024-01-02T13:30:00.000Z',
  author_name: 'Dee D',
  author_email: 'dee@example.test',
  committed_date: '2024-01-02T13:30:00.000Z',
  committer_name: 'Dee D',
  committer_email: 'dee@example.test',
  open_gpg_verified: false,
  verification_status: 0,
  gpg_primary_key_id: null,
  name: null,
  gpg_nick_name: null,
  gpg_tenant_name: null,
  gpg_user_name: null,
  short_id: C2.slice(0, 8),
  created_at: '2024-01-02T13:30:00.000Z',
  title: 'Add parts',
  author_avatar_url: null,
  committer_avatar_url: null,
  relate_url: [],
  nick_name: null,
  tenant_name: null,
  user_name: null,
}

describe('creating a tag', () => {
  it('answers 201 with the tag and its commit, without a Location', async () => {
    const reply = await as('dee-token')('POST', TAGS, {
      payload: { tag_name: 'v2', ref: 'main', message: 'first release' },
    })
    expect(reply.status).toBe(201)
    expect(reply.headers.location).toBeUndefined()
    expect(reply.text).toBe(
      JSON.stringify({ name: 'v2', message: 'first release', target: C2, commit: COMMIT }),
    )
  })

  it('makes an annotated tag of a message: tagger is the caller, now', async () => {
    await create({ tag_name: 'v2', ref: 'main', message: 'Two' })
    const { repository } = await app.worlds.live.open(app.worlds.live.spec(1)!)
    expect(repository.tag('v2')).toMatchObject({
      targetType: 'tag',
      annotation: {
        message: 'Two',
        tagger: { name: 'Dee D', email: 'dee@example.test', time: Date.parse(NOW) / 1000, offset: 0 },
      },
    })
  })

  it.each([[{}], [{ message: null }], [{ message: '' }]])('makes a lightweight tag of %j', async (more) => {
    const [status, body] = await create({ tag_name: 'v2', ref: 'main', ...more })
    expect([status, body]).toEqual([201, { name: 'v2', message: '', target: C2, commit: COMMIT }])
    const { repository } = await app.worlds.live.open(app.worlds.live.spec(1)!)
    expect(repository.tag('v2')?.targetType).toBe('commit')
  })

  it.each([
    ['a branch', 'feature/x', F1],
    ['a full id', C1, C1],
    ['an id in capitals', C1.toUpperCase(), C1],
    ['seven digits', C1.slice(0, 7), C1],
    ['a tag', 'v1', C1],
    ['an annotated tag', 'noted', C2],
    ['a branch rather than a tag', 'both', C1],
    ['a branch rather than digits', 'abcdef01', C1],
  ])('takes as ref %s', async (_what, ref, target) => {
    expect((await create({ tag_name: 'new', ref }))[1]).toMatchObject({ target })
  })

  it.each([
    ['nothing of the name', 'nope'],
    ['six digits', C1.slice(0, 6)],
    ['an unknown id', '0'.repeat(40)],
    ['a tree', 'tree'],
    ['an expression', 'main~1'],
    ['HEAD', 'HEAD'],
    ['a full ref name', 'refs/heads/main'],
  ])('refuses as ref %s', async (_what, ref) => {
    expect(await create({ tag_name: 'new', ref })).toEqual(invalid('ref', 'The ref does not exist.'))
  })

  it('refuses ids of what is no commit', async () => {
    const { repository } = await app.worlds.live.open(app.worlds.live.spec(1)!)
    for (const name of ['noted', 'tree'])
      expect(await create({ tag_name: 'new', ref: repository.tag(name)?.target })).toEqual(
        invalid('ref', 'The ref does not exist.'),
      )
  })

  it('refuses any ref in an empty repository', async () => {
    const url = '/v4/repositories/2/repository/tags'
    expect(await create({ tag_name: 'v1', ref: 'main' }, 'dee-token', url)).toEqual(
      invalid('ref', 'The ref does not exist.'),
    )
  })

  it('ignores fields that it does not know', async () => {
    expect((await create({ tag_name: 'v2', ref: 'main', force: true, x: {} }))[0]).toBe(201)
  })

  it('never moves a tag', async () => {
    expect(await create({ tag_name: 'v1', ref: 'main', force: true })).toEqual(
      invalid('tag_name', 'The tag already exists.'),
    )
    const show = await as('dee-token')('GET', '/v4/repositories/1/repository/tag?tag_name=v1')
    expect(show.body).toMatchObject({ target: C1 })
  })

  it('refuses the name of a branch', async () => {
    expect(await create({ tag_name: 'main', ref: 'main' })).toEqual(
      invalid('tag_name', 'A branch with the same name already exists.'),
    )
  })

  it.each([
    ['dir', 'dir/a'],
    ['v1/x', 'v1'],
  ])('refuses %s beside %s', async (name, other) => {
    expect(await create({ tag_name: name, ref: 'main' })).toEqual(
      invalid('tag_name', `The name conflicts with the existing tag ${other}.`),
    )
  })

  it('lets one of two requests for a name win', async () => {
    const replies = await Promise.all([1, 2, 3, 4].map(() => create({ tag_name: 'race', ref: 'main' })))
    expect(replies.map(([status]) => status).sort()).toEqual([201, 400, 400, 400])
  })
})

describe('a body that does not fit', () => {
  const REQUIRED = 'The parameter is required.'
  it.each([
    [{ ref: 'main' }, 'tag_name', REQUIRED],
    [{ tag_name: null, ref: 'main' }, 'tag_name', REQUIRED],
    [{ tag_name: 'v2' }, 'ref', REQUIRED],
    [{ tag_name: '', ref: 'main' }, 'tag_name', 'The parameter cannot be empty.'],
    [{ tag_name: 'v2', ref: '' }, 'ref', 'The parameter cannot be empty.'],
    [{ tag_name: 2, ref: 'main' }, 'tag_name', 'The tag_name must be a string.'],
    [{ tag_name: ['v2'], ref: 'main' }, 'tag_name', 'The tag_name must be a string.'],
    [{ tag_name: 'v2', ref: {} }, 'ref', 'The ref must be a string.'],
    [{ tag_name: 'v2', ref: 'main', message: 1 }, 'message', 'The message must be a string.'],
    [
      { tag_name: 'v2', ref: 'main', message: 'a\0b' },
      'message',
      'The message must not contain null characters.',
    ],
    [[], 'body', 'The body must be a JSON object.'],
    ['"text"', 'body', 'The body must be a JSON object.'],
    ['null', 'body', 'The body must be a JSON object.'],
    ['{', 'body', 'The body is not valid JSON.'],
    [Buffer.from([0x7b, 0xff, 0x7d]), 'body', 'The body is not valid JSON.'],
    ['', 'body', 'The body is required.'],
  ])('answers 400 to %j', async (payload, field, reason) => {
    const headers = { 'content-type': 'application/json' }
    expect(await answer(as('dee-token')('POST', TAGS, { payload, headers }))).toEqual(invalid(field, reason))
  })

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
    'answers 400 to %s',
    async (type) => {
      const payload = '{"tag_name":"v2","ref":"main"}'
      const reply = as('dee-token')('POST', TAGS, { payload, headers: { 'content-type': type } })
      expect(await answer(reply)).toEqual(invalid('body', 'The Content-Type must be application/json.'))
    },
  )

  it('takes a charset beside the content type', async () => {
    const reply = as('dee-token')('POST', TAGS, {
      payload: '{"tag_name":"v2","ref":"main","message":"héllo 中文 🎉"}',
      headers: { 'content-type': 'application/json;charset=UTF-8' },
    })
    expect(await answer(reply)).toMatchObject([201, { message: 'héllo 中文 🎉' }])
  })

  it('answers 400 to a body beyond the limit of the server', async () => {
    const small = await buildApp({ bodyLimit: 100, fixture: world(project('acme/widgets', 1)) })
    const payload = { tag_name: 'v2', ref: 'main', message: 'x'.repeat(100) }
    const reply = callerOf(small, { 'x-auth-token': 'dee-token' })('POST', TAGS, { payload })
    expect(await answer(reply)).toEqual(invalid('body', 'The body is out of max length (100 characters).'))
    await small.close()
  })
})

describe('the name of a new tag', () => {
  const start = "The tag_name must not start with '-', '.', '/', 'refs/heads/' or 'refs/remotes/'."
  const characters = `The tag_name must not contain any of [ \\ < ~ ^ : ? * ! ( ) ' " | $ & ;.`
  const blanks = 'The tag_name must not contain whitespace or control characters.'
  const end = "The tag_name must not end with '.', '/' or '.lock'."
  const dots = "The tag_name must not contain '..' or '@{'."
  it.each([
    ...['-v', '.v', '/v', 'refs/heads/v', 'refs/remotes/v'].map((name) => [name, start]),
    ...[...'[\\<~^:?*!()\'"|$&;'].map((character) => [`a${character}b`, characters]),
    ...[' v', 'v ', 'a b', 'a\tb', 'a\nb', 'a\u0000b', 'a\u007fb', 'a\u00a0b', 'a\u3000b'].map((name) => [
      name,
      blanks,
    ]),
    ...['v.', 'v/', 'v.lock'].map((name) => [name, end]),
    ...['a..b', 'a@{b'].map((name) => [name, dots]),
    [
      'a//b',
      'The tag_name is invalid: a ref name cannot begin or end with a slash, or contain two in a row.',
    ],
    ['a/.b', "The tag_name is invalid: no part of a ref name can begin with '.'."],
    ['a.lock/b', "The tag_name is invalid: no part of a ref name can end with '.lock'."],
    ['x'.repeat(201), 'The tag_name is out of max length (200 characters).'],
    ['🏷'.repeat(201), 'The tag_name is out of max length (200 characters).'],
    ['x'.repeat(401), 'The tag_name is out of max length (200 characters).'],
  ])('cannot be %j', async (name, reason) => {
    expect(await create({ tag_name: name, ref: 'main' })).toEqual(invalid('tag_name', reason as string))
  })

  it.each([
    'release/1.0',
    'v1.0.0-rc.1',
    'a+b',
    'a#b',
    'a%b',
    'a@b',
    'a>b',
    'a]',
    '{a',
    '中文',
    'x'.repeat(200),
    '🏷'.repeat(200),
  ])('can be %j', async (name) => {
    expect((await create({ tag_name: name, ref: 'main' }))[1]).toMatchObject({ name })
    const url = `/v4/repositories/1/repository/tag?tag_name=${encodeURIComponent(name)}`
    expect((await as('mia-token')('DELETE', url)).status).toBe(204)
  })
})

describe('who may create', () => {
  it.each([
    ['root-token', 201],
    ['mia-token', 201],
    ['dee-token', 201],
    ['rex-token', 403],
    ['gus-token', 403],
    ['sam-token', 403],
  ])('%s gets %i', async (token, status) => {
    const reply = await create({ tag_name: 'mine', ref: 'main' }, token)
    if (status === 403) expect(reply).toEqual(FORBIDDEN)
    else expect(reply[0]).toBe(status)
  })

  it('a protected name is for those that its rule lets through', async () => {
    expect(await create({ tag_name: 'p-1', ref: 'main' })).toEqual(FORBIDDEN)
    expect((await create({ tag_name: 'p-1', ref: 'main' }, 'mia-token'))[0]).toBe(201)
  })

  it('an archived repository is closed, an unknown one is not there', async () => {
    const body = { tag_name: 'v9', ref: 'main' }
    expect(await create(body, 'mia-token', '/v4/repositories/3/repository/tags')).toEqual(FORBIDDEN)
    expect(await create(body, 'mia-token', '/v4/repositories/9/repository/tags')).toEqual(NO_REPOSITORY)
  })
})
