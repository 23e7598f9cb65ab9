import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { bearer, NOT_PERMITTED, NOW, project, thrown, world } from './world.ts'

const REPO = '/rest/api/1.0/projects/ACME/repos/widgets'
const TAGS = `${REPO}/tags`

const C1 = '5d9cb1c1f8dd61a3a35425b6b61fab056ff001a4'
const C2 = '90dce6913954828fef22197a77e98430627d0d55'
const F1 = '18bd31f8e04702099c2b9926df07b51915efe424'
const SPECIAL = 'special-"$;><&#_=@!|.,/test'

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags: [
          { name: 'v1', target: 'c1' },
          { name: 'v2', target: 'c2', message: 'Two\n', tagger: 'mia', date: '2024-01-05T00:00:00Z' },
          { name: 'release/1.0', target: 'c1' },
          { name: SPECIAL, target: 'c1' },
          { name: '100%', target: 'c1' },
          { name: 'a+b', target: 'c1' },
          { name: 'Größe', target: 'c1' },
        ],
      }),
      project('acme/empty', 2, { commits: [] }),
    ),
  })
  call = callerOf(app, bearer('dee-token'))
})
beforeEach(() => app.worlds.reset())
afterAll(() => app.close())

const light = (name: string, oid: string) => ({
  id: `refs/tags/${name}`,
  displayId: name,
  type: 'TAG',
  latestCommit: oid,
  latestChangeset: oid,
  hash: null,
})

const invalidName = (name: string) =>
  thrown('repository.InvalidRefNameException', `'${name}' is an invalid tag name.`)

const invalidPoint = (text: string) =>
  thrown('commit.NoSuchCommitException', `'${text}' is an invalid tag point.`)

async function create(payload: object, url = TAGS): Promise<[number, unknown]> {
  return answer(call('POST', url, { payload }))
}

describe('one tag of the core API', () => {
  it('is shown with the tag object when it is annotated', async () => {
    const [status, body] = await answer(call('GET', `${TAGS}/v2`))
    const { hash } = body as { hash: string }
    expect([status, body]).toEqual([200, { ...light('v2', C2), hash }])
    expect(hash).toMatch(/^[0-9a-f]{40}$/)
    expect(hash).not.toBe(C2)
  })

  it.each([
    ['release/1.0', 'release/1.0'],
    ['refs/tags/v1', 'v1'],
    ['refs/tags/release/1.0', 'release/1.0'],
    ['special-%22%24%3B%3E%3C%26%23_%3D%40%21%7C.%2C/test', SPECIAL],
    ['100%25', '100%'],
    ['a+b', 'a+b'],
    ['a%2Bb', 'a+b'],
    ['Gr%C3%B6%C3%9Fe', 'Größe'],
    ['v%31', 'v1'],
    ['v1;jsessionid=1', 'v1'],
  ])('is addressed by %s', async (path, name) => {
    expect(await answer(call('GET', `${TAGS}/${path}`))).toEqual([200, light(name, C1)])
  })

  it.each([
    'v9',
    'V1',
    'main',
    'feature/x',
    'v1/',
    'refs/heads/main',
    'refs/tags/refs/tags/v1',
    C1,
    'tags/v1',
  ])('is 404 with an empty body where %s is none', async (path) => {
    const { status, text, headers } = await call('GET', `${TAGS}/${path}`)
    expect([status, text]).toEqual([404, ''])
    expect(headers['content-length']).toBe('0')
    expect(headers['content-type']).toBeUndefined()
  })

  it('is 404 with an empty body in an empty repository', async () => {
    const { status, text } = await call('GET', '/rest/api/1.0/projects/ACME/repos/empty/tags/v1')
    expect([status, text]).toEqual([404, ''])
  })

  it('is missed after its repository', async () => {
    expect(await answer(call('GET', '/rest/api/1.0/projects/ACME/repos/no-such/tags/no-such'))).toEqual([
      404,
      thrown('repository.NoSuchRepositoryException', 'Repository ACME/no-such does not exist.'),
    ])
  })

  it('is for readers', async () => {
    expect(await answer(callerOf(app)('GET', `${TAGS}/v1`))).toEqual([401, NOT_PERMITTED])
  })

  it('cannot be deleted here', async () => {
    const { status, headers, body } = await call('DELETE', `${TAGS}/v1`, {
      headers: { accept: 'application/json' },
    })
    expect([status, headers.allow, body]).toEqual([
      405,
      'HEAD,GET,OPTIONS',
      { message: 'HTTP 405 Method Not Allowed', 'status-code': 405 },
    ])
  })
})

