import { afterEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { type Call, callerOf } from '../../caller.ts'
import { basic, NOW, project, world } from './world.ts'

/**
 * The story of a customer with 4.5.2: https://community.atlassian.com, "DELETE request for stash tag". A tag that REST
 * deleted went on showing in the pages, which 4.14.4 no longer did.
 */

const C1 = '5d9cb1c1f8dd61a3a35425b6b61fab056ff001a4'
const C2 = '90dce6913954828fef22197a77e98430627d0d55'

let close = async (): Promise<void> => {}
afterEach(() => close())

async function start(profiles: { server?: string; project?: string }): Promise<Call> {
  const app = await buildApp({
    clock: NOW,
    ...(profiles.server && { profiles: { bitbucket: profiles.server } }),
    fixture: world(
      project('acme/widgets', 1, profiles.project ? { profiles: { bitbucket: profiles.project } } : {}),
    ),
  })
  close = () => app.close()
  return callerOf(app, { ...basic('dee', 'dee-password'), 'x-atlassian-token': 'no-check' })
}

const at = (api: 'api' | 'git' | 'tags') => `/rest/${api}/1.0/projects/ACME/repos/widgets/tags`

function storyOf(call: Call) {
  const names = async (url: string) =>
    ((await call('GET', url)).body as { values: { displayId: string; latestCommit: string }[] }).values
  return {
    create: async (api: 'api' | 'git', startPoint: string) =>
      (
        await call('POST', at(api), {
          payload: { force: 'false', message: 'Test tag', name: '1.0', startPoint, type: 'LIGHTWEIGHT' },
        })
      ).status,
    show: async (api: 'api' | 'git', method = 'GET') => (await call(method, `${at(api)}/1.0`)).status,
    remove: async () => (await call('DELETE', `${at('git')}/1.0`)).status,
    inGit: async () => (await names(at('api'))).map((tag) => tag.displayId),
    onPages: async (commit: string) =>
      (await names(`${at('tags')}?commitId=${commit}`)).map((tag) => tag.displayId),
  }
}

describe.each([{ server: '4.5.2' }, { project: '4.5.2' }])('with 4.5.2 (%j)', (profiles) => {
  it('the core API creates and lists a tag, but does not know it by its address', async () => {
    const { create, show, inGit } = storyOf(await start(profiles))
    expect(await create('api', C1.slice(0, 6))).toBe(200)
    expect(await inGit()).toEqual(['1.0'])
    expect(await show('api')).toBe(404)
    expect(await show('api', 'DELETE')).toBe(404)
    expect(await inGit()).toEqual(['1.0'])
  })

  it('a tag deleted by the git API is gone, but still shown, until a new one replaces it', async () => {
    const { create, remove, inGit, onPages } = storyOf(await start(profiles))
    expect(await create('git', C1)).toBe(201)
    expect(await create('git', C2)).toBe(409)
    expect(await onPages(C1)).toEqual(['1.0'])

    expect(await remove()).toBe(204)
    expect(await inGit()).toEqual([])
    expect(await remove()).toBe(404)
    expect(await onPages(C1)).toEqual(['1.0'])

    expect(await create('git', C2)).toBe(201)
    expect(await inGit()).toEqual(['1.0'])
    expect(await onPages(C1)).toEqual([])
    expect(await onPages(C2)).toEqual(['1.0'])

    expect(await remove()).toBe(204)
    expect(await onPages(C2)).toEqual(['1.0'])
  })
})

describe.each(['modern', 'dc10', 'documented'])('with %s', (server) => {
  it('the pages show what git has', async () => {
    const { create, show, remove, inGit, onPages } = storyOf(await start({ server }))
    expect(await create('api', C1.slice(0, 6))).toBe(200)
    expect(await show('api')).toBe(200)
    expect(await show('api', 'DELETE')).toBe(405)
    expect(await onPages(C1)).toEqual(['1.0'])
    expect(await remove()).toBe(204)
    expect([await inGit(), await onPages(C1), await show('api')]).toEqual([[], [], 404])
    expect(await create('git', C2)).toBe(201)
    expect([await onPages(C1), await onPages(C2)]).toEqual([[], ['1.0']])
  })
})

describe('the index behind the pages', () => {
  it('is a page of tags, of the commits that are asked for or of all', async () => {
    const call = await start({})
    await storyOf(call).create('api', C1)
    const tag = (await call('GET', `${at('api')}/1.0`)).body
    const page = { size: 1, limit: 25, isLastPage: true, values: [tag], start: 0 }
    for (const query of ['', `?commitId=${C1}`, `?commitId=${C2}&commitId=${C1}`]) {
      expect((await call('GET', `${at('tags')}${query}`)).body).toEqual(page)
    }
    expect((await call('GET', `${at('tags')}?commitId=${C2}`)).body).toEqual({ ...page, size: 0, values: [] })
  })
})
