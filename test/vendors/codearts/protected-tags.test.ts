import type { FastifyInstance } from 'fastify'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { FORBIDDEN, invalid, MISSING, NO_REPOSITORY, NOW, project, world } from './world.ts'

const RULES = '/v4/repositories/1/protected-tags'
const RULE = '/v4/repositories/1/protected-tag'
const TAGS = '/v4/repositories/1/repository/tags'

let app: FastifyInstance
const as = (token: string): Call => callerOf(app, { 'x-auth-token': token })
const mia: Call = (...given) => as('mia-token')(...given)

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags: ['v1', 'v2', 'release/1.0', 'Beta'].map((name) => ({ name, target: 'c1' })),
        tagRules: [
          { pattern: 'v1', create: 'developer' },
          { pattern: 'stable*', create: 'nobody' },
        ],
      }),
      project('acme/other', 2),
    ),
  })
  return () => app.close()
})
beforeEach(() => app.worlds.reset())

const MANAGER = { id: 3, name: 'Project manager', related_role_id: '3', chinese_name: '项目经理' }
const DEVELOPER = { id: 4, name: 'Developer', related_role_id: '4', chinese_name: '开发人员' }
const COMMITTER = { id: 12, name: 'Committer', related_role_id: '12', chinese_name: 'Committer' }
const rule = (id: number, name: string, more: object = {}) => ({
  id,
  name,
  actions: [{ action: 'create', enable: true, users: [], user_teams: [], roles: [], ...more }],
})
const action = (more: object = {}) => ({ action: 'create', enable: true, ...more })
const protect = (names: string[], ...actions: object[]) =>
  answer(mia('POST', RULES, { payload: { names, actions } }))
const create = async (token: string, tag_name: string) =>
  (await as(token)('POST', TAGS, { payload: { tag_name, ref: 'main' } })).status
const remove = async (token: string, name: string) =>
  (await as(token)('DELETE', `${TAGS.slice(0, -1)}?tag_name=${encodeURIComponent(name)}`)).status

describe('rules', () => {
  it('are listed with whom they let through, those of fixtures by their level', async () => {
    const { status, body, headers } = await mia('GET', RULES)
    expect([status, headers['x-total']]).toEqual([200, '2'])
    expect(body).toEqual([rule(1, 'v1', { roles: [MANAGER, DEVELOPER, COMMITTER] }), rule(2, 'stable*')])
  })

  it('are searched and paged', async () => {
    expect((await mia('GET', `${RULES}?search=STAB`)).body).toEqual([rule(2, 'stable*')])
    expect((await mia('GET', `${RULES}?offset=1&limit=1`)).body).toEqual([rule(2, 'stable*')])
    expect(await answer(mia('GET', `${RULES}?limit=0`))).toEqual(
      invalid('limit', 'The limit must be between 1 and 100.'),
    )
  })

  it('are shown one by one, by name', async () => {
    expect(await answer(mia('GET', `${RULE}?tag_name=stable*`))).toEqual([200, rule(2, 'stable*')])
    expect(await answer(mia('GET', `${RULE}?tag_name=stable`))).toEqual(MISSING)
    expect(await answer(mia('GET', RULE))).toEqual(invalid('tag_name', 'The parameter is required.'))
  })

  it('are made several at once', async () => {
    const made = await protect(
      ['v*', 'release/1.0'],
      action({ user_ids: [3], user_team_ids: [9], related_role_ids: ['3', '6'] }),
    )
    const grants = {
      users: [
        {
          id: 3,
          name: 'Dee D',
          username: 'dee',
          state: 'active',
          avatar_url: null,
          nick_name: null,
          tenant_name: null,
        },
      ],
      user_teams: [{ id: 9, name: 'Crew' }],
      roles: [MANAGER, { id: 6, name: 'Tester', related_role_id: '6', chinese_name: '测试人员' }],
    }
    expect(made).toEqual([201, [rule(3, 'v*', grants), rule(4, 'release/1.0', grants)]])
    expect(await answer(mia('GET', `${RULE}?tag_name=v*`))).toEqual([200, rule(3, 'v*', grants)])
  })

  it('name nobody twice', async () => {
    const twice = action({ user_ids: [3, 3], user_team_ids: [9, 9], related_role_ids: ['6', '6'] })
    const named = { users: [{ id: 3 }], user_teams: [{ id: 9 }], roles: [{ id: 6 }] }
    expect(await protect(['v*'], twice)).toMatchObject([201, [{ actions: [named] }]])
  })

  it('need tags that they match', async () => {
    const refused = invalid('names', 'No tag matches x*.')
    expect(await protect(['v2', 'x*'], action())).toEqual(refused)
    expect(await answer(mia('GET', `${RULE}?tag_name=v2`))).toEqual(MISSING)
  })

  it('exist once for each name', async () => {
    expect(await protect(['v2', 'v1'], action())).toEqual(
      invalid('names', 'The protected tag v1 already exists.'),
    )
    expect(await protect(['v2', 'v2'], action())).toEqual(
      invalid('names', 'The protected tag v2 already exists.'),
    )
    expect((await mia('GET', RULES)).headers['x-total']).toBe('2')
  })

  it('are changed several at once, or one', async () => {
    const payload = {
      names: ['v1', 'stable*'],
      actions: [action({ enable: false, related_role_ids: ['4'] })],
    }
    const changed = { enable: false, roles: [DEVELOPER] }
    expect(await answer(mia('PUT', RULES, { payload }))).toEqual([
      200,
      [rule(1, 'v1', changed), rule(2, 'stable*', changed)],
    ])
    const one = mia('PUT', `${RULE}?tag_name=v1`, { payload: [action({ related_role_ids: ['3'] })] })
    expect(await answer(one)).toEqual([200, rule(1, 'v1', { roles: [MANAGER] })])
    expect((await mia('GET', RULES)).body).toEqual([
      rule(1, 'v1', { roles: [MANAGER] }),
      rule(2, 'stable*', changed),
    ])
  })

  it('that do not exist are not changed, and none of the others', async () => {
    const payload = { names: ['v1', 'none'], actions: [action()] }
    expect(await answer(mia('PUT', RULES, { payload }))).toEqual(MISSING)
    expect(await answer(mia('PUT', `${RULE}?tag_name=none`, { payload: [action()] }))).toEqual(MISSING)
    expect((await mia('GET', `${RULE}?tag_name=v1`)).body).toMatchObject({
      actions: [{ roles: [{ id: 3 }, { id: 4 }, { id: 12 }] }],
    })
  })

  it('are deleted without a body', async () => {
    const { status, text } = await mia('DELETE', `${RULE}?tag_name=v1`)
    expect([status, text]).toEqual([204, ''])
    expect(await answer(mia('DELETE', `${RULE}?tag_name=v1`))).toEqual(MISSING)
  })

  it('are deleted several at once, all or none', async () => {
    const bulk = (names: string[]) => answer(mia('POST', `${RULES}/bulk-deletion`, { payload: { names } }))
    expect(await bulk(['v1', 'none'])).toEqual(MISSING)
    expect((await mia('GET', RULES)).headers['x-total']).toBe('2')
    expect(await bulk(['v1', 'stable*'])).toEqual([204, ''])
    expect(await answer(mia('GET', RULES))).toEqual([200, []])
  })
})

