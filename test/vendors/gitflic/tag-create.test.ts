import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { answer, type Call } from '../../caller.ts'
import { crowdedWorld } from './rule-worlds.ts'
import { as, C1, C2, C3, DENIED, F1, serve, unprocessable } from './world.ts'

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
  it('answers 200 with an annotated tag by the token’s owner, now, its message kept as it came', async () => {
    const { status, headers, body } = await create({
      tagName: 'v1',
      branchName: 'main',
      message: 'One\ntwo\n\nthree',
    })
    expect([status, headers['content-type'], headers.location]).toEqual([200, 'application/json', undefined])
    expect(body).toEqual({
      name: 'v1',
      fullName: 'refs/tags/v1',
      objectId: expect.stringMatching(/^[0-9a-f]{40}$/),
      shortMessage: 'One two',
      fullMessage: 'One\ntwo\n\nthree',
      commitId: C3,
      personIdent: {
        name: 'Dee Developer',
        avatar: '/static/image/avatar.jpg',
        emailAddress: 'dee@example.test',
        when: '2024-06-01T12:00:00Z',
      },
      lightWeight: false,
    })
    expect((body as { objectId: string }).objectId).not.toBe(C3)
    expect(await answer(call('GET', `${TAGS}/v1`))).toEqual([200, body])
  })

  it.each([{}, { message: null }, { message: '' }])(
    'makes %j annotated too, with empty messages',
    async (message) => {
      const { body } = await create({ tagName: 'v1', branchName: 'main', ...message })
      expect(body).toMatchObject({ shortMessage: '', fullMessage: '', lightWeight: false })
    },
  )

  it.each([
    [{ branchName: 'feature/x' }, F1],
    [{ commitId: C2 }, C2],
    [{ commitId: C1, branchName: 'main' }, C1],
    [{ commitId: C1, branchName: 'unknown' }, C1],
    [{ commitId: C2.toUpperCase() }, C2],
    [{ commitId: '', branchName: 'main' }, C3],
    [{ commitId: null, branchName: 'main', extra: [1], __proto__: null }, C3],
  ])('takes its target from %j', async (target, oid) => {
    expect((await create({ tagName: 'v1', ...target })).body).toMatchObject({ commitId: oid })
  })

  it.each([
    '@',
    '-dash',
    'release/1.0',
    'ünïcode',
    'UPPER',
    'HEAD',
    'create',
    'a.lock.b',
    'x'.repeat(255),
    `${'x'.repeat(200)}/${'y'.repeat(200)}`,
  ])('accepts the name %s', async (tagName) => {
    expect((await create({ tagName, branchName: 'main' })).body).toMatchObject({ name: tagName })
  })

  it.each([
    'a b',
    'a\tb',
    'a\u007fb',
    'a~',
    'a^',
    'a:b',
    'a?',
    'a[',
    'a*',
    'a\\b',
    'a..b',
    'a@{b',
    'a//b',
    '/a',
    'a/',
    'a.',
    '.a',
    'a/.b',
    'a.lock',
    // JGit would take this one; the repository underneath is git's, and git does not.
    'a.lock/b',
    'x'.repeat(256),
    'ü'.repeat(128),
  ])('answers 422 for the name %j', async (tagName) => {
    expect(await answer(create({ tagName, branchName: 'main' }))).toEqual(unprocessable('tagName', 'invalid'))
  })

  it('answers 422 for a name that is taken, with the same target or another, and leaves the tag alone', async () => {
    const before = await answer(call('GET', `${TAGS}/taken`))
    for (const commitId of [C1, C3])
      expect(await answer(create({ tagName: 'taken', commitId, message: 'x' }))).toEqual(
        unprocessable('tagName', 'exists'),
      )
    expect(await answer(call('GET', `${TAGS}/taken`))).toEqual(before)
  })

  it.each(['dir', 'taken/below', 'dir/leaf/below'])(
    'answers 422 for %s, which cannot stand beside another tag',
    async (tagName) => {
      expect(await answer(create({ tagName, branchName: 'main' }))).toEqual(
        unprocessable('tagName', 'exists'),
      )
    },
  )

  it('lets exactly one of many creations of a name through', async () => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => create({ tagName: 'race', branchName: 'main' })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(422)])
  })

  it.each([
    ['locked-1', 'ada', 403],
    ['locked-1/x', 'dee', 200],
    ['locked-', 'dee', 403],
    ['Locked-1', 'dee', 200],
    ['admin-a/b', 'dee', 403],
    ['admin-a/b', 'mia', 200],
    ['admin-a', 'ada', 200],
    ['open-1', 'dee', 200],
    ['open-1', 'rex', 403],
    ['my-admin-x', 'dee', 200],
  ])('holds %s by %s against the rules of the project: %i', async (tagName, name, status) => {
    expect((await create({ tagName, branchName: 'main' }, as(name))).status).toBe(status)
  })

  it.each(['rex', 'gus', 'sam'])('answers 403 to %s, who is no developer', async (name) => {
    expect(await answer(create({ tagName: 'v1', branchName: 'main' }, as(name)))).toEqual(DENIED)
  })

  it('answers 403 in an archived project', async () => {
    const payload = { tagName: 'v1', branchName: 'main' }
    expect(await answer(call('POST', '/project/ada/closed/tag/create', { payload }))).toEqual(DENIED)
  })

  it('does not move a tag along with its branch', async () => {
    await create({ tagName: 'fixed', branchName: 'feature/x' })
    await call('POST', '/project/ada/widgets/branch', { payload: { newBranch: 'y', originBranch: 'main' } })
    expect((await call('GET', `${TAGS}/fixed`)).body).toMatchObject({ commitId: F1 })
  })
})
