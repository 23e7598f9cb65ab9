import type { FastifyInstance } from 'fastify'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { C1, C2, FORBIDDEN, invalid, MISSING, NO_REPOSITORY, NOW, project, world } from './world.ts'

const TAG = '/v4/repositories/1/repository/tag'
const one = (name: string) => `${TAG}?tag_name=${encodeURIComponent(name)}`

let app: FastifyInstance
const as = (token: string): Call => callerOf(app, { 'x-auth-token': token })
const mia: Call = (...given) => as('mia-token')(...given)

const fixture = world(
  project('acme/widgets', 1, {
    tags: [
      { name: 'v1', target: 'c1' },
      { name: 'noted', target: 'c2', message: 'N\n\nMore.\n', tagger: 'mia', date: '2024-01-03T00:00:00Z' },
      { name: 'release/1.0', target: 'c1' },
      { name: 'tree', target: 'c1^{tree}' },
      { name: 'nested', target: 'noted', message: 'Of a tag\n', tagger: 'dee', date: '2024-01-04T00:00:00Z' },
      { name: 'sealed', target: 'c1' },
      { name: 'a+b', target: 'c1' },
    ],
    tagRules: [{ pattern: 'sealed', create: 'nobody' }],
  }),
  project('acme/open', 2, { visibility: 'public', tags: [{ name: 'v1', target: 'c1' }] }),
  project('acme/attic', 3, { archived: true, tags: [{ name: 'v1', target: 'c1' }] }),
)

beforeAll(async () => {
  app = await buildApp({ clock: NOW, fixture })
  return () => app.close()
})
beforeEach(() => app.worlds.reset())

describe('showing a tag', () => {
  it('answers the tag with its commit, and a total of one', async () => {
    const { status, headers, body } = await mia('GET', one('noted'))
    expect([status, headers['x-total']]).toEqual([200, '1'])
    expect(body).toEqual({
      name: 'noted',
      message: 'N\n\nMore.',
      target: C2,
      commit: {
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
        short_id: 'ac8b6b78',
        created_at: '2024-01-02T13:30:00.000Z',
        title: 'Add parts',
        author_avatar_url: null,
        committer_avatar_url: null,
        relate_url: [],
        nick_name: null,
        tenant_name: null,
        user_name: null,
      },
    })
    expect(Object.keys(body as object)).toEqual(['name', 'message', 'target', 'commit'])
  })

  it('peels a tag of a tag to its commit, and has no commit for one of a tree', async () => {
    expect((await mia('GET', one('nested'))).body).toMatchObject({ target: C2, commit: { id: C2 } })
    expect((await mia('GET', one('tree'))).body).toEqual({
      name: 'tree',
      message: '',
      target: '92a0c88406d3f20b490cb7b53de4f863086dccb3',
      commit: null,
    })
  })

  it.each(['release%2F1.0', 'release/1.0'])('takes a slash either way: %s', async (name) => {
    expect((await mia('GET', `${TAG}?tag_name=${name}`)).body).toMatchObject({ name: 'release/1.0' })
  })

  it('takes a plus for a space, and %2B for a plus', async () => {
    expect((await mia('GET', `${TAG}?tag_name=a%2Bb`)).status).toBe(200)
    expect(await answer(mia('GET', `${TAG}?tag_name=a+b`))).toEqual(MISSING)
  })

  it.each(['V1', 'refs/tags/v1', 'v', 'main', '../v1', 'a\u0000b', '*'])(
    'looks a name up exactly: there is no %s',
    async (name) => {
      expect(await answer(mia('GET', one(name)))).toEqual(MISSING)
    },
  )

  it('takes the first of several names', async () => {
    expect((await mia('GET', `${TAG}?tag_name=v1&tag_name=noted`)).body).toMatchObject({ name: 'v1' })
  })
})

describe('the name in the query', () => {
  it.each(['GET', 'DELETE'])('of a %s has 1 to 2000 characters', async (method) => {
    const empty = invalid('tag_name', 'The parameter cannot be empty.')
    expect(await answer(mia(method, TAG))).toEqual(invalid('tag_name', 'The parameter is required.'))
    expect(await answer(mia(method, `${TAG}?tag_name`))).toEqual(empty)
    expect(await answer(mia(method, `${TAG}?tag_name=`))).toEqual(empty)
    expect(await answer(mia(method, one('x'.repeat(2000))))).toEqual(MISSING)
    expect(await answer(mia(method, one('🏷'.repeat(2000))))).toEqual(MISSING)
    for (const character of ['x', '🏷'])
      expect(await answer(mia(method, one(character.repeat(2001))))).toEqual(
        invalid('tag_name', 'The tag_name is out of max length (2000 characters).'),
      )
  })
})

