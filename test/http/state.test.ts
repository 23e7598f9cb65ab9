import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { State } from '../../src/forge/state/schema.ts'
import { buildApp } from '../../src/index.ts'
import { type Call, callerOf } from '../caller.ts'
import { git, temporaryFolder } from '../git-binary.ts'
import { crawl } from './crawl.ts'
import { fixture, stir, USERS, vendorCaller } from './state-world.ts'

const NOW = '2024-06-01T12:00:00Z'

let apps: FastifyInstance[]
beforeEach(() => {
  apps = []
})
afterEach(async () => {
  for (const app of apps) await app.close()
})

async function open(options: Parameters<typeof buildApp>[0] = {}) {
  const app = await buildApp({ fixture, clock: NOW, ...options })
  apps.push(app)
  const admin = callerOf(app, { host: 'localhost', 'content-type': 'application/json' })
  return { app, admin, plain: callerOf(app, { host: 'forge.example.test' }), call: vendorCaller(app) }
}

async function stateOf(admin: Call, base = ''): Promise<string> {
  const { status, text, headers } = await admin('GET', `${base}/__admin/state`)
  expect([status, headers['content-type']]).toEqual([200, 'application/json'])
  return text
}

async function put(admin: Call, state: string, base = ''): Promise<void> {
  const { status, text } = await admin('PUT', `${base}/__admin/state`, { payload: state })
  expect([status, text]).toEqual([204, ''])
}

describe('PUT of what GET gave', () => {
  it('changes no answer of any vendor, here, on another server and in a sandbox', async () => {
    const one = await open()
    await stir(one.call)
    const text = await stateOf(one.admin)
    const state = JSON.parse(text) as State
    const before = await crawl(one.plain, state, USERS)
    expect(before.size).toBeGreaterThan(900)
    expect([...before.values()].filter((answer) => answer.startsWith('200')).length).toBeGreaterThan(500)

    await one.admin('POST', '/__admin/reset')
    expect(await stateOf(one.admin)).not.toBe(text)
    await put(one.admin, text)
    expect(differences(before, await crawl(one.plain, state, USERS))).toEqual([])
    expect(await stateOf(one.admin)).toBe(text)

    const other = await open({ fixture: {}, clock: '2001-01-01T00:00:00Z' })
    await put(other.admin, text)
    expect(differences(before, await crawl(other.plain, state, USERS))).toEqual([])
    expect(await stateOf(other.admin)).toBe(text)

    const { body } = await other.admin('POST', '/__admin/sandboxes', { payload: { fixture: {} } })
    const base = `/__sandbox/${(body as { id: string }).id}`
    await put(other.admin, text, base)
    const inside = await crawl(other.plain, state, USERS, base)
    const stripped = new Map([...inside].map(([key, answer]) => [key, answer.replaceAll(base, '')]))
    expect(differences(withoutTags(before), withoutTags(stripped))).toEqual([])
    expect(await stateOf(other.admin, base)).toBe(text)
  }, 120_000)

  it('changes nothing of what happens next: ids, rights and refs go on alike', async () => {
    const one = await open()
    const token = await stir(one.call)
    const other = await open({ fixture: {} })
    await put(other.admin, await stateOf(one.admin))
    const steps: readonly (readonly [string, string, object?])[] = [
      ['POST', '/api/v4/projects/7/protected_tags?name=later-*'],
      ['POST', '/api/v4/projects/7/hooks', { url: 'http://127.0.0.1:1/later' }],
      ['POST', '/api/v4/projects/7/releases', { tag_name: 'late', ref: 'main', description: 'x' }],
      ['POST', '/project', { title: 'More', alias: 'more' }],
      ['POST', '/company/acme/tag-protection/create', { tagTemplate: 'c-*', allowToCreate: 'ADMINS' }],
      ['POST', '/rest/api/1.0/projects/CRW/repos/tools/tags', { name: 'phantom', startPoint: 'kept' }],
      ['GET', '/rest/tags/1.0/projects/CRW/repos/tools/tags'],
      ['DELETE', '/api/v4/projects/7/repository/tags/v2.0.0'],
      ['GET', '/api/v4/projects/7/releases'],
      ['POST', '/v4/repositories/7/repository/tags', { tag_name: '9', ref: 'main' }],
      [
        'POST',
        '/rest/git/1.0/projects/CRW/repos/tools/tags',
        { name: 'kept', startPoint: 'main', type: 'LIGHTWEIGHT' },
      ],
    ]
    for (const [method, path, payload] of steps) {
      const [here, there] = [
        await one.call(method, path, payload && { payload }),
        await other.call(method, path, payload && { payload }),
      ]
      expect([path, there.status, there.text]).toEqual([path, here.status, here.text])
    }
    for (const { plain } of [one, other]) {
      const { status } = await plain('GET', '/v4/user/repositories', { headers: { 'x-auth-token': token } })
      expect(status).toBe(200)
    }
    expect(await stateOf(other.admin)).toBe(await stateOf(one.admin))
  })

  it('keeps the phantom tags of Bitbucket 4.5.2', async () => {
    const one = await open()
    await stir(one.call)
    const other = await open({ fixture: {} })
    await put(other.admin, await stateOf(one.admin))
    const { body } = await other.call('GET', '/rest/tags/1.0/projects/CRW/repos/tools/tags')
    expect(JSON.stringify(body)).toContain('"phantom"')
  })

  it('carries a repository that was read from a disk', async () => {
    const folder = temporaryFolder()
    git(folder.path, ['init', '--quiet', '--initial-branch=trunk', 'real'])
    const real = `${folder.path}/real`
    git(real, ['commit', '--quiet', '--allow-empty', '-m', 'One'])
    git(real, ['tag', '-a', '-m', 'Noted', 'v1'])
    git(real, ['tag', '-a', '-m', 'Nested', 'v2', 'v1'])
    git(real, ['update-ref', 'refs/notes/x', 'HEAD'])
    git(real, ['gc', '--quiet'])
    const one = await open({
      fixture: { users: fixture.users, projects: [{ path: 'mia/real', id: 1, git: real }] },
    })
    const text = await stateOf(one.admin)
    folder.remove()
    const other = await open({ fixture: {} })
    await put(other.admin, text)
    const tags = (world: typeof one) => world.call('GET', '/api/v4/projects/1/repository/tags')
    expect((await tags(other)).text).toBe((await tags(one)).text)
    const [project] = (JSON.parse(text) as State).projects
    expect([project?.repository?.head, Object.keys(project?.repository?.refs ?? {})]).toEqual([
      'refs/heads/trunk',
      ['refs/heads/trunk', 'refs/notes/x', 'refs/tags/v1', 'refs/tags/v2'],
    ])
  })
})

