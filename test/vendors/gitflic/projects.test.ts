import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { uuidOf } from '../../../src/forge/identifier.ts'
import { answer, type Call } from '../../caller.ts'
import { as, DENIED, MISSING, NOTHING, project, serve, unprocessable, world } from './world.ts'

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  ;[app, call] = await serve(
    world(
      project('ada/widgets', {
        name: 'Widgets',
        description: 'Things.',
        topics: ['a', 'b'],
        defaultBranch: 'main',
      }),
      project('acme/gadgets', { name: 'Gadgets', visibility: 'public' }),
      project('tools/hammer', { visibility: 'internal', members: {} }),
      project('dee/own', { members: {}, commits: [] }),
      project('acme/bare', { commits: undefined, members: undefined, repository: false } as never),
    ),
  )
})

afterEach(() => app.worlds.reset())

afterAll(() => app.close())

const WIDGETS = {
  id: uuidOf('project ada/widgets'),
  title: 'Widgets',
  description: 'Things.',
  alias: 'widgets',
  defaultBranch: 'main',
  workBranch: 'main',
  siteUrl: null,
  owner: { alias: 'ada', type: 'USER' },
  language: null,
  forEducation: false,
  forkedFromId: null,
  mirrorUrl: null,
  mirrorType: null,
  allowedMemory: null,
  forkUrl: null,
  httpTransportUrl: 'http://gitflic.test:4747/project/ada/widgets.git',
  sshTransportUrl: 'git@gitflic.test:ada/widgets.git',
  topics: ['a', 'b'],
  mirror: false,
  private: true,
}

async function aliases(url: string, name = 'dee'): Promise<string[]> {
  const { body } = await call('GET', url, as(name))
  const { _embedded } = body as { _embedded?: { projectList: { alias: string }[] } }
  return (_embedded?.projectList ?? []).map(({ alias }) => alias)
}

describe('projects', () => {
  it('are answered whole, in the documented order of keys', async () => {
    const { text } = await call('GET', '/project/ada/widgets/')
    expect(text).toBe(JSON.stringify(WIDGETS))
  })

  it('carry addresses as the client reached them', async () => {
    const headers = { 'x-forwarded-proto': 'https', host: 'flic.test' }
    expect((await call('GET', '/rest-api/project/ada/widgets', { headers })).body).toMatchObject({
      httpTransportUrl: 'https://flic.test/project/ada/widgets.git',
    })
    expect((await call('GET', '/project/ada/widgets', { headers: { host: 'b d[' } })).status).toBe(200)
  })

  it('know their owners’ kinds', async () => {
    expect((await call('GET', '/project/acme/gadgets')).body).toMatchObject({
      owner: { alias: 'acme', type: 'COMPANY' },
      private: false,
    })
    expect((await call('GET', '/project/tools/hammer')).body).toMatchObject({
      owner: { alias: 'tools', type: 'TEAM' },
      private: false,
    })
  })

  it('are 404 when unknown or without a repository, 403 when private', async () => {
    expect(await answer(call('GET', '/project/ada/nothing'))).toEqual(MISSING)
    expect(await answer(call('GET', '/project/acme/bare'))).toEqual(MISSING)
    expect(await answer(call('GET', '/project/ada/widgets', as('sam')))).toEqual(DENIED)
  })

  it('are listed when public, by part of their titles', async () => {
    expect(await aliases('/project')).toEqual(['gadgets', 'hammer'])
    expect(await aliases('/project/?q=GADG')).toEqual(['gadgets'])
    expect(await aliases('/project?q=widgets')).toEqual([])
    expect(await aliases('/project?size=1&page=1')).toEqual(['hammer'])
  })

  it('are listed as one’s own and as shared by others', async () => {
    expect(await aliases('/project/my')).toEqual(['own'])
    expect(await aliases('/project/shared')).toEqual(['widgets', 'gadgets', 'hammer'])
    expect(await aliases('/rest-api/project/my', 'ada')).toEqual(['widgets', 'gadgets', 'hammer'])
    expect(await answer(call('GET', '/project/my', as('sam')))).toEqual([200, NOTHING])
  })
})

describe('POST /project', () => {
  it('creates an empty private project of the caller', async () => {
    const { status, body } = await call('POST', '/project', {
      payload: { title: 'Fresh one', alias: 'fresh' },
    })
    expect([status, body]).toEqual([
      200,
      {
        ...WIDGETS,
        id: uuidOf('project dee/fresh'),
        title: 'Fresh one',
        description: '',
        alias: 'fresh',
        owner: { alias: 'dee', type: 'USER' },
        httpTransportUrl: 'http://gitflic.test:4747/project/dee/fresh.git',
        sshTransportUrl: 'git@gitflic.test:dee/fresh.git',
        topics: [],
      },
    ])
    expect(await answer(call('GET', '/project/dee/fresh/tag'))).toEqual([200, NOTHING])
    expect(await answer(call('GET', '/project/dee/fresh/branch/default'))).toEqual(MISSING)
  })

  it.each([
    [{ alias: 'x' }, 'title', 'empty'],
    [{ title: 'x' }, 'alias', 'empty'],
    [{ title: 'x', alias: 'a b' }, 'alias', 'invalid'],
    [{ title: 'x', alias: 'x', isPrivate: 'no' }, 'isPrivate', 'invalid'],
    [{ title: 'x', alias: 'x', ownerAliasType: 'GROUP' }, 'ownerAliasType', 'invalid'],
    [{ title: 'x', alias: 'OWN' }, 'alias', 'exists'],
  ] as const)('answers 422 to %j', async (payload, field, complaint) => {
    expect(await answer(call('POST', '/project', { payload }))).toEqual(unprocessable(field, complaint))
  })

  it('is for administrators of a company or team, and for oneself', async () => {
    const payload = { title: 'x', alias: 'x', ownerAlias: 'acme', isPrivate: false }
    expect(await answer(call('POST', '/project', { payload }))).toEqual(DENIED)
    expect((await call('POST', '/project', { ...as('mia'), payload })).body).toMatchObject({ private: false })
    for (const more of [{ ownerAlias: 'ada' }, { ownerAlias: 'acme' }])
      expect(await answer(call('POST', '/project', { payload: { ...payload, ...more } }))).toEqual(DENIED)
    for (const more of [{ ownerAlias: 'nobody' }, { ownerAliasType: 'TEAM' }])
      expect(await answer(call('POST', '/project', { payload: { ...payload, ...more } }))).toEqual(MISSING)
  })
})
