import { createRequire } from 'node:module'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildApp } from '../../src/index.ts'

/**
 * The npm client `gitflic-api` 5, for what it covers of the API, against a server that listens. Its list of users asks for
 * the current one, and its releases ask for a list and a single one at once, so these two are left to the other tests.
 */

interface Answer {
  readonly status: number
  readonly data: Record<string, unknown> & {
    readonly page?: object
    readonly _embedded?: Record<string, object[]>
  }
}

interface Getter {
  get(type: string): { by(options: { params?: object }): Promise<Answer> }
}

interface Client {
  readonly API: Record<'project' | 'user' | 'team' | 'company' | 'commit', Getter>
}

const { GitFlic } = createRequire(import.meta.url)('gitflic-api') as {
  GitFlic: new (options: { gitflic_api_url: string; gitflic_token: string }) => Client
}

let app: FastifyInstance
let origin: string

beforeAll(async () => {
  // The client prints each of its requests.
  vi.spyOn(console, 'dir').mockImplementation(() => undefined)
  app = await buildApp()
  origin = await app.listen({ port: 0, host: '127.0.0.1' })
})

afterAll(async () => {
  vi.restoreAllMocks()
  await app.close()
})

function client(base = '', token = 'dee-token') {
  return new GitFlic({ gitflic_api_url: origin + base, gitflic_token: token }).API
}

describe.each(['', '/rest-api'])('gitflic-api against %j', (base) => {
  it('knows whose token it has', async () => {
    const { status, data } = await client(base).user.get('currentUser').by({})
    expect([status, data.username, data.email]).toEqual([200, 'dee', 'dee@example.test'])
  })

  it('gets a project', async () => {
    const params = { userAlias: 'acme', projectAlias: 'widgets' }
    const { data } = await client(base).project.get('singleProject').by({ params })
    expect(data).toMatchObject({
      alias: 'widgets',
      private: true,
      httpTransportUrl: `${origin}/project/acme/widgets.git`,
    })
  })

  it.each([
    ['allProjects', ['gadgets', 'hammer']],
    ['myProjects', ['dotfiles']],
    ['sharedProjects', ['widgets', 'gadgets', 'fresh', 'hammer']],
  ])('lists projects: %s', async (type, aliases) => {
    const { data } = await client(base).project.get(type).by({})
    expect(data._embedded?.projectList).toMatchObject(aliases.map((alias) => ({ alias })))
  })

  it('lists and gets companies and teams', async () => {
    const api = client(base, 'ada-token')
    for (const type of ['allCompanies', 'myCompanies'])
      expect((await api.company.get(type).by({})).data._embedded?.companyList).toMatchObject([
        { alias: 'acme' },
      ])
    for (const type of ['allTeams', 'myTeams'])
      expect((await api.team.get(type).by({})).data._embedded?.teamList).toMatchObject([{ alias: 'tools' }])
    expect((await api.team.get('sharedTeams').by({})).data).toEqual({
      page: { size: 10, totalElements: 0, totalPages: 0, number: 0 },
    })
    expect(
      (await api.company.get('singleCompany').by({ params: { companyAlias: 'acme' } })).data,
    ).toMatchObject({ alias: 'acme' })
    expect((await api.team.get('singleTeam').by({ params: { teamAlias: 'tools' } })).data).toMatchObject({
      alias: 'tools',
    })
  })

  it('gets the commit of a tag', async () => {
    const headers = { authorization: 'token dee-token' }
    const tag = (await (
      await fetch(`${origin}${base}/project/acme/widgets/tag/v1.0.0`, { headers })
    ).json()) as {
      commitId: string
    }
    const params = { userAlias: 'acme', projectAlias: 'widgets', commitId: tag.commitId }
    const { data } = await client(base).commit.get('commit').by({ params })
    expect(data).toMatchObject({ hash: tag.commitId, shortMessage: 'Add parts' })
  })

  it('rejects with 403 for a bad token and 404 for what is not there', async () => {
    const bad = client(base, 'nonsense').user.get('currentUser').by({})
    await expect(bad).rejects.toMatchObject({
      response: { status: 403, data: { title: 'AuthenticationException', status: 403 } },
    })
    const params = { userAlias: 'acme', projectAlias: 'nothing' }
    await expect(client(base).project.get('singleProject').by({ params })).rejects.toMatchObject({
      response: { status: 404 },
    })
  })
})