describe('a state', () => {
  it('holds packs that git itself takes', async () => {
    const { admin, call } = await open()
    await stir(call)
    const { projects } = JSON.parse(await stateOf(admin)) as State
    const repository = projects[0]?.repository
    const folder = temporaryFolder()
    git(folder.path, ['init', '--quiet', '--bare', '.'])
    git(folder.path, ['unpack-objects', '-q', '--strict'], {
      input: Buffer.from(repository?.objects ?? '', 'base64'),
    })
    for (const [ref, oid] of Object.entries(repository?.refs ?? {}))
      git(folder.path, ['update-ref', ref, oid])
    expect(git(folder.path, ['fsck', '--full', '--strict', '--no-dangling'])).toBe('')
    expect(git(folder.path, ['for-each-ref', '--format=%(refname)']).split('\n').filter(Boolean)).toEqual(
      Object.keys(repository?.refs ?? {}).sort(),
    )
    folder.remove()
  })

  it('has everything that a project remembers', async () => {
    const { app, admin } = await open()
    const project = await app.worlds.live.open(app.worlds.live.specs[0]!)
    const [described] = (JSON.parse(await stateOf(admin)) as State).projects
    // A field that is added to Project belongs into the state too: see forge/state.
    for (const field of Object.keys(project)) {
      if (field !== 'forge' && field !== 'spec') expect(described).toHaveProperty(field)
    }
    for (const field of Object.keys(project.spec)) {
      if (field !== 'slug' && field !== 'source') expect(described).toHaveProperty(field)
    }
  })

  it('is that of one moment, whatever happens while it is read', async () => {
    const { admin, call } = await open()
    const [text] = await Promise.all([
      stateOf(admin),
      call('POST', '/api/v4/projects/7/repository/tags?tag_name=a&ref=main'),
    ])
    const other = await open({ fixture: {} })
    await put(other.admin, text)
  })

  it('is taken on without forgetting where the world began', async () => {
    const { admin, call } = await open()
    const initial = await stateOf(admin)
    await stir(call)
    const later = await stateOf(admin)
    await admin('POST', '/__admin/reset')
    await put(admin, later)
    await admin('POST', '/__admin/reset')
    expect(await stateOf(admin)).toBe(initial)
  })

  it('brings its clock', async () => {
    const { admin } = await open()
    await admin('PUT', '/__admin/clock', { payload: { now: '2031-02-03T04:05:06.789Z' } })
    const text = await stateOf(admin)
    await admin('POST', '/__admin/reset')
    await put(admin, text)
    expect((await admin('GET', '/__admin/clock')).body).toEqual({
      now: '2031-02-03T04:05:06.789Z',
      frozen: true,
    })
    await admin('PUT', '/__admin/clock', { payload: { frozen: false } })
    const running = await stateOf(admin)
    await admin('POST', '/__admin/reset')
    await put(admin, running)
    const { now, frozen } = (await admin('GET', '/__admin/clock')).body as { now: string; frozen: boolean }
    expect([now.slice(0, 16), frozen]).toEqual(['2031-02-03T04:05', false])
  })

  it('of a world without anything is a state', async () => {
    const { admin } = await open({ fixture: {} })
    const text = await stateOf(admin)
    await put(admin, text)
    expect(await stateOf(admin)).toBe(text)
  })
})

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const keys = new Set([...before.keys(), ...after.keys()])
  return [...keys].filter((key) => before.get(key) !== after.get(key))
}

/** ETags are made from bodies, and those have other addresses in a sandbox. */
function withoutTags(answers: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...answers].map(([key, answer]) => [key, answer.replace(/W\/"[0-9a-f]{32}"/, '')]))
}
