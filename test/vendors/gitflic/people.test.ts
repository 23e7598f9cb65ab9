import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidOf } from '../../../src/forge/identifier.ts'
import { answer, type Call } from '../../caller.ts'
import { as, DENIED, MISSING, NOTHING, project, serve, world } from './world.ts'

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  ;[app, call] = await serve(
    world(project('acme/gadgets', { visibility: 'public' }), project('tools/hammer')),
  )
})

afterAll(() => app.close())

const ADA = {
  id: uuidOf('user ada'),
  username: 'ada',
  name: 'Ada',
  surname: 'Admin',
  fullName: 'Ada Admin',
  avatar: '/upload/ada.jpg',
  cover: null,
}

const SETTINGS = {
  allowImportBranchProtection: false,
  allowImportEnvironmentProtection: false,
  allowImportTagProtection: false,
  allowImportMrApprovalConfigAndRules: false,
  allowImportPipelineLifetimeSetting: false,
}

describe('users', () => {
  it('see their own e-mail address, keys in their order', async () => {
    expect((await call('GET', '/user/me', as('mia'))).text).toBe(
      `{"id":"${uuidOf('user mia')}","username":"mia","name":"Mia","surname":"van Dam","email":"mia@example.test","fullName":"Mia van Dam","avatar":"/static/image/avatar.jpg","cover":null}`,
    )
  })

  it('have a profile without it', async () => {
    expect(await answer(call('GET', '/user/ada'))).toEqual([200, ADA])
    expect(await answer(call('GET', '/rest-api/user/rex'))).toEqual([
      200,
      {
        ...ADA,
        id: uuidOf('user rex'),
        username: 'rex',
        name: 'Rex',
        surname: '',
        fullName: 'Rex',
        avatar: '/static/image/avatar.jpg',
      },
    ])
    for (const name of ['nobody', 'Ada', 'acme'])
      expect(await answer(call('GET', `/user/${name}`))).toEqual(MISSING)
  })

  it('are listed', async () => {
    expect(await answer(call('GET', '/user?size=1'))).toEqual([
      200,
      { _embedded: { userList: [ADA] }, page: { size: 1, totalElements: 7, totalPages: 7, number: 0 } },
    ])
  })
})

describe('companies and teams', () => {
  const acme = {
    id: uuidOf('company acme'),
    alias: 'acme',
    title: 'Acme',
    description: '',
    url: null,
    contactPhone: null,
    contactEmail: null,
    ownerAlias: 'ada',
    avatar: '/static/image/avatar.jpg',
    private: false,
    selectorTitle: 'Acme',
    selectorId: uuidOf('company acme'),
    isDeleted: false,
    selectorOwnerAlias: null,
    hexColor: null,
    selectorAlias: null,
    selectorColor: null,
    selectorHash: null,
    templateSettings: SETTINGS,
  }
  const { url, contactPhone, contactEmail, ...rest } = acme
  const tools = {
    ...rest,
    id: uuidOf('team tools'),
    alias: 'tools',
    title: 'Tools',
    private: true,
    selectorTitle: 'Tools',
    selectorId: uuidOf('team tools'),
  }

  it('are answered whole, a team without contacts', async () => {
    expect((await call('GET', '/company/acme')).text).toBe(JSON.stringify(acme))
    expect((await call('GET', '/team/tools')).text).toBe(JSON.stringify(tools))
  })

  it('are not one another', async () => {
    for (const path of ['/company/tools', '/team/acme', '/company/ada', '/team/nobody', '/company/ACME'])
      expect(await answer(call('GET', path))).toEqual(MISSING)
  })

  it('are open to strangers when they have something public', async () => {
    expect((await call('GET', '/company/acme', as('sam'))).status).toBe(200)
    expect(await answer(call('GET', '/team/tools', as('sam')))).toEqual(DENIED)
    expect((await call('GET', '/team/tools', as('rex'))).status).toBe(200)
  })

  it('are listed: all public ones, one’s own, and teams shared by others', async () => {
    const page = { size: 10, totalElements: 1, totalPages: 1, number: 0 }
    const companies = { _embedded: { companyList: [acme] }, page }
    const teams = { _embedded: { teamList: [tools] }, page }
    expect(await answer(call('GET', '/company'))).toEqual([200, companies])
    expect(await answer(call('GET', '/company/my', as('ada')))).toEqual([200, companies])
    expect(await answer(call('GET', '/company/my'))).toEqual([200, NOTHING])
    expect(await answer(call('GET', '/team/'))).toEqual([200, NOTHING])
    expect(await answer(call('GET', '/team/my', as('ada')))).toEqual([200, teams])
    expect(await answer(call('GET', '/team/shared'))).toEqual([200, teams])
    expect(await answer(call('GET', '/team/shared', as('sam')))).toEqual([200, NOTHING])
  })
})
