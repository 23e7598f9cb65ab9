import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { State } from '../../src/forge/state/schema.ts'
import { git } from '../git-binary.ts'
import { crawl } from '../http/crawl.ts'
import { stir, USERS } from '../http/state-world.ts'
import { checkRepositories, DataFolders, refsIn, repositoriesIn } from './data-folder.ts'

const folders = new DataFolders()
afterAll(() => folders.close())

const TAGS = '/api/v4/projects/7/repository/tags'
const json = { 'content-type': 'application/json' }

describe('after a restart', () => {
  it('every answer of every vendor is what it was, whether the server was stopped or killed', async () => {
    const one = await folders.open(folders.next())
    await stir(one.call)
    await one.call('PUT', '/rest/api/1.0/projects/ACME/repos/widgets/branches/default', {
      headers: json,
      payload: { id: 'refs/heads/side' },
    })
    const text = await one.state()
    const before = await crawl(one.plain, JSON.parse(text) as State, USERS)
    expect([...before.values()].filter((answer) => answer.startsWith('200')).length).toBeGreaterThan(500)
    const killed = folders.crash(one)
    expect(readFileSync(join(killed, 'current/changes.log'), 'utf8')).not.toBe('')
    await one.app.close()
    expect(readFileSync(join(one.data, 'current/changes.log'), 'utf8')).toBe('')
    for (const data of [one.data, killed]) {
      expect(checkRepositories(data)).not.toContain('error')
      const again = await folders.open(data, { fixture: {}, clock: '2001-01-01T00:00:00Z' })
      expect(JSON.parse(await again.state())).toEqual(JSON.parse(text))
      const after = await crawl(again.plain, JSON.parse(text) as State, USERS)
      expect([...before].filter(([asked, answer]) => after.get(asked) !== answer)).toEqual([])
      await again.app.close()
      expect(checkRepositories(data)).not.toContain('error')
    }
  }, 240_000)

  it('it can be written on, and restarted again and again', async () => {
    const data = folders.next()
    const expected: string[] = []
    for (let round = 1; round <= 4; round++) {
      const { app, call } = await folders.open(data)
      for (const name of [`light-${round}`, `noted-${round}`]) {
        const message = name.startsWith('noted') ? `&message=${name}` : ''
        expect((await call('POST', `${TAGS}?tag_name=${name}&ref=main${message}`)).status).toBe(201)
        expected.push(name)
      }
      const gone = expected.shift()!
      expect((await call('DELETE', `${TAGS}/${gone}`)).status).toBe(204)
      await app.close()
    }
    const repository = join(data, 'current/repositories/acme/widgets.git')
    const names = Object.keys(refsIn(repository)).map((ref) => ref.replace('refs/tags/', ''))
    expect(names.filter((name) => /-\d$/.test(name)).sort()).toEqual(expected.sort())
    expect(git(repository, ['cat-file', 'tag', 'noted-4'])).toContain('\ntag noted-4\n')
  })

  it('ids are counted on, tokens that were issued are good, and the clock goes as it was set', async () => {
    const one = await folders.open(folders.next())
    const token = await stir(one.call)
    await one.admin('PUT', '/__admin/clock', { payload: { now: '2024-06-01T13:00:00Z' } })
    const hook = { url: 'http://127.0.0.1:1/' }
    const first = await one.call('POST', '/api/v4/projects/7/hooks', { payload: hook })
    const two = await folders.open(folders.crash(one))
    const second = await two.call('POST', '/api/v4/projects/7/hooks', { payload: hook })
    expect((second.body as { id: number }).id).toBe((first.body as { id: number }).id + 1)
    expect((await two.admin('GET', '/__admin/clock')).body).toEqual({
      now: '2024-06-01T13:00:00.000Z',
      frozen: true,
    })
    const asked = await two.plain('GET', '/v4/repositories/7/repository/tags', {
      headers: { 'x-auth-token': token },
    })
    expect(asked.status).toBe(200)
  })

  it('a reset goes back to the fixture that the server was started with, and is kept', async () => {
    const one = await folders.open(folders.next())
    const initial = await one.state()
    await stir(one.call)
    await one.app.close()
    const two = await folders.open(one.data)
    expect(await two.state()).not.toBe(initial)
    expect((await two.admin('POST', '/__admin/reset')).status).toBe(204)
    expect(await two.state()).toBe(initial)
    const killed = folders.crash(two)
    expect(existsSync(join(killed, 'current/repositories/acme/made.git'))).toBe(false)
    expect(await (await folders.open(killed)).state()).toBe(initial)
  })

  it.each(['a fixture', 'a snapshot', 'a state'])('%s that was posted is kept', async (kind) => {
    const one = await folders.open(folders.next())
    await one.admin('PUT', '/__admin/snapshots/before')
    const initial = await one.state()
    await stir(one.call)
    if (kind === 'a fixture')
      await one.admin('POST', '/__admin/reset', { payload: { users: [{ username: 'zoe' }] } })
    if (kind === 'a snapshot') await one.admin('POST', '/__admin/snapshots/before/restore')
    if (kind === 'a state') await one.admin('PUT', '/__admin/state', { payload: initial })
    const text = await one.state()
    expect(text === initial).toBe(kind !== 'a fixture')
    const two = await folders.open(folders.crash(one))
    expect(JSON.parse(await two.state())).toEqual(JSON.parse(text))
  })

  it('a snapshot of the world outlasts the folder that it was read from', async () => {
    const one = await folders.open(folders.next())
    await stir(one.call)
    const text = await one.state()
    const two = await folders.open(folders.crash(one))
    await two.admin('PUT', '/__admin/snapshots/before')
    await two.admin('POST', '/__admin/reset')
    expect((await two.admin('POST', '/__admin/snapshots/before/restore')).status).toBe(204)
    expect(JSON.parse(await two.state())).toEqual(JSON.parse(text))
    const payload = { title: 'New', alias: 'new', ownerAlias: 'acme', ownerAliasType: 'COMPANY' }
    expect((await two.call('POST', '/project', { payload })).status).toBe(200)
    const three = await folders.open(folders.crash(two))
    expect(JSON.parse(await three.state())).toEqual(JSON.parse(await two.state()))
  })

  it('sandboxes and snapshots are gone, and never in the folder', async () => {
    const one = await folders.open(folders.next())
    await one.admin('PUT', '/__admin/snapshots/kept')
    const { body } = await one.admin('POST', '/__admin/sandboxes')
    const base = `/__sandbox/${(body as { id: string }).id}`
    expect((await one.call('POST', `${base}${TAGS}?tag_name=inside&ref=main`)).status).toBe(201)
    const killed = folders.crash(one)
    const tags = repositoriesIn(killed).flatMap((folder) => Object.keys(refsIn(folder)))
    expect(tags).not.toContain('refs/tags/inside')
    const two = await folders.open(killed)
    expect((await two.admin('GET', '/__admin/snapshots')).body).toEqual({ snapshots: [] })
    expect((await two.call('GET', `${base}${TAGS}`)).status).toBe(404)
  })
})
