import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Call, CallOptions } from '../../caller.ts'
import { ruleWorld } from './rule-worlds.ts'
import { as, serve } from './world.ts'

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  ;[app, call] = await serve(ruleWorld)
})

afterEach(() => app.worlds.reset())

afterAll(() => app.close())

const mine = (options: CallOptions = {}) => ({ ...as('mia'), ...options })

describe('tag protection', () => {
  it('shows the rules of a fixture with the nearest level that GitFlic has', async () => {
    const { body } = await call('GET', '/company/seeded/tag-protection', mine())
    const { restTagProtectionModelList: rules } = (
      body as { _embedded: { restTagProtectionModelList: Record<string, string>[] } }
    )._embedded
    expect(rules.map((rule) => [rule.tagTemplate, rule.allowToCreate])).toEqual([
      ['n*', 'NO_ONE'],
      ['r*', 'DEVELOPER'],
      ['o*', 'ADMINS'],
    ])
  })

  it.each([
    ['GET', '/company/acme/tag-protection', 'company-read', 200],
    ['GET', '/company/acme/tag-protection', 'company-write', 403],
    ['GET', '/company/acme/tag-protection', 'team-write', 403],
    ['POST', '/company/acme/tag-protection/apply-settings-to-projects', 'company-read', 403],
    ['POST', '/company/acme/tag-protection/apply-settings-to-projects', 'company-write', 204],
    ['POST', '/team/tools/tag-protection/apply-settings-to-projects', 'company-write', 403],
    ['POST', '/team/tools/tag-protection/apply-settings-to-projects', 'team-write', 204],
  ])('asks the token for its scope: %s %s with %s, %i', async (method, url, token, status) => {
    expect((await call(method, url, { headers: { authorization: `token ${token}` } })).status).toBe(status)
  })
})