describe('deleting a tag', () => {
  it('answers 204 without a body, once', async () => {
    const { status, text, headers } = await mia('DELETE', one('v1'))
    expect([status, text, headers['content-type']]).toEqual([204, '', undefined])
    expect(await answer(mia('DELETE', one('v1')))).toEqual(MISSING)
    expect(await answer(mia('GET', one('v1')))).toEqual(MISSING)
  })

  it.each(['noted', 'release/1.0', 'tree', 'a+b'])('removes the ref of %s', async (name) => {
    expect((await mia('DELETE', one(name))).status).toBe(204)
    const { repository } = await app.worlds.live.open(app.worlds.live.spec(1)!)
    expect(repository.tags.has(name)).toBe(false)
  })

  it('removes what git has pushed under a name that the console refuses', async () => {
    const live = await app.worlds.live.open(app.worlds.live.spec(1)!)
    const by = { actor: app.worlds.live.user('dee')!, via: 'push', vendor: 'gitlab' } as const
    live.moveRefs([{ ref: 'refs/tags/odd!(name)', before: null, after: C1 }], by)
    expect((await mia('GET', one('odd!(name)'))).body).toMatchObject({ target: C1 })
    expect((await mia('DELETE', one('odd!(name)'))).status).toBe(204)
  })

  it('does not look at a body', async () => {
    const payload = { tag_name: 'v1' }
    expect(await answer(mia('DELETE', TAG, { payload }))).toEqual(
      invalid('tag_name', 'The parameter is required.'),
    )
    expect((await mia('DELETE', one('noted'), { payload })).status).toBe(204)
    expect((await mia('GET', one('v1'))).status).toBe(200)
    const headers = { 'content-type': 'application/json' }
    expect((await mia('DELETE', one('v1'), { payload: '{', headers })).status).toBe(204)
  })

  it('leaves a protected tag where it is, whoever asks', async () => {
    for (const token of ['mia-token', 'root-token'])
      expect(await answer(as(token)('DELETE', one('sealed')))).toEqual(FORBIDDEN)
    expect((await mia('GET', one('sealed'))).status).toBe(200)
  })

  it('is for managers: developers create, but do not delete', async () => {
    for (const token of ['dee-token', 'rex-token', 'gus-token', 'sam-token'])
      expect(await answer(as(token)('DELETE', one('v1')))).toEqual(FORBIDDEN)
    expect((await as('root-token')('DELETE', one('v1'))).status).toBe(204)
  })

  it('is for developers too where the quirk grants it', async () => {
    const granting = await buildApp({ fixture, quirks: ['codearts.developerDeletesTags'] })
    const call = callerOf(granting, { 'x-auth-token': 'dee-token' })
    const { body } = await call('GET', '/v4/repositories/1/repository/tags?search=v1')
    expect(body).toMatchObject([{ can_delete: true }])
    expect((await call('DELETE', one('v1'))).status).toBe(204)
    const rex = callerOf(granting, { 'x-auth-token': 'rex-token' })
    expect(await answer(rex('DELETE', one('noted')))).toEqual(FORBIDDEN)
    await granting.close()
  })

  it('says nothing of tags to those who may not delete', async () => {
    expect(await answer(as('rex-token')('DELETE', one('nope')))).toEqual(FORBIDDEN)
  })

  it('is refused in an archived repository', async () => {
    expect(await answer(mia('DELETE', '/v4/repositories/3/repository/tag?tag_name=v1'))).toEqual(FORBIDDEN)
  })

  it("answers the customer's call with the bodies of the document", async () => {
    const url = '/v4/repositories/2112015538/repository/tag?tag_name=123'
    expect(await answer(mia('DELETE', url))).toEqual(NO_REPOSITORY)
    expect(await answer(as('sam-token')('DELETE', one('v1')))).toEqual(FORBIDDEN)
  })
})

describe('a repository of others', () => {
  it('is forbidden when private', async () => {
    expect(await answer(as('sam-token')('GET', one('v1')))).toEqual(FORBIDDEN)
  })

  it('may be read when public, with a credential', async () => {
    const url = '/v4/repositories/2/repository/tag?tag_name=v1'
    expect((await as('sam-token')('GET', url)).body).toMatchObject({ name: 'v1', target: C1 })
    expect((await callerOf(app)('GET', url)).status).toBe(401)
    expect(await answer(as('sam-token')('DELETE', url))).toEqual(FORBIDDEN)
  })
})

it('knows no path segment for names', async () => {
  for (const method of ['GET', 'DELETE', 'PUT']) {
    const { status, body } = await mia(method, '/v4/repositories/1/repository/tags/v1')
    expect([status, body]).toMatchObject([404, { error_code: 'APIGW.0101' }])
  }
})
