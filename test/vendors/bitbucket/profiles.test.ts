import { describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, callerOf } from '../../caller.ts'
import { bearer, NOW, project, thrown, world } from './world.ts'

const REPOS = '/rest/api/1.0/projects/ACME/repos'

const fixture = world(
  project('acme/widgets', 1, { tags: [{ name: 'v1', target: 'c1' }] }),
  project('acme/four', 2, { tags: [{ name: 'v1', target: 'c1' }], profiles: { bitbucket: '4.5.2' } }),
  project('acme/eight', 3, { tags: [{ name: 'v1', target: 'c1' }], profiles: { bitbucket: 'modern' } }),
  project('acme/odd', 4, { tags: [{ name: 'v1', target: 'c1' }], profiles: { gitlab: '13' } }),
)

async function started(profile?: string) {
  const app = await buildApp({ clock: NOW, fixture, ...(profile && { profiles: { bitbucket: profile } }) })
  return { app, call: callerOf(app, bearer('dee-token')) }
}

describe('a profile', () => {
  it.each([
    [undefined, { version: '8.19.0', buildNumber: '8019000' }],
    ['modern', { version: '8.19.0', buildNumber: '8019000' }],
    ['dc10', { version: '10.2.0', buildNumber: '10002000' }],
    ['4.5.2', { version: '4.5.2', buildNumber: '4005002' }],
    ['documented', { version: '8.19.0', buildNumber: '8019000' }],
  ])('named %s reports its version to anybody', async (name, version) => {
    const { app } = await started(name)
    const { status, body, headers } = await callerOf(app)('GET', '/rest/api/1.0/application-properties')
    expect([status, body]).toEqual([
      200,
      { ...version, buildDate: expect.stringMatching(/^\d{13}$/), displayName: 'Bitbucket' },
    ])
    expect(headers['x-ausername']).toBeUndefined()
    await app.close()
  })

  it('called documented has 400 where servers have 409', async () => {
    const payload = { name: 'v1', startPoint: 'main' }
    for (const [profile, status] of [
      ['documented', 400],
      ['modern', 409],
    ] as const) {
      const { app, call } = await started(profile)
      for (const api of ['api', 'git']) {
        expect(
          await answer(call('POST', `/rest/${api}/1.0/projects/ACME/repos/widgets/tags`, { payload })),
        ).toEqual([
          status,
          thrown('repository.DuplicateRefException', "Tag 'v1' already exists in repository 'widgets'"),
        ])
      }
      await app.close()
    }
  })

  it('of a project wins over the one of the server', async () => {
    const modern = await started()
    const single = async (call: typeof modern.call, slug: string) =>
      (await call('GET', `${REPOS}/${slug}/tags/v1`)).status
    expect(await single(modern.call, 'widgets')).toBe(200)
    expect(await single(modern.call, 'four')).toBe(404)
    expect(await single(modern.call, 'odd')).toBe(200)
    await modern.app.close()

    const four = await started('4.5.2')
    expect(await single(four.call, 'widgets')).toBe(404)
    expect(await single(four.call, 'four')).toBe(404)
    expect(await single(four.call, 'eight')).toBe(200)
    await four.app.close()
  })

  it('of 4.5.2 has neither webhooks nor default-branch, and smaller repositories', async () => {
    const { app, call } = await started()
    for (const path of ['webhooks', 'webhooks/1', 'default-branch']) {
      expect((await call('GET', `${REPOS}/four/${path}`)).status).toBe(404)
      expect((await call('PUT', `${REPOS}/four/${path}`, { payload: {} })).status).toBe(404)
    }
    const keys = async (slug: string) => Object.keys((await call('GET', `${REPOS}/${slug}`)).body as object)
    const few = [
      'slug',
      'id',
      'name',
      'scmId',
      'state',
      'statusMessage',
      'forkable',
      'project',
      'public',
      'links',
    ]
    expect(await keys('four')).toEqual(few)
    expect(await keys('eight')).toEqual([
      'slug',
      'id',
      'name',
      'hierarchyId',
      ...few.slice(3, 9),
      'archived',
      'links',
    ])
    await app.close()
  })
})

describe('the server', () => {
  it('says that it is running', async () => {
    const { app } = await started()
    const { status, text, headers } = await callerOf(app)('GET', '/status')
    expect([status, text, headers['content-type']]).toEqual([
      200,
      '{"state":"RUNNING"}',
      'application/json;charset=UTF-8',
    ])
    await app.close()
  })
})
