import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { bearer, NOT_PERMITTED, NOW, project, thrown, world } from './world.ts'

const HOOKS = '/rest/api/1.0/projects/ACME/repos/widgets/webhooks'

let app: Awaited<ReturnType<typeof buildApp>>
let call: Call

beforeEach(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        webhooks: [
          { url: 'http://any.test/hook' },
          { url: 'http://other.test/hook', vendor: 'gitlab' },
          { url: 'http://own.test/hook', vendor: 'bitbucket', secret: 's', events: ['repo:refs_changed'] },
        ],
      }),
    ),
  })
  call = callerOf(app, bearer('mia-token'))
})
afterEach(() => app.close())

const started = Date.UTC(2024, 0, 1)
const now = Date.parse(NOW)

const fromFixture = [
  {
    id: 1,
    name: 'webhook-1',
    createdDate: started,
    updatedDate: started,
    events: ['repo:refs_changed'],
    configuration: {},
    url: 'http://any.test/hook',
    active: true,
  },
  {
    id: 3,
    name: 'webhook-3',
    createdDate: started,
    updatedDate: started,
    events: ['repo:refs_changed'],
    configuration: { secret: 's' },
    url: 'http://own.test/hook',
    active: true,
  },
]

const payload = {
  name: 'Deploy',
  events: ['repo:refs_changed', 'pr:opened'],
  configuration: { secret: 'x', other: 1 },
  url: 'https://deploy.test/',
  active: false,
  scopeType: 'repository',
}

const made = {
  id: 4,
  name: 'Deploy',
  createdDate: now,
  updatedDate: now,
  events: ['repo:refs_changed', 'pr:opened'],
  configuration: { secret: 'x' },
  url: 'https://deploy.test/',
  active: false,
}

describe('webhooks', () => {
  it('are listed without those of other forges', async () => {
    expect(await answer(call('GET', HOOKS))).toEqual([
      200,
      { size: 2, limit: 25, isLastPage: true, values: fromFixture, start: 0 },
    ])
  })

  it('are made, shown, changed and deleted', async () => {
    expect(await answer(call('POST', HOOKS, { payload }))).toEqual([201, made])
    expect(await answer(call('GET', `${HOOKS}/4`))).toEqual([200, made])
    const change = { name: 'Other', url: 'http://deploy.test/2', events: [] }
    const changed = { ...made, ...change, configuration: {}, active: true }
    expect(await answer(call('PUT', `${HOOKS}/4`, { payload: change }))).toEqual([200, changed])
    expect(await answer(call('GET', `${HOOKS}/4`))).toEqual([200, changed])
    expect(await answer(call('DELETE', `${HOOKS}/4`))).toEqual([204, ''])
    for (const method of ['GET', 'DELETE']) {
      expect(await answer(call(method, `${HOOKS}/4`))).toEqual([
        404,
        thrown('webhook.NoSuchWebhookException', 'Webhook 4 does not exist.'),
      ])
    }
  })

  it.each([
    [{ url: 'http://a.test' }, 'name', 'name must not be null'],
    [{ name: 'a' }, 'url', 'url must not be null'],
    [{ name: ' ', url: 'http://a.test' }, 'name', 'A name is required.'],
    [{ name: 'a', url: 'ftp://a.test' }, 'url', 'The URL must be an http or https address.'],
    [{ name: 'a', url: 'nonsense' }, 'url', 'The URL must be an http or https address.'],
  ])('are refused: %j', async (wrong, context, message) => {
    expect(await answer(call('POST', HOOKS, { payload: wrong }))).toEqual([
      400,
      { errors: [{ context, message, exceptionName: null }] },
    ])
  })

  it('are for administrators of the repository', async () => {
    const dee = callerOf(app, bearer('dee-token'))
    for (const [method, url] of [
      ['GET', HOOKS],
      ['POST', HOOKS],
      ['GET', `${HOOKS}/1`],
      ['DELETE', `${HOOKS}/1`],
    ] as const) {
      const headers = { 'content-type': 'application/json' }
      expect(await answer(dee(method, url, { headers, payload: '{}' }))).toEqual([401, NOT_PERMITTED])
    }
  })
})
