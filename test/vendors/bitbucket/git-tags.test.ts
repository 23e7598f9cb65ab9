import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { bearer, NOT_PERMITTED, NOW, project, thrown, world } from './world.ts'

const CORE = '/rest/api/1.0/projects/ACME/repos/widgets/tags'
const GIT = '/rest/git/1.0/projects/ACME/repos/widgets/tags'
const EMPTY = '/rest/git/1.0/projects/ACME/repos/empty/tags'

const C1 = '5d9cb1c1f8dd61a3a35425b6b61fab056ff001a4'
const C2 = '90dce6913954828fef22197a77e98430627d0d55'

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        branches: { both: 'c1' },
        tags: [
          { name: 'v1', target: 'c1' },
          { name: 'v2', target: 'c2', message: 'Two\n', tagger: 'mia', date: '2024-01-05T00:00:00Z' },
          { name: 'release/1.0', target: 'c1' },
          { name: 'both', target: 'c1' },
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

const duplicate = thrown(
  'repository.DuplicateRefException',
  "Tag 'v1' already exists in repository 'widgets'",
)

const serverError = thrown(
  null,
  'An error occurred while processing the request. Check the server logs for more information.',
)

async function create(payload: object, url = GIT): Promise<[number, unknown]> {
  return answer(call('POST', url, { payload }))
}

/** Status, and whether a tag object was made. */
async function kindOf(payload: object): Promise<[number, 'annotated' | 'lightweight']> {
  const [status, body] = await create(payload)
  return [status, (body as { hash: string | null }).hash === null ? 'lightweight' : 'annotated']
}

describe('a tag created through the git API', () => {
  it('is answered with 201 and no Location', async () => {
    const { status, body, headers } = await call('POST', GIT, {
      payload: { name: 'new', startPoint: 'main' },
    })
    expect([status, body, headers.location]).toEqual([201, light('new', C2), undefined])
    expect(await answer(call('GET', `${CORE}/new`))).toEqual([200, light('new', C2)])
  })

  it('is what the printed sample asks for', async () => {
    const [status, body] = await create({
      force: 'true',
      message: 'A new release tag',
      name: 'release-tag',
      startPoint: 'refs/heads/main',
      type: 'ANNOTATED',
    })
    const { hash } = body as { hash: string }
    expect([status, body]).toEqual([201, { ...light('release-tag', C2), hash }])
    expect(hash).toMatch(/^[0-9a-f]{40}$/)
  })

  it.each([
    [{}, 'lightweight'],
    [{ message: 'm' }, 'annotated'],
    [{ message: '  ' }, 'lightweight'],
    [{ type: null, message: 'm' }, 'annotated'],
    [{ type: 'LIGHTWEIGHT' }, 'lightweight'],
    [{ type: 'LIGHTWEIGHT', message: 'dropped' }, 'lightweight'],
    [{ type: 'ANNOTATED', message: 'm' }, 'annotated'],
  ])('with %j is %s', async (more, kind) => {
    expect(await kindOf({ name: 'new', startPoint: C1, ...more })).toEqual([201, kind])
  })

  it.each([{}, { message: '' }, { message: ' \n' }, { message: null }])(
    'cannot be annotated with %j',
    async (more) => {
      expect(await create({ name: 'new', startPoint: C1, type: 'ANNOTATED', ...more })).toEqual([
        400,
        thrown('validation.ArgumentValidationException', 'A message is required to create an annotated tag.'),
      ])
    },
  )

  it.each(['INVALID', 'annotated', 'Lightweight', '', ' ANNOTATED', 5, true, {}])(
    'is an internal error with type %j, and is not made',
    async (type) => {
      expect(await create({ name: 'new', startPoint: C1, type })).toEqual([500, serverError])
      expect((await call('GET', `${CORE}/new`)).status).toBe(404)
    },
  )

  it('fails over its type before anything else is looked at', async () => {
    expect(await create({ type: 'INVALID' })).toEqual([500, serverError])
    expect(await create({ type: 'INVALID', name: 'v1', startPoint: 'nope' })).toEqual([500, serverError])
  })

  it.each([undefined, false, 'false', null, '', 0, 'FALSE'])(
    'that exists is a conflict with force %j',
    async (force) => {
      expect(await create({ name: 'v1', startPoint: C2, force })).toEqual([409, duplicate])
      expect(await create({ name: 'v1', startPoint: C1, force })).toEqual([409, duplicate])
      expect(await answer(call('GET', `${CORE}/v1`))).toEqual([200, light('v1', C1)])
    },
  )

  it.each([true, 'true', 'True', 1, ' true '])('moves the one that exists with force %j', async (force) => {
    expect(await create({ name: 'v1', startPoint: C2, force })).toEqual([201, light('v1', C2)])
    expect(await answer(call('GET', `${CORE}/v1`))).toEqual([200, light('v1', C2)])
  })

  it('changes its kind with force, and with force need not exist', async () => {
    expect(await create({ name: 'v2', startPoint: C1, force: true })).toEqual([201, light('v2', C1)])
    expect(await kindOf({ name: 'v1', startPoint: C1, force: true, message: 'm' })).toEqual([
      201,
      'annotated',
    ])
    expect(await create({ name: 'new', startPoint: C1, force: true })).toEqual([201, light('new', C1)])
  })

  it.each(['maybe', [], {}, 'yes'])('is refused with force %j', async (force) => {
    const [status, body] = await create({ name: 'new', startPoint: C1, force })
    const { errors } = body as { errors: { exceptionName: string }[] }
    expect([status, errors[0]?.exceptionName]).toEqual([
      400,
      'com.fasterxml.jackson.databind.JsonMappingException',
    ])
  })

  it('complains like the core API', async () => {
    expect(await create({ name: 'a b', startPoint: 'nope' })).toEqual([
      400,
      thrown('commit.NoSuchCommitException', "'nope' is an invalid tag point."),
    ])
    expect(await create({ name: 'a b', startPoint: C1 })).toEqual([
      400,
      thrown('repository.InvalidRefNameException', "'a b' is an invalid tag name."),
    ])
    expect(await create({ name: 'v1/x', startPoint: C1, force: true })).toEqual([
      400,
      thrown('repository.ConflictingRefNameException', "'v1/x' conflicts with existing tag 'v1'"),
    ])
    expect(await create({})).toEqual([
      400,
      {
        errors: [
          { context: 'name', message: 'name must not be null', exceptionName: null },
          { context: 'startPoint', message: 'startPoint must not be null', exceptionName: null },
        ],
      },
    ])
    expect(await create({ name: 'v1', startPoint: 'main' }, EMPTY)).toEqual([
      409,
      thrown('repository.IllegalRepositoryStateException', 'Repository ACME/empty is empty.'),
    ])
  })

  it('is for those who may write', async () => {
    const payload = { name: 'new', startPoint: 'main' }
    expect(await answer(callerOf(app)('POST', GIT, { payload }))).toEqual([401, NOT_PERMITTED])
    expect(await answer(callerOf(app, bearer('rex-token'))('POST', GIT, { payload }))).toEqual([
      401,
      NOT_PERMITTED,
    ])
  })

  it('is 409 for a clash of names where that is switched on', async () => {
    const quirky = await buildApp({
      quirks: ['bitbucket.refConflict409'],
      fixture: world(project('acme/widgets', 1, { tags: [{ name: 'v1', target: 'c1' }] })),
    })
    const payload = { name: 'v1/x', startPoint: 'main' }
    const { status } = await callerOf(quirky, bearer('dee-token'))('POST', GIT, { payload })
    await quirky.close()
    expect(status).toBe(409)
  })
})

describe('a tag deleted through the git API', () => {
  it.each(['v1', 'v2', 'release/1.0', 'refs/tags/v1', 'refs/tags/release/1.0'])(
    'is gone without a word: %s',
    async (path) => {
      const { status, text, headers } = await call('DELETE', `${GIT}/${path}`)
      expect([status, text, headers['content-type']]).toEqual([204, '', undefined])
      expect((await call('GET', `${CORE}/${path}`)).status).toBe(404)
      expect((await call('DELETE', `${GIT}/${path}`)).status).toBe(404)
    },
  )

  it('leaves a branch of the same name alone', async () => {
    expect((await call('DELETE', `${GIT}/both`)).status).toBe(204)
    expect((await call('GET', '/rest/api/1.0/projects/ACME/repos/widgets/commits/both')).status).toBe(200)
    expect((await call('DELETE', `${GIT}/both`)).status).toBe(404)
  })

  it.each(['v9', 'main', 'V1', 'v1/', C1])('is missed when there is no %s', async (name) => {
    expect(await answer(call('DELETE', `${GIT}/${name}`))).toEqual([
      404,
      thrown('repository.NoSuchTagException', `Tag '${name}' does not exist in repository 'widgets'.`),
    ])
  })

  it('is a bad request in an empty repository', async () => {
    expect(await answer(call('DELETE', `${EMPTY}/v1`))).toEqual([
      400,
      thrown('validation.ArgumentValidationException', 'Repository ACME/empty is empty.'),
    ])
  })

  it('needs no content type, and any body will do', async () => {
    const headers = { 'content-type': 'text/plain' }
    expect((await call('DELETE', `${GIT}/v1`, { headers, payload: 'anything' })).status).toBe(204)
    const json = { 'content-type': 'application/json' }
    expect((await call('DELETE', `${GIT}/v2`, { headers: json })).status).toBe(204)
  })

  it('is for those who may write, and existence comes after that', async () => {
    const as = (headers: Record<string, string>, name: string) =>
      answer(callerOf(app, headers)('DELETE', `${GIT}/${name}`))
    expect(await as({}, 'v1')).toEqual([401, NOT_PERMITTED])
    expect(await as(bearer('rex-token'), 'v1')).toEqual([401, NOT_PERMITTED])
    expect(await as(bearer('rex-token'), 'v9')).toEqual([401, NOT_PERMITTED])
  })
})

describe('the git API', () => {
  it.each([
    ['GET', GIT, 'POST,OPTIONS'],
    ['PUT', GIT, 'POST,OPTIONS'],
    ['DELETE', GIT, 'POST,OPTIONS'],
    ['GET', `${GIT}/v1`, 'DELETE,OPTIONS'],
    ['POST', `${GIT}/v1`, 'DELETE,OPTIONS'],
    ['PUT', CORE, 'HEAD,POST,GET,OPTIONS'],
    ['DELETE', CORE, 'HEAD,POST,GET,OPTIONS'],
    ['PATCH', CORE, 'HEAD,POST,GET,OPTIONS'],
    ['POST', `${CORE}/v1`, 'HEAD,GET,OPTIONS'],
    ['PUT', `${CORE}/release/1.0`, 'HEAD,GET,OPTIONS'],
  ])('and the core API know no %s %s', async (method, url, allow) => {
    const { status, headers, body } = await call(method, url, { headers: { accept: 'application/json' } })
    expect([status, headers.allow, body]).toEqual([
      405,
      allow,
      { message: 'HTTP 405 Method Not Allowed', 'status-code': 405 },
    ])
  })
})