describe('a request that does not fit', () => {
  const required = 'The parameter is required.'
  it.each([
    [{ actions: [action()] }, 'names', required],
    [{ names: [], actions: [action()] }, 'names', 'The parameter cannot be empty.'],
    [{ names: 'v2', actions: [action()] }, 'names', 'The names must be an array.'],
    [{ names: [''], actions: [action()] }, 'names', 'The parameter cannot be empty.'],
    [{ names: [1], actions: [action()] }, 'names', 'The names must be a string.'],
    [{ names: ['a b'], actions: [action()] }, 'names', 'The names must not contain spaces.'],
    [
      { names: ['x'.repeat(501)], actions: [action()] },
      'names',
      'The names is out of max length (500 characters).',
    ],
    [{ names: ['v2'] }, 'actions', required],
    [{ names: ['v2'], actions: [] }, 'actions', 'The parameter cannot be empty.'],
    [{ names: ['v2'], actions: [{}] }, 'action', required],
    [{ names: ['v2'], actions: [{ action: 'push' }] }, 'action', 'The action must be one of create.'],
    [{ names: ['v2'], actions: [action(), action()] }, 'actions', 'The action create must be given once.'],
    [{ names: ['v2'], actions: [action({ enable: 'yes' })] }, 'enable', 'The enable must be true or false.'],
    [{ names: ['v2'], actions: [action({ user_ids: [99] })] }, 'user_ids', 'The user 99 does not exist.'],
    [
      { names: ['v2'], actions: [action({ user_ids: ['3'] })] },
      'user_ids',
      'The user_ids must be an integer.',
    ],
    [
      { names: ['v2'], actions: [action({ user_team_ids: [8] })] },
      'user_team_ids',
      'The user team 8 does not exist.',
    ],
    [
      { names: ['v2'], actions: [action({ related_role_ids: ['99'] })] },
      'related_role_ids',
      'The role 99 does not exist.',
    ],
  ])('is answered 400: %j', async (payload, field, reason) => {
    expect(await answer(mia('POST', RULES, { payload }))).toEqual(invalid(field, reason))
  })

  it('is answered 400: an update that is no list of actions', async () => {
    const update = (payload: object) => answer(mia('PUT', `${RULE}?tag_name=v1`, { payload }))
    expect(await update({ actions: [action()] })).toEqual(invalid('body', 'The body must be an array.'))
    expect(await update([])).toEqual(invalid('body', 'The parameter cannot be empty.'))
  })
})

