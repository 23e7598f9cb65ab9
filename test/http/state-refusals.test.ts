import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { State } from '../../src/forge/state/schema.ts'
import { buildApp } from '../../src/index.ts'
import { type Call, callerOf } from '../caller.ts'
import { packOf } from '../git/pack-builder.ts'
import { fixture, stir, vendorCaller } from './state-world.ts'

let app: FastifyInstance
let admin: Call
/** As the server has it all the time: nothing that is refused may change it. */
let text: string
beforeAll(async () => {
  app = await buildApp({ fixture, clock: '2024-06-01T12:00:00Z' })
  admin = callerOf(app, { host: 'localhost', 'content-type': 'application/json' })
  await stir(vendorCaller(app))
  text = (await admin('GET', '/__admin/state')).text
})
afterAll(() => app.close())

/** Mistakes are made in a copy; whatever the type, it is posted. */
type Loose = {
  [key: string]: unknown
  users: Record<string, unknown>[]
  owners: Record<string, unknown>[]
  tokens: Record<string, unknown>[]
  lastIds: Record<string, number>
  projects: (Omit<State['projects'][number], 'repository' | 'vendorState' | 'owner'> & {
    owner: unknown
    vendorState: Record<string, unknown>
    repository: {
      head: string
      refs: Record<string, string>
      creators: Record<string, string>
      objects: string
    }
  })[]
}

async function refused(spoil: (state: Loose) => void): Promise<unknown> {
  const state = JSON.parse(text) as Loose
  spoil(state)
  const { status, body } = await admin('PUT', '/__admin/state', { payload: JSON.stringify(state) })
  expect((await admin('GET', '/__admin/state')).text).toBe(text)
  const { error, message, problems } = body as {
    error: string
    message: string
    problems: { path: string; message: string }[]
  }
  expect([status, error]).toEqual([422, 'invalid-state'])
  for (const { path, message: sentence } of problems)
    expect(message).toContain(`${path || '(document)'}: ${sentence}`)
  return problems.map((problem) => `${problem.path}: ${problem.message}`)
}

const first = ({ projects }: Loose) => projects[0]!
const NOWHERE = '1'.repeat(40)

/** A pack with a commit whose tree is not in it. */
const LONELY = packOf([
  'commit',
  `tree ${NOWHERE}\nauthor A <a@example.test> 0 +0000\ncommitter A <a@example.test> 0 +0000\n\nAlone\n`,
]).toString('base64')

