import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { answer, type Call, callerOf } from '../caller.ts'

let app: FastifyInstance
let admin: Call
beforeEach(async () => {
  app = await buildApp({ clock: '2024-06-01T12:00:00Z' })
  admin = callerOf(app, { host: 'localhost:4747' })
})
afterEach(() => app.close())

describe('the clock', () => {
  const put = (payload: object) => answer(admin('PUT', '/__admin/clock', { payload }))

  it.each(['March 7', '1', '2024', '2024-02-31T00:00:00Z', '2024-06-01T25:00:00Z'])(
    'is not set to %j, which is no ISO 8601 instant',
    async (now) => {
      const refusal = { error: 'invalid-clock', message: 'now must be an ISO 8601 instant.' }
      expect(await put({ now })).toEqual([422, refusal])
    },
  )

  it.each([
    ['2024-06-02', '2024-06-02T00:00:00.000Z'],
    ['2024-06-02T10:00:00', '2024-06-02T10:00:00.000Z'],
    ['2024-06-02T10:00:00.250+02:00', '2024-06-02T08:00:00.250Z'],
  ])('is set to %s', async (now, shown) => {
    expect(await put({ now })).toEqual([200, { now: shown, frozen: true }])
  })

  it('stays as it was where it would leave the years that dates have a form for', async () => {
    const refusal = { error: 'invalid-clock', message: 'The clock goes from the year 0000 to 9999.' }
    expect(await put({ now: '9999-12-31T23:00:00Z', advance: 3600 })).toEqual([422, refusal])
    expect(await put({ now: '9999-12-31T23:00:00Z' })).toEqual([
      200,
      { now: '9999-12-31T23:00:00.000Z', frozen: true },
    ])
    expect(await put({ advance: 9e9 })).toEqual([422, refusal])
    expect(await answer(admin('GET', '/__admin/clock'))).toEqual([
      200,
      { now: '9999-12-31T23:00:00.000Z', frozen: true },
    ])
  })
})

describe('a sandbox', () => {
  it.each([null, 5, {}])('does not begin with a snapshot that is named %j', async (snapshot) => {
    expect(await answer(admin('POST', '/__admin/sandboxes', { payload: { snapshot } }))).toEqual([
      422,
      { error: 'invalid-body', message: 'snapshot must be the name of one.' },
    ])
  })
})

describe('a fault', () => {
  const post = (payload: object) => answer(admin('POST', '/__admin/faults', { payload }))

  it('needs no project', async () => {
    await admin('POST', '/__admin/reset', { payload: {} })
    expect(await post({ status: 503 })).toMatchObject([201, { id: '1' }])
    expect((await admin('GET', '/api/v4/version')).status).toBe(503)
  })

  it('that fills a project needs one', async () => {
    await admin('POST', '/__admin/reset', { payload: {} })
    expect(await post({ scenario: 'gitlab-page-formula' })).toEqual([
      422,
      { error: 'invalid-fault', message: 'project: there is no project at all.' },
    ])
  })

  it.each([
    [
      { scenario: 'gitlab-page-formula', vendor: 'bitbucket' },
      'vendor: gitlab-page-formula is not about bitbucket; allowed: gitlab.',
    ],
    [
      { scenario: 'gitlab-page-formula', operation: 'gitlab.createTag' },
      'operation: gitlab-page-formula is not about gitlab.createTag; allowed: gitlab.listTags.',
    ],
    [
      { cutPack: 0.5, operation: 'gitlab.createTag' },
      'operation: gitlab.createTag sends no packfile; allowed: git.uploadPack.',
    ],
  ])('that could never happen is refused: %j', async (rule, message) => {
    expect(await post(rule)).toEqual([422, { error: 'invalid-fault', message }])
  })
})
