import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { answer, type Call } from '../../caller.ts'
import { crowdedWorld } from './rule-worlds.ts'
import { C1, MISSING, serve, unprocessable } from './world.ts'

const TAGS = '/project/ada/widgets/tag'
const CREATE = `${TAGS}/create`

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  ;[app, call] = await serve(crowdedWorld)
})

afterEach(() => app.worlds.reset())

afterAll(() => app.close())

function create(payload: object | string, options: { headers?: Record<string, string> } = {}) {
  return call('POST', CREATE, { ...options, payload })
}

describe('POST /project/{owner}/{project}/tag/create', () => {
  it.each([{}, { tagName: null }, { tagName: '' }, { tagName: ' \t' }])(
    'answers 422 for %j',
    async (name) => {
      expect(await answer(create({ ...name, branchName: 'main' }))).toEqual(unprocessable('tagName', 'empty'))
    },
  )

  it.each(['\u00a0', '\u3000', '\ufeff'])(
    'takes %j for a name: only ASCII white space is blank',
    async (tagName) => {
      const { status, body } = await create({ tagName, branchName: 'main' })
      expect([status, body]).toMatchObject([200, { name: tagName, fullName: `refs/tags/${tagName}` }])
      expect(await answer(create({ tagName: 'v9', branchName: tagName }))).toEqual(MISSING)
      expect(await answer(create({ tagName: 'v9', branchName: 'main', commitId: tagName }))).toEqual(MISSING)
    },
  )

  it('answers 422 without a target', async () => {
    for (const target of [{}, { branchName: '', commitId: ' ' }, { branchName: null }])
      expect(await answer(create({ tagName: 'v1', ...target }))).toEqual(unprocessable('branchName', 'empty'))
  })

  it.each([
    [{ tagName: 1, branchName: 'main' }, 'tagName'],
    [{ tagName: 'v1', branchName: ['main'] }, 'branchName'],
    [{ tagName: 'v1', commitId: {} }, 'commitId'],
    [{ tagName: 'v1', branchName: 'main', message: true }, 'message'],
  ])('answers 422 for the wrong JSON type in %j', async (payload, field) => {
    expect(await answer(create(payload))).toEqual(unprocessable(field, 'invalid'))
  })

  it('tells all that is wrong with a body at once', async () => {
    expect(await answer(create({ tagName: '', message: 5 }))).toEqual([
      422,
      {
        title: 'error.validation',
        status: 422,
        errors: [
          { field: 'tagName', title: 'error.field.empty' },
          { field: 'message', title: 'error.field.invalid' },
          { field: 'branchName', title: 'error.field.empty' },
        ],
      },
    ])
  })

  it.each(['{', '[]', '"text"', 'null', '', '{"tagName":"v1","branchName":"main",}', '{"tagName":"\xff'])(
    'answers 422 for the body %j',
    async (payload) => {
      const reply = create(Buffer.from(payload, 'latin1') as never, {
        headers: { 'content-type': 'application/json' },
      })
      expect(await answer(reply)).toEqual(unprocessable('body', 'invalid'))
    },
  )

  it('answers 422 when there is neither a body nor a type of one', async () => {
    expect(await answer(call('POST', CREATE))).toEqual(unprocessable('body', 'invalid'))
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'nonsense',
    '',
  ])('answers 415 for a body of type %j', async (type) => {
    const reply = create('{"tagName":"v1","branchName":"main"}', { headers: { 'content-type': type } })
    expect(await answer(reply)).toEqual([415, { title: 'error.media.type.not.supported', status: 415 }])
  })

  it.each(['application/json; charset=UTF-8', 'APPLICATION/JSON', 'application/hal+json'])(
    'reads a body of type %s',
    async (type) => {
      const reply = create('\ufeff{"tagName":"v1","branchName":"main"}', {
        headers: { 'content-type': type },
      })
      expect((await reply).status).toBe(200)
    },
  )

  it.each([
    { branchName: 'unknown' },
    { branchName: 'refs/heads/main' },
    { branchName: 'taken' },
    { commitId: C1.slice(0, 10) },
    { commitId: 'main' },
    { commitId: 'f'.repeat(40) },
    { commitId: 'z'.repeat(40) },
    { commitId: '0'.repeat(40) },
    { commitId: '4b825dc642cb6eb9a060e54bf8d69288fbee4904' },
  ])('answers 404 for the target %j', async (target) => {
    expect(await answer(create({ tagName: 'v1', ...target }))).toEqual(MISSING)
  })

  it('answers 404 for the id of a tag object', async () => {
    const { objectId } = (await call('GET', `${TAGS}/annotated`)).body as { objectId: string }
    expect(await answer(create({ tagName: 'v1', commitId: objectId }))).toEqual(MISSING)
  })

  it('answers 404 in an empty repository', async () => {
    const payload = { tagName: 'v1', branchName: 'main' }
    expect(await answer(call('POST', '/project/ada/empty/tag/create', { payload }))).toEqual(MISSING)
  })
})
