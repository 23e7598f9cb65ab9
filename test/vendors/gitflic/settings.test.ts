import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { uuidOf } from '../../../src/forge/identifier.ts'
import { answer, type Call } from '../../caller.ts'
import { as, C1, DENIED, MISSING, NOTHING, project, serve, unprocessable, world } from './world.ts'

const PROJECT = '/project/ada/widgets'
const HOOKS = `${PROJECT}/setting/webhook`

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  ;[app, call] = await serve(
    world(
      project('ada/widgets', {
        tags: ['v1.0', 'v1.1', 'x1', 'v2'].map((name) => ({ name, target: 'c1' })),
        releases: [
          {
            tag: 'v1.0',
            name: 'One',
            description: 'First',
            author: 'mia',
            createdAt: '2024-05-01T00:00:00Z',
          },
          {
            tag: 'x1',
            author: 'dee',
            createdAt: '2024-05-02T00:00:00Z',
            links: [{ name: 'f.zip', url: 'http://x/f.zip' }],
          },
        ],
        webhooks: [
          { url: 'http://127.0.0.1:1/a' },
          { url: 'http://127.0.0.1:1/b', vendor: 'gitlab' },
          { url: 'http://127.0.0.1:1/c', vendor: 'gitflic', secret: 's', events: ['TAG_DELETE'] },
        ],
      }),
      project('ada/plain'),
    ),
  )
})

afterEach(() => app.worlds.reset())

afterAll(() => app.close())

const one = {
  id: uuidOf('release 1'),
  title: 'One',
  projectId: uuidOf('project ada/widgets'),
  authorId: uuidOf('user mia'),
  description: 'First',
  tagName: 'v1.0',
  commitId: C1,
  createdAt: '2024-05-01T00:00:00.000000Z',
  updatedAt: '2024-05-01T00:00:00.000000Z',
  attachmentFiles: [],
  preRelease: false,
}

describe('releases', () => {
  it('are listed newest first and found by part of the tag’s name', async () => {
    const { body } = await call('GET', `${PROJECT}/release`)
    const { releaseTagModelList: list } = (body as { _embedded: { releaseTagModelList: unknown[] } })
      ._embedded
    expect(list[0]).toMatchObject({
      tagName: 'x1',
      attachmentFiles: [{ name: 'f.zip', link: 'http://x/f.zip' }],
    })
    expect(JSON.stringify(list[1])).toBe(JSON.stringify(one))
    expect((await call('GET', `${PROJECT}/release?tagName=1.`)).body).toEqual({
      _embedded: { releaseTagModelList: [one] },
      page: { size: 10, totalElements: 1, totalPages: 1, number: 0 },
    })
    expect(await answer(call('GET', '/project/ada/plain/release'))).toEqual([200, NOTHING])
  })

  it('are answered by their ids', async () => {
    expect(await answer(call('GET', `${PROJECT}/release/${one.id}`))).toEqual([200, one])
    expect(await answer(call('GET', `${PROJECT}/release/v1.0`))).toEqual(MISSING)
  })

  it('are created for tags that exist, once', async () => {
    const payload = { title: 'Two', tagName: 'v2', description: 'D', preRelease: true }
    expect(await answer(call('POST', `${PROJECT}/release`, { payload }))).toEqual([
      200,
      {
        ...one,
        id: uuidOf('release 3'),
        title: 'Two',
        authorId: uuidOf('user dee'),
        description: 'D',
        tagName: 'v2',
        createdAt: '2024-06-01T12:00:00.000000Z',
        updatedAt: '2024-06-01T12:00:00.000000Z',
        preRelease: true,
      },
    ])
    expect(await answer(call('POST', `${PROJECT}/release`, { payload }))).toEqual(
      unprocessable('tagName', 'exists'),
    )
    expect(
      await answer(call('POST', `${PROJECT}/release`, { payload: { ...payload, tagName: 'v9' } })),
    ).toEqual(MISSING)
    expect(await answer(call('POST', `${PROJECT}/release`, { payload: { tagName: 'v2' } }))).toEqual(
      unprocessable('title', 'empty'),
    )
    expect(await answer(call('POST', `${PROJECT}/release`, { ...as('rex'), payload }))).toEqual(DENIED)
  })
})

