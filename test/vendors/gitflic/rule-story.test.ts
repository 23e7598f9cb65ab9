import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answer, type Call } from '../../caller.ts'
import { as, DENIED, NOTHING, owners, project, serve, users } from './world.ts'

let app: FastifyInstance
let call: Call

beforeEach(async () => {
  ;[app, call] = await serve({
    users,
    owners: [
      ...owners,
      {
        alias: 'import',
        kind: 'team',
        members: { mia: 'maintainer', dee: 'developer' },
        importTagRules: true,
        tagRules: [{ pattern: '**', create: 'maintainer' }],
      },
    ],
    projects: [
      project('acme/one', {
        tagRules: [
          { pattern: 'own-*', create: 'nobody' },
          { pattern: 'v*', create: 'developer' },
        ],
      }),
      project('acme/two'),
      project('acme/empty', { commits: [] }),
      project('tools/other'),
      project('import/old'),
    ],
  })
})

afterEach(() => app.close())

const BASE = '/company/acme/tag-protection'

async function rule(tagTemplate: string, allowToCreate: string) {
  const { body } = await call('POST', `${BASE}/create`, {
    ...as('mia'),
    payload: { tagTemplate, allowToCreate },
  })
  return (body as { uuid: string }).uuid
}

async function apply() {
  const { status, text } = await call('POST', `${BASE}/apply-settings-to-projects`, as('mia'))
  expect([status, text]).toEqual([204, ''])
}

async function tag(path: string, tagName: string, name: string) {
  const payload = { tagName, branchName: 'main' }
  return (await call('POST', `/project/${path}/tag/create`, { ...as(name), payload })).status
}

describe('a rule of a company', () => {
  it('changes nothing until it is applied; then developers are refused and administrators are not', async () => {
    await rule('v*', 'ADMINS')
    expect(await tag('acme/two', 'v1', 'dee')).toBe(200)
    await apply()
    const payload = { tagName: 'v2', branchName: 'main' }
    expect(await answer(call('POST', '/project/acme/two/tag/create', { payload }))).toEqual(DENIED)
    expect(await tag('acme/two', 'v2', 'mia')).toBe(200)
    expect(await tag('acme/two', 'v3', 'ada')).toBe(200)
    expect(await tag('acme/two', 'w1', 'dee')).toBe(200)
  })

  it('keeps existing tags readable', async () => {
    await tag('acme/two', 'v1', 'dee')
    await rule('**', 'NO_ONE')
    await apply()
    expect((await call('GET', '/project/acme/two/tag/v1', as('rex'))).status).toBe(200)
  })

  it('with NO_ONE keeps out the owner too', async () => {
    await rule('**', 'NO_ONE')
    await apply()
    expect(await tag('acme/two', 'a/b', 'ada')).toBe(403)
  })

  it('acts on the projects of its owner only', async () => {
    await rule('**', 'NO_ONE')
    await apply()
    expect(await tag('tools/other', 'v1', 'dee')).toBe(200)
  })

  it('overwrites a project’s rule with the same template and leaves its others', async () => {
    await rule('v*', 'NO_ONE')
    await apply()
    expect(await tag('acme/one', 'v1', 'ada')).toBe(403)
    expect(await tag('acme/one', 'own-1', 'ada')).toBe(403)
  })

  it('of several that match, the strictest wins', async () => {
    await rule('v*', 'DEVELOPER')
    await rule('v1*', 'ADMINS')
    await apply()
    expect(await tag('acme/two', 'v2', 'dee')).toBe(200)
    expect(await tag('acme/two', 'v1', 'dee')).toBe(403)
    expect(await tag('acme/two', 'v1', 'mia')).toBe(200)
  })

  it('edited or deleted, goes on acting as it was until the next apply', async () => {
    const uuid = await rule('v*', 'ADMINS')
    await apply()
    const payload = { uuid, allowToCreate: 'DEVELOPER' }
    await call('PATCH', `${BASE}/edit`, { ...as('mia'), payload })
    expect(await tag('acme/two', 'v1', 'dee')).toBe(403)
    await apply()
    expect(await tag('acme/two', 'v1', 'dee')).toBe(200)
    await call('DELETE', `${BASE}/${uuid}`, as('mia'))
    await apply()
    expect(await tag('acme/two', 'v2', 'rex')).toBe(403)
    expect(await tag('acme/two', 'v2', 'dee')).toBe(200)
  })

  it('is applied with any body, and with no rules at all', async () => {
    const headers = { ...as('mia').headers, 'content-type': 'text/plain' }
    const reply = await call('POST', `${BASE}/apply-settings-to-projects`, { headers, payload: 'x' })
    expect(reply.status).toBe(204)
    expect(await tag('acme/two', 'v1', 'dee')).toBe(200)
  })

  it.each([
    ['Release-*', 'Release-1', true],
    ['Release-*', 'Release-', true],
    ['Release-*', 'Release-1/rc', false],
    ['Release-*', 'release-1', false],
    ['Release-*', 'My-Release-1', false],
    ['v?', 'v1', true],
    ['v?', 'v', false],
    ['v?', 'v12', false],
    ['v?x', 'v/x', false],
    ['feature/**', 'feature/a', true],
    ['feature/**', 'feature/a/b', true],
    ['feature/**', 'feature', false],
    ['**', 'any/thing', true],
    ['a.b', 'a.b', true],
    ['a.b', 'axb', false],
    ['(a|b)+$', 'a', false],
  ])('with template %s and the tag %s matches: %s', async (template, name, matches) => {
    await rule(template, 'NO_ONE')
    await apply()
    expect(await tag('acme/two', name, 'ada')).toBe(matches ? 403 : 200)
  })
})

describe('an owner that imports its rules', () => {
  const payload = { title: 'New', alias: 'new', ownerAlias: 'import', ownerAliasType: 'TEAM' }

  it('gives them to projects that are created, not to those that are there', async () => {
    expect((await call('POST', '/project', { ...as('mia'), payload })).status).toBe(200)
    const project = await app.worlds.live.open(app.worlds.live.spec('import/new') as never)
    expect(project.tagRules.map(({ pattern, create }) => [pattern, create])).toEqual([['**', 'maintainer']])
    expect(await tag('import/old', 'v1', 'dee')).toBe(200)
    expect(await answer(call('GET', '/project/import/new/tag', as('mia')))).toEqual([200, NOTHING])
  })

  it('says so in its settings', async () => {
    const { body } = await call('GET', '/team/import', as('mia'))
    expect((body as { templateSettings: object }).templateSettings).toEqual({
      allowImportBranchProtection: false,
      allowImportEnvironmentProtection: false,
      allowImportTagProtection: true,
      allowImportMrApprovalConfigAndRules: false,
      allowImportPipelineLifetimeSetting: false,
    })
  })
})
