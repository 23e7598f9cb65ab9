import type { FastifyInstance } from 'fastify'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { FORBIDDEN, invalid, project, world } from './world.ts'

const POLICY = '/v4/repositories/1/general-policy'
const DEFAULTS = {
  disable_fork: false,
  generate_pre_merge_ref: false,
  branch_name_regex: '',
  tag_name_regex: '',
}

let app: FastifyInstance
const as = (token: string): Call => callerOf(app, { 'x-auth-token': token })
const set = (payload: object, token = 'mia-token') => answer(as(token)('PUT', POLICY, { payload }))
const create = (tag_name: string) =>
  answer(
    as('dee-token')('POST', '/v4/repositories/1/repository/tags', { payload: { tag_name, ref: 'main' } }),
  )

beforeAll(async () => {
  app = await buildApp({ fixture: world(project('acme/widgets', 1), project('acme/other', 2)) })
  return () => app.close()
})
beforeEach(() => app.worlds.reset())

it('a repository has no patterns for names until they are set', async () => {
  expect(await answer(as('gus-token')('GET', POLICY))).toEqual([200, DEFAULTS])
  const changed = { ...DEFAULTS, tag_name_regex: 'v\\d+' }
  expect(await set({ tag_name_regex: 'v\\d+' })).toEqual([200, changed])
  expect(await answer(as('gus-token')('GET', POLICY))).toEqual([200, changed])
  expect(await answer(as('gus-token')('GET', POLICY.replace('1', '2')))).toEqual([200, DEFAULTS])
})

it('names of new tags and branches have to match as a whole', async () => {
  await set({ tag_name_regex: 'v\\d+|latest', branch_name_regex: 'topic/.*' })
  expect((await create('v12'))[0]).toBe(201)
  expect((await create('latest'))[0]).toBe(201)
  expect(await create('v1.0')).toEqual(invalid('tag_name', 'The tag_name does not match v\\d+|latest.'))
  const branch = (name: string) =>
    answer(
      as('dee-token')('POST', '/v4/repositories/1/repository/branches', {
        payload: { branch: name, ref: 'main' },
      }),
    )
  expect(await branch('other')).toEqual(invalid('branch', 'The branch does not match topic/.*.'))
  expect((await branch('topic/a'))[0]).toBe(201)
})

it('a pattern that backtracks for ever matches nothing, soon', async () => {
  await set({ tag_name_regex: '(a+)+b' })
  const start = performance.now()
  expect((await create('a'.repeat(60)))[0]).toBe(400)
  expect(performance.now() - start).toBeLessThan(5000)
})

it('is for managers, and takes regular expressions only', async () => {
  expect(await set({ tag_name_regex: '(' })).toEqual(
    invalid('tag_name_regex', 'The tag_name_regex must be a regular expression.'),
  )
  expect(await set({ tag_name_regex: 'v' }, 'dee-token')).toEqual(FORBIDDEN)
})
