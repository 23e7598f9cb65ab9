import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { type Call, callerOf } from '../caller.ts'

const world = (profiles: object) => ({
  users: [{ username: 'mia', password: 'mia-password', tokens: ['mia-token'] }],
  projects: [{ path: 'mia/x', id: 1, commits: [{ label: 'c', message: 'C\n' }], profiles }],
})

let app: FastifyInstance
let admin: Call
beforeEach(async () => {
  app = await buildApp({ fixture: world({}) })
  admin = callerOf(app, { host: 'localhost', 'content-type': 'application/json' })
})
afterEach(() => app.close())

/** Each way to post a world in which a project is on other versions. */
const ways: [string, (profiles: object) => ReturnType<Call>][] = [
  ['reset', (profiles) => admin('POST', '/__admin/reset', { payload: world(profiles) })],
  ['sandboxes', (profiles) => admin('POST', '/__admin/sandboxes', { payload: { fixture: world(profiles) } })],
  [
    'state',
    async (profiles) => {
      const state = (await admin('GET', '/__admin/state')).body as { projects: { profiles: object }[] }
      state.projects[0]!.profiles = profiles
      return admin('PUT', '/__admin/state', { payload: state })
    },
  ],
]

describe.each(ways)('a world that is posted to %s', (_way, post) => {
  it('may have projects on other versions', async () => {
    const { status, text } = await post({ bitbucket: '4.5.2', gitlab: '14' })
    expect([status < 300, text.includes('profile')]).toEqual([true, false])
  })

  it('is refused when there is no such version, and nothing of it is loaded', async () => {
    const before = (await admin('GET', '/__admin/state')).text
    expect(await post({ gitlab: '99' })).toMatchObject({
      status: 422,
      body: {
        problems: [
          {
            path: 'projects[0].profiles.gitlab',
            message: expect.stringMatching(/^gitlab has no profile "99"; allowed: current, /),
          },
        ],
      },
    })
    expect((await admin('GET', '/__admin/state')).text).toBe(before)
    expect((await admin('GET', '/__admin/sandboxes')).body).toEqual({ sandboxes: [] })
  })

  it('is refused when there is no such vendor', async () => {
    expect(await post({ github: '1' })).toMatchObject({
      status: 422,
      body: { problems: [{ path: expect.stringMatching(/^projects\[0\]\.profiles/) }] },
    })
  })
})