describe('a rule', () => {
  it('keeps everybody else from creating and deleting, administrators included', async () => {
    expect((await protect(['v*'], action({ user_ids: [3] })))[0]).toBe(201)
    expect(await Promise.all(['root', 'mia', 'dee'].map((name) => create(`${name}-token`, 'v3')))).toEqual([
      403, 403, 201,
    ])
    expect(await remove('mia-token', 'v3')).toBe(403)
    expect(await remove('root-token', 'v2')).toBe(403)
    expect(await create('root-token', 'w1')).toBe(201)
  })

  it('that names nobody is for nobody', async () => {
    await protect(['v2'], action())
    expect(await Promise.all(['root', 'mia', 'dee'].map((name) => remove(`${name}-token`, 'v2')))).toEqual([
      403, 403, 403,
    ])
  })

  it('lets roles and teams through', async () => {
    await protect(['v2'], action({ related_role_ids: ['3'] }))
    await protect(['release/*'], action({ user_team_ids: [9] }))
    expect([await remove('dee-token', 'v2'), await remove('mia-token', 'v2')]).toEqual([403, 204])
    expect([await create('mia-token', 'release/2'), await create('dee-token', 'release/2')]).toEqual([
      403, 201,
    ])
  })

  it('does not give a right that the role has not', async () => {
    await protect(['v2'], action({ user_ids: [3, 4] }))
    expect([await remove('dee-token', 'v2'), await create('rex-token', 'v2')]).toEqual([403, 403])
  })

  it('has no effect when it is switched off', async () => {
    await protect(['v2'], action({ enable: false }))
    expect(await remove('mia-token', 'v2')).toBe(204)
  })

  it('has to agree with every other that matches', async () => {
    await protect(['v*'], action({ related_role_ids: ['3'] }))
    await protect(['v2'], action({ related_role_ids: ['3', '4'] }))
    expect([await create('dee-token', 'v9'), await remove('mia-token', 'v2')]).toEqual([403, 204])
    expect(await create('dee-token', 'v2')).toBe(403)
  })

  it('spans slashes with its star and minds case', async () => {
    await protect(['r*0'], action())
    await protect(['Bet*'], action())
    expect([await remove('mia-token', 'release/1.0'), await create('mia-token', 'beta')]).toEqual([403, 201])
    expect(await create('mia-token', 'Beta2')).toBe(403)
  })

  it('made here bites in the other dialects', async () => {
    await protect(['v2'], action({ user_ids: [3] }))
    await protect(['v*'], action({ user_ids: [3] }))
    const gitlab = (token: string) =>
      callerOf(app, { 'private-token': token })(
        'POST',
        '/api/v4/projects/1/repository/tags?tag_name=v7&ref=main',
      )
    expect((await gitlab('mia-token')).status).toBe(400)
    expect((await gitlab('dee-token')).status).toBe(201)
    const rules = await callerOf(app, { 'private-token': 'mia-token' })(
      'GET',
      '/api/v4/projects/1/protected_tags/v2',
    )
    expect(rules.body).toMatchObject({ name: 'v2', create_access_levels: [{ access_level: 0 }] })
  })
})

describe('who may', () => {
  const writes = [
    ['POST', RULES, { names: ['v2'], actions: [action()] }],
    ['PUT', RULES, { names: ['v1'], actions: [action()] }],
    ['POST', `${RULES}/bulk-deletion`, { names: ['v1'] }],
    ['PUT', `${RULE}?tag_name=v1`, [action()]],
    ['DELETE', `${RULE}?tag_name=v1`, undefined],
  ] as const

  it.each(['dee-token', 'rex-token', 'sam-token', 'mia-reads'])('%s may not change rules', async (token) => {
    for (const [method, url, payload] of writes)
      expect(await answer(as(token)(method, url, payload ? { payload } : {}))).toEqual(FORBIDDEN)
  })

  it('every member may read them', async () => {
    for (const token of ['dee-token', 'gus-token']) expect((await as(token)('GET', RULES)).status).toBe(200)
    expect(await answer(as('sam-token')('GET', RULES))).toEqual(FORBIDDEN)
    expect(await answer(mia('GET', '/v4/repositories/99/protected-tags'))).toEqual(NO_REPOSITORY)
  })
})