const off = {
  ISSUE_CREATE: false,
  ISSUE_UPDATE: false,
  NEW_ISSUE_NOTE: false,
  MERGE_REQUEST_CREATE: false,
  MERGE_REQUEST_UPDATE: false,
  MERGE_REQUEST_ACCEPT: false,
  MERGE_REQUEST_CLOSE: false,
  MERGE_REQUEST_CANCEL: false,
  MERGE: false,
  DISCUSSION_CREATE: false,
  TAG_CREATE: false,
  TAG_DELETE: false,
  BRANCH_CREATE: false,
  BRANCH_DELETE: false,
  BRANCH_UPDATE: false,
  COLLABORATOR_ADD: false,
  COLLABORATOR_UPDATE: false,
  COLLABORATOR_DELETE: false,
  PIPELINE_NEW: false,
  PIPELINE_SUCCESS: false,
  PIPELINE_WARNING: false,
  PIPELINE_FAIL: false,
}

describe('webhook settings', () => {
  const hook = {
    id: uuidOf('webhook 4'),
    url: 'http://127.0.0.1:1/new',
    secret: 's3cret',
    projectId: uuidOf('project ada/widgets'),
    createdAt: '2024-06-01T12:00:00.000000Z',
    updatedAt: '2024-06-01T12:00:00.000000Z',
    events: { ...off, TAG_CREATE: true },
  }
  const payload = {
    url: hook.url,
    secret: hook.secret,
    events: { TAG_CREATE: true, TAG_DELETE: false, OTHER: true },
  }

  it('list what is GitFlic’s', async () => {
    const { body } = await call('GET', HOOKS, as('mia'))
    const { webhookList } = (body as { _embedded: { webhookList: unknown[] } })._embedded
    expect(webhookList).toMatchObject([
      { id: uuidOf('webhook 1'), secret: null, events: { ...off, TAG_CREATE: true, TAG_DELETE: true } },
      { id: uuidOf('webhook 3'), secret: 's', events: { ...off, TAG_DELETE: true } },
    ])
  })

  it('are created, edited in part and deleted with POST', async () => {
    expect((await call('POST', HOOKS, { ...as('mia'), payload })).text).toBe(JSON.stringify(hook))
    const change = { secret: 'other', events: { TAG_DELETE: true } }
    expect(await answer(call('POST', `${HOOKS}/${hook.id}`, { ...as('mia'), payload: change }))).toEqual([
      200,
      { ...hook, secret: 'other', events: { ...off, TAG_DELETE: true } },
    ])
    const gone = await call('POST', `${HOOKS}/${hook.id}/delete`, as('mia'))
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect(await answer(call('POST', `${HOOKS}/${hook.id}/delete`, as('mia')))).toEqual(MISSING)
    expect(await answer(call('POST', `${HOOKS}/${uuidOf('webhook 2')}/delete`, as('mia')))).toEqual(MISSING)
  })

  it.each([
    [{ ...payload, url: '' }, 'url', 'empty'],
    [{ ...payload, url: 'ftp://x' }, 'url', 'invalid'],
    [{ ...payload, secret: '' }, 'secret', 'empty'],
    [{ ...payload, secret: undefined }, 'secret', 'empty'],
    [{ ...payload, events: undefined }, 'events', 'empty'],
    [{ ...payload, events: ['TAG_CREATE'] }, 'events', 'invalid'],
    [{ ...payload, events: { TAG_CREATE: 'yes' } }, 'events', 'invalid'],
  ] as const)('are refused with 422: %j', async (wrong, field, complaint) => {
    const reply = call('POST', HOOKS, { ...as('mia'), payload: wrong })
    expect(await answer(reply)).toEqual(unprocessable(field, complaint))
  })

  it.each([
    [{ url: '' }, 'url', 'empty'],
    [{ url: 'x' }, 'url', 'invalid'],
    [{ secret: ' ' }, 'secret', 'empty'],
    [{ events: [] }, 'events', 'invalid'],
  ] as const)('are not edited to %j', async (change, field, complaint) => {
    const reply = call('POST', `${HOOKS}/${uuidOf('webhook 3')}`, { ...as('mia'), payload: change })
    expect(await answer(reply)).toEqual(unprocessable(field, complaint))
  })

  it('are for administrators', async () => {
    expect(await answer(call('GET', HOOKS))).toEqual(DENIED)
    expect(await answer(call('POST', HOOKS, { payload }))).toEqual(DENIED)
  })
})