describe('a state is refused, and nothing of it loaded,', () => {
  it.each<[string, (state: Loose) => void, string[]]>([
    [
      'of another format',
      (s) => {
        s.format = 'x'
      },
      ['format: must be equal to constant'],
    ],
    [
      'of another version',
      (s) => {
        s.version = 2
      },
      ['version: must be equal to constant'],
    ],
    [
      'with an unknown key',
      (s) => {
        s.faults = []
      },
      [': unknown key "faults"'],
    ],
    [
      'with an unknown key of a project',
      (s) => {
        Object.assign(first(s), { stars: 1 })
      },
      ['projects[0]: unknown key "stars"'],
    ],
    [
      'without its users',
      (s) => {
        Reflect.deleteProperty(s, 'users')
      },
      [": must have required property 'users'"],
    ],
    [
      'with a word for a number',
      (s) => {
        s.users[1]!.id = 'two'
      },
      ['users[1].id: must be integer'],
    ],
    [
      'with an unknown role',
      (s) => {
        first(s).members = { dee: 'boss' as never }
      },
      ['projects[0].members.dee: must be one of guest, reporter, developer, maintainer, owner'],
    ],
    [
      'with one id twice',
      (s) => {
        s.users[1]!.id = 1
      },
      ['users[1].id: the id 1 is already used at users[0].id'],
    ],
    [
      'with one token twice',
      (s) => {
        s.tokens[1]!.value = s.tokens[0]!.value
      },
      ['tokens[1].value: the token "ada-token" is already used at tokens[0].value'],
    ],
    [
      'with a token of nobody',
      (s) => {
        s.tokens[0]!.username = 'zoe'
      },
      ['tokens[0].username: there is no user "zoe"'],
    ],
    [
      'with a user who owns nothing',
      (s) => {
        s.owners = s.owners.filter(({ alias }) => alias !== 'ada')
      },
      ['users[0]: is not among the owners, as every user is'],
    ],
    [
      'with a project of nobody',
      (s) => {
        first(s).owner = 99
      },
      ['projects[0].owner: there is no owner 99'],
    ],
    [
      'with a project at another’s place',
      (s) => {
        first(s).path = 'crew/widgets'
      },
      ['projects[0].path: does not lie below "acme", its owner'],
    ],
    [
      'with a path twice',
      (s) => {
        first(s).path = 'acme/Made'
      },
      ['projects[4].path: the path "acme/made" is already used at projects[0].path'],
    ],
    [
      'with members who are not there',
      (s) => {
        first(s).members = { zoe: 'guest' }
      },
      ['projects[0].members.zoe: there is no user "zoe"'],
    ],
    [
      'with a counter that lags behind',
      (s) => {
        s.lastIds.hook = 1
      },
      [
        'projects[0].webhooks[1].id: is above lastIds.hook, which is 1',
        'projects[0].webhooks[2].id: is above lastIds.hook, which is 1',
      ],
    ],
    [
      'with a hook twice',
      (s) => {
        Object.assign(first(s).webhooks[1]!, { id: 1 })
      },
      ['projects[0].webhooks[1].id: the hook 1 is already used at projects[0].webhooks[0].id'],
    ],
    [
      'with a pull request from nowhere',
      (s) => {
        Object.assign(first(s).pullRequests[0]!.source, { projectId: 99 })
      },
      ['projects[0].pullRequests[0].source.projectId: there is no project 99'],
    ],
    [
      'with the memory of an unknown vendor',
      (s) => {
        first(s).vendorState = { github: {} }
      },
      ['projects[0].vendorState.github: there is no vendor that would remember this'],
    ],
    [
      'with a memory that a vendor cannot read',
      (s) => {
        first(s).vendorState = { bitbucket: { phantoms: [{ name: 1 }] } }
      },
      expect.arrayContaining(['projects[0].vendorState.bitbucket.phantoms[0].name: must be string']) as never,
    ],
    [
      'with a creator who is not there',
      (s) => {
        first(s).repository.creators = { 'refs/tags/v2.0.0': 'zoe' }
      },
      ['projects[0].repository.creators["refs/tags/v2.0.0"]: there is no user "zoe"'],
    ],
    [
      'with a ref to nothing',
      (s) => {
        first(s).repository.refs['refs/tags/x'] = NOWHERE
      },
      ['projects[0].repository.refs["refs/tags/x"]: the object is missing'],
    ],
    [
      'with a ref that git does not take',
      (s) => {
        first(s).repository.refs['refs/tags/a..b'] = first(s).repository.refs['refs/heads/main']!
      },
      [expect.stringMatching(/^projects\[0\]\.repository\.refs\["refs\/tags\/a\.\.b"\]: /) as never],
    ],
    [
      'with refs that cannot stand together',
      (s) => {
        first(s).repository.refs['refs/heads/main/x'] = first(s).repository.refs['refs/heads/main']!
      },
      ['projects[0].repository.refs["refs/heads/main/x"]: cannot stand beside "main"'],
    ],
    [
      'with a branch that leads to a tree',
      (s) => {
        first(s).repository.refs['refs/heads/tree'] = first(s).repository.refs['refs/tags/tree']!
      },
      ['projects[0].repository.refs["refs/heads/tree"]: a branch must hold a commit, not a tree'],
    ],
    [
      'with an id that is none',
      (s) => {
        first(s).repository.refs['refs/tags/x'] = 'HEAD'
      },
      ['projects[0].repository.refs.refs/tags/x: must match pattern "^[0-9a-f]{40}$"'],
    ],
    [
      'with a HEAD outside of branches',
      (s) => {
        first(s).repository.head = 'refs/tags/v1'
      },
      ['projects[0].repository.head: HEAD points at a branch'],
    ],
    [
      'with no pack',
      (s) => {
        first(s).repository.objects = ''
      },
      ['projects[0].repository.objects: eof before pack header was fully read'],
    ],
    [
      'with a pack that is none',
      (s) => {
        first(s).repository.objects = Buffer.from('GARBAGE-GARBAGE').toString('base64')
      },
      ['projects[0].repository.objects: protocol error (pack signature mismatch detected)'],
    ],
    [
      'with a pack cut short',
      (s) => {
        first(s).repository.objects = first(s).repository.objects.slice(0, -40)
      },
      [
        expect.stringMatching(
          /^projects\[0\]\.repository\.objects: index-pack abnormal exit; fatal: /,
        ) as never,
      ],
    ],
    [
      'with a pack that lacks objects',
      (s) => {
        first(s).repository.objects = LONELY
      },
      [
        expect.stringMatching(
          /^projects\[0\]\.repository\.objects: [0-9a-f]{40} leads to an object that is missing or of another type$/,
        ) as never,
      ],
    ],
  ])('%s', async (_what, spoil, problems) => {
    expect(await refused(spoil)).toEqual(problems)
  })

  it('with every mistake of a kind named', async () => {
    expect(
      await refused((state) => {
        state.users[0]!.id = 0
        state.projects[1]!.visibility = 'secret' as never
      }),
    ).toEqual([
      'users[0].id: must be >= 1',
      'projects[1].visibility: must be one of private, internal, public',
    ])
  })

  it.each([
    ['', 422],
    ['null', 422],
    ['[]', 422],
    ['{', 400],
    ['"state"', 422],
  ])('as %j', async (payload, status) => {
    expect((await admin('PUT', '/__admin/state', { payload })).status).toBe(status)
    expect((await admin('GET', '/__admin/state')).text).toBe(text)
  })

  it('when it is larger than the server takes', async () => {
    const small = await buildApp({ fixture, stateLimit: 1000 })
    const call = callerOf(small, { host: 'localhost', 'content-type': 'application/json' })
    expect(await call('PUT', '/__admin/state', { payload: text })).toMatchObject({ status: 413 })
    // And no other limit: a state may be larger than what vendors take.
    const large = await buildApp({ fixture: {}, bodyLimit: 100 })
    const other = callerOf(large, { host: 'localhost', 'content-type': 'application/json' })
    expect((await other('PUT', '/__admin/state', { payload: text })).status).toBe(204)
    await small.close()
    await large.close()
  })

  it('from a web page', async () => {
    const { status } = await admin('GET', '/__admin/state', {
      headers: { origin: 'https://evil.example.com' },
    })
    expect(status).toBe(403)
  })
})
