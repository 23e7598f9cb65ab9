import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { answer, type Call, type CallOptions } from '../../caller.ts'
import { ruleWorld } from './rule-worlds.ts'
import { as, DENIED, MISSING, NOTHING, serve, unprocessable } from './world.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  ;[app, call] = await serve(ruleWorld)
})

afterEach(() => app.worlds.reset())

afterAll(() => app.close())

const mine = (options: CallOptions = {}) => ({ ...as('mia'), ...options })

async function create(base: string, tagTemplate: string, allowToCreate = 'ADMINS') {
  const { body } = await call('POST', `${base}/create`, mine({ payload: { tagTemplate, allowToCreate } }))
  return body as { uuid: string }
}

describe.each([
  ['/company/acme/tag-protection', '/team/tools/tag-protection', 'COMPANY'],
  ['/team/tools/tag-protection', '/company/acme/tag-protection', 'TEAM'],
  ['/rest-api/company/acme/tag-protection', '/rest-api/team/tools/tag-protection', 'COMPANY'],
])('%s', (base, other, ownerType) => {
  it('has no rules to begin with', async () => {
    expect(await answer(call('GET', base, mine()))).toEqual([200, NOTHING])
  })

  it('creates a rule and answers it with 200, its keys in their order', async () => {
    const payload = { tagTemplate: 'Release-*', allowToCreate: 'ADMINS', ownerType: 'USER', uuid: 'mine' }
    const { status, headers, text } = await call('POST', `${base}/create`, mine({ payload }))
    const { uuid } = JSON.parse(text) as { uuid: string }
    expect([status, headers['content-type']]).toEqual([200, 'application/json'])
    expect(text).toBe(
      `{"tagTemplate":"Release-*","allowToCreate":"ADMINS","ownerType":"${ownerType}","uuid":"${uuid}"}`,
    )
    expect(uuid).toMatch(UUID)
    expect((await call('GET', `${base}/${uuid}`, mine())).text).toBe(text)
  })

  it('lists rules in the order of their creation, page by page', async () => {
    for (const name of ['z*', 'a*', 'm*']) await create(base, name, 'DEVELOPER')
    const { body, headers } = await call('GET', `${base}?size=2`, mine())
    expect(headers['content-type']).toBe('application/hal+json')
    expect(body).toEqual({
      _embedded: {
        restTagProtectionModelList: [
          { tagTemplate: 'z*', allowToCreate: 'DEVELOPER', ownerType, uuid: expect.stringMatching(UUID) },
          { tagTemplate: 'a*', allowToCreate: 'DEVELOPER', ownerType, uuid: expect.stringMatching(UUID) },
        ],
      },
      page: { size: 2, totalElements: 3, totalPages: 2, number: 0 },
    })
    expect((await call('GET', `${base}?page=7&size=2`, mine())).body).toEqual({
      page: { size: 2, totalElements: 3, totalPages: 2, number: 7 },
    })
  })

  it('edits who may create, by the uuid in the body; the template stays', async () => {
    const { uuid } = await create(base, 'v*')
    const payload = { uuid, allowToCreate: 'NO_ONE', tagTemplate: 'other' }
    const after = { tagTemplate: 'v*', allowToCreate: 'NO_ONE', ownerType, uuid }
    expect(await answer(call('PATCH', `${base}/edit`, mine({ payload })))).toEqual([200, after])
    expect(await answer(call('GET', `${base}/${uuid}`, mine()))).toEqual([200, after])
  })

  it('deletes with 204 and no body, once', async () => {
    const { uuid } = await create(base, 'v*')
    const { status, text, headers } = await call('DELETE', `${base}/${uuid}`, mine())
    expect([status, text, headers['content-type']]).toEqual([204, '', undefined])
    expect(await answer(call('DELETE', `${base}/${uuid}`, mine()))).toEqual(MISSING)
    expect(await answer(call('GET', base, mine()))).toEqual([200, NOTHING])
  })

  it('gives a rule made anew another uuid', async () => {
    const { uuid } = await create(base, 'v*')
    await call('DELETE', `${base}/${uuid}`, mine())
    expect((await create(base, 'v*')).uuid).not.toBe(uuid)
  })

  it('answers 404 for an unknown uuid, one that is none, and another owner’s', async () => {
    const { uuid } = await create(other, 'v*')
    for (const wrong of [uuid, 'df4f3dc7-0000-4000-8000-000000000000', 'nonsense', 'create', 'edit']) {
      expect(await answer(call('GET', `${base}/${wrong}`, mine()))).toEqual(MISSING)
      expect(await answer(call('DELETE', `${base}/${wrong}`, mine()))).toEqual(MISSING)
      const payload = { uuid: wrong, allowToCreate: 'ADMINS' }
      expect(await answer(call('PATCH', `${base}/edit`, mine({ payload })))).toEqual(MISSING)
    }
  })

  it.each([
    [{ allowToCreate: 'ADMINS' }, 'tagTemplate', 'empty'],
    [{ tagTemplate: null, allowToCreate: 'ADMINS' }, 'tagTemplate', 'empty'],
    [{ tagTemplate: ' ', allowToCreate: 'ADMINS' }, 'tagTemplate', 'empty'],
    [{ tagTemplate: 'v*' }, 'allowToCreate', 'empty'],
    [{ tagTemplate: 'v*', allowToCreate: null }, 'allowToCreate', 'empty'],
    [{ tagTemplate: 'v*', allowToCreate: '' }, 'allowToCreate', 'empty'],
    [{ tagTemplate: 'v*', allowToCreate: 'admins' }, 'allowToCreate', 'invalid'],
    [{ tagTemplate: 'v*', allowToCreate: 'MAINTAINER' }, 'allowToCreate', 'invalid'],
    [{ tagTemplate: 'v*', allowToCreate: 1 }, 'allowToCreate', 'invalid'],
    [{ tagTemplate: ['v*'], allowToCreate: 'ADMINS' }, 'tagTemplate', 'invalid'],
    [[], 'body', 'invalid'],
  ] as const)('answers 422 to the new rule %j', async (payload, field, complaint) => {
    const reply = call('POST', `${base}/create`, mine({ payload }))
    expect(await answer(reply)).toEqual(unprocessable(field, complaint))
  })

  it.each([
    [{ allowToCreate: 'ADMINS' }, 'uuid', 'empty'],
    [{ uuid: '', allowToCreate: 'ADMINS' }, 'uuid', 'empty'],
    [{ uuid: 'x' }, 'allowToCreate', 'empty'],
    [{ uuid: 'x', allowToCreate: 'no_one' }, 'allowToCreate', 'invalid'],
  ] as const)('answers 422 to the edit %j', async (payload, field, complaint) => {
    const reply = call('PATCH', `${base}/edit`, mine({ payload }))
    expect(await answer(reply)).toEqual(unprocessable(field, complaint))
  })

  it('answers 422 to a template that there is already, 415 to other media', async () => {
    await create(base, 'v*')
    const payload = { tagTemplate: 'v*', allowToCreate: 'NO_ONE' }
    expect(await answer(call('POST', `${base}/create`, mine({ payload })))).toEqual(
      unprocessable('tagTemplate', 'exists'),
    )
    const headers = { ...as('mia').headers, 'content-type': 'text/plain' }
    expect((await call('POST', `${base}/create`, { headers, payload: '{}' })).status).toBe(415)
  })

  it.each(['dee', 'rex', 'sam'])('is closed to %s, reading included', async (name) => {
    const { uuid } = await create(base, 'v*')
    const payload = { uuid, tagTemplate: 'w*', allowToCreate: 'ADMINS' }
    const calls = [
      ['GET', base],
      ['GET', `${base}/${uuid}`],
      ['POST', `${base}/create`],
      ['PATCH', `${base}/edit`],
      ['DELETE', `${base}/${uuid}`],
      ['POST', `${base}/apply-settings-to-projects`],
    ] as const
    for (const [method, url] of calls) {
      const body = method === 'GET' || method === 'DELETE' ? {} : { payload }
      expect(await answer(call(method, url, { ...as(name), ...body }))).toEqual(DENIED)
    }
  })

  it('answers 404 for an unknown alias or one of another kind, after the body, before rights', async () => {
    for (const alias of ['nobody', 'ada', 'ACME', 'Tools', base.includes('company') ? 'tools' : 'acme']) {
      const wrong = base.replace(/acme|tools/, alias)
      expect(await answer(call('GET', wrong, as('sam')))).toEqual(MISSING)
      expect((await call('POST', `${wrong}/create`, { payload: {} })).status).toBe(422)
    }
  })
})