describe('a tag created through the core API', () => {
  it('is answered with 200 and no Location', async () => {
    const { status, body, headers } = await call('POST', TAGS, {
      payload: { name: 'new', startPoint: 'main' },
    })
    expect([status, body, headers.location]).toEqual([200, light('new', C2), undefined])
    expect(await answer(call('GET', `${TAGS}/new`))).toEqual([200, light('new', C2)])
  })

  it('is annotated when there is a message, by the user and now', async () => {
    const [status, body] = await create({ name: 'new', startPoint: C1, message: 'A release \n\n\nMore\n\n' })
    const { hash } = body as { hash: string }
    expect([status, body]).toEqual([200, { ...light('new', C1), hash }])
    const spec = app.worlds.live.spec(1)
    const tag = spec && (await app.worlds.live.open(spec)).repository.tag('new')
    expect(tag?.annotation).toMatchObject({
      oid: hash,
      object: C1,
      name: 'new',
      message: 'A release\n\nMore\n',
      tagger: {
        name: 'Dee D',
        email: 'dee@example.test',
        time: Date.parse(NOW) / 1000,
        offset: 0,
      },
    })
  })

  it.each([[undefined], [null], [''], ['  \n ']])('is lightweight with the message %j', async (message) => {
    expect(await create({ name: 'new', startPoint: C1, message })).toEqual([200, light('new', C1)])
  })

  it('takes no notice of force and type, nor of unknown properties', async () => {
    expect(await create({ name: 'v1', startPoint: C2, force: true })).toEqual([
      409,
      thrown('repository.DuplicateRefException', "Tag 'v1' already exists in repository 'widgets'"),
    ])
    const [status, body] = await create({
      name: 'new',
      startPoint: C1,
      message: 'Annotated all the same',
      type: 'LIGHTWEIGHT',
      colour: 'red',
    })
    expect([status, (body as { hash: string | null }).hash]).toEqual([
      200,
      expect.stringMatching(/^[0-9a-f]{40}$/),
    ])
  })

  it.each([
    ['an id', C1, C1],
    ['an id in capitals', C1.toUpperCase(), C1],
    ['six digits', C1.slice(0, 6), C1],
    ['four digits', C1.slice(0, 4), C1],
    ['a branch', 'feature/x', F1],
    ['a full branch name', 'refs/heads/feature/x', F1],
    ['a tag', 'v1', C1],
    ['a full tag name', 'refs/tags/v1', C1],
    ['HEAD', 'HEAD', C2],
    ['a parent', 'main~1', C1],
  ])('starts at %s', async (_what, startPoint, commit) => {
    expect(await create({ name: 'new', startPoint })).toEqual([200, light('new', commit)])
  })

  it('holds the tag object when it starts at an annotated tag', async () => {
    const { body } = await call('GET', `${TAGS}/v2`)
    const { hash } = body as { hash: string }
    expect(await create({ name: 'new', startPoint: 'v2' })).toEqual([200, { ...light('new', C2), hash }])
  })

  it('may be of a tree or a blob', async () => {
    const [status, tree] = await create({ name: 'tree', startPoint: 'main^{tree}' })
    const { latestCommit } = tree as { latestCommit: string }
    expect([status, tree]).toEqual([200, light('tree', latestCommit)])
    expect(await create({ name: 'again', startPoint: latestCommit })).toEqual([
      200,
      light('again', latestCommit),
    ])
  })

  it.each(['nope', '0'.repeat(40), 'abc', '', ' ', 'v9', 'refs/heads/nope', 'main~9', 'main:nope', '\u0000'])(
    'cannot start at %j',
    async (startPoint) => {
      expect(await create({ name: 'new', startPoint })).toEqual([400, invalidPoint(startPoint)])
    },
  )

  it('cannot start at what looks like an option', async () => {
    expect(await create({ name: 'new', startPoint: '--all' })).toEqual([
      400,
      thrown(
        'repository.InvalidRefNameException',
        "'--all' is not a valid commit identifier. Commits may be identified by their SHA-1, or using a branch or tag name. Note that branch and tag names starting with hyphens are not allowed because Git cannot differentiate them from options.",
      ),
    ])
  })

  it.each([
    '',
    ' ',
    'a b',
    'a\tb',
    'a\u007fb',
    'a~b',
    'a^b',
    'a:b',
    'a?b',
    'a*b',
    'a[b',
    'a\\b',
    'a..b',
    'a@{b',
    '/a',
    'a/',
    'a//b',
    '.a',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'a.',
    '-a',
    ' a',
    'a ',
  ])('cannot be called %j', async (name) => {
    expect(await create({ name, startPoint: 'main' })).toEqual([400, invalidName(name)])
  })

  it.each([
    '@',
    'HEAD',
    'é',
    'a@b',
    'a#b',
    'a%b',
    'a+b+c',
    `${SPECIAL}2`,
    'main',
    C1,
    'refs/tags/x',
    'V1',
    'a'.repeat(250),
    '日本語',
  ])('may be called %s', async (name) => {
    expect(await create({ name, startPoint: C1 })).toEqual([200, light(name, C1)])
    const path = name.split('/').map(encodeURIComponent).join('/')
    expect(await answer(call('GET', `${TAGS}/${path}`))).toEqual([200, light(name, C1)])
  })

  it('is told first that its start point is wrong, then its name, then that it exists', async () => {
    expect(await create({ name: 'a b', startPoint: 'nope' })).toEqual([400, invalidPoint('nope')])
    expect(await create({ name: 'v1', startPoint: 'nope' })).toEqual([400, invalidPoint('nope')])
    expect((await create({ name: 'v1', startPoint: C1 }))[0]).toBe(409)
  })

  it.each([
    [{ startPoint: 'main' }, ['name']],
    [{ name: 'x' }, ['startPoint']],
    [{}, ['name', 'startPoint']],
    [{ name: null, startPoint: null }, ['name', 'startPoint']],
  ])('needs its fields: %j', async (payload, fields) => {
    expect(await create(payload)).toEqual([
      400,
      {
        errors: fields.map((context) => ({
          context,
          message: `${context} must not be null`,
          exceptionName: null,
        })),
      },
    ])
  })

  it.each([
    ['v1/x', 'v1'],
    ['release', 'release/1.0'],
  ])('cannot be called %s beside %s', async (name, other) => {
    expect(await create({ name, startPoint: C1 })).toEqual([
      400,
      thrown('repository.ConflictingRefNameException', `'${name}' conflicts with existing tag '${other}'`),
    ])
  })

  it('is refused in an empty repository', async () => {
    expect(
      await create({ name: 'v1', startPoint: 'main' }, '/rest/api/1.0/projects/ACME/repos/empty/tags'),
    ).toEqual([409, thrown('repository.IllegalRepositoryStateException', 'Repository ACME/empty is empty.')])
  })

  it('is for those who may write', async () => {
    const payload = { name: 'new', startPoint: 'main' }
    const as = (headers: Record<string, string>) => answer(callerOf(app, headers)('POST', TAGS, { payload }))
    expect(await as({})).toEqual([401, NOT_PERMITTED])
    expect(await as(bearer('rex-token'))).toEqual([401, NOT_PERMITTED])
    expect(await as(bearer('sam-token'))).toEqual([401, NOT_PERMITTED])
    expect((await as(bearer('mia-token')))[0]).toBe(200)
  })
})
