import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { State } from '../../src/forge/state/schema.ts'
import { git } from '../git-binary.ts'
import { checkRepositories, DataFolders, refsIn } from './data-folder.ts'

const folders = new DataFolders()
afterAll(() => folders.close())

const TAGS = '/api/v4/projects/7/repository/tags'
const json = { 'content-type': 'application/json' }

describe('a log that has grown long', () => {
  it('becomes part of the document, and its objects a pack', async () => {
    const one = await folders.open(folders.next())
    const log = join(one.data, 'current/changes.log')
    const sizes: number[] = []
    for (let i = 0; i < 70; i++) {
      const payload = { tag_name: `t${i}`, ref: 'main', message: 'x'.repeat(60_000) }
      expect((await one.call('POST', TAGS, { headers: json, payload })).status).toBe(201)
      sizes.push(statSync(log).size)
    }
    expect(Math.max(...sizes)).toBeLessThan(4.5 * 1024 * 1024)
    expect(sizes.filter((size) => size === 0)).toHaveLength(1)
    const killed = folders.crash(one)
    expect(checkRepositories(killed)).not.toContain('error')
    const again = await folders.open(killed)
    expect(JSON.parse(await again.state())).toEqual(JSON.parse(await one.state()))
  }, 120_000)

  it('has packs put together when there are many', async () => {
    const one = await folders.open(folders.next())
    for (let i = 0; i < 60; i++) {
      const payload = { tag_name: `t${i}`, ref: 'main', message: String(i).repeat(70_000) }
      expect((await one.call('POST', TAGS, { headers: json, payload })).status).toBe(201)
    }
    const folder = join(one.data, 'current/repositories/acme/widgets.git/objects/pack')
    expect(readdirSync(folder).length).toBeLessThan(2 * 20)
    const killed = folders.crash(one)
    expect(checkRepositories(killed)).not.toContain('error')
    const again = await folders.open(killed)
    expect(JSON.parse(await again.state())).toEqual(JSON.parse(await one.state()))
  }, 120_000)
})

describe('a folder', () => {
  it('holds bare repositories that git clones, with the refs that the server shows, at any time', async () => {
    const { call, data, admin } = await folders.open(folders.next())
    await call('POST', `${TAGS}?tag_name=made&ref=main&message=Made`)
    const repository = join(data, 'current/repositories/acme/widgets.git')
    const state = JSON.parse((await admin('GET', '/__admin/state')).text) as State
    expect(refsIn(repository)).toEqual(state.projects[0]!.repository!.refs)
    const clone = folders.next()
    git('/', ['clone', '-q', repository, clone])
    expect(git(clone, ['tag', '-l', '--format=%(contents:subject)', 'made'])).toBe('Made\n')
    expect(checkRepositories(data)).not.toContain('error')
  })

  it('takes names of refs that no file could have, and names that replace folders of names', async () => {
    const one = await folders.open(folders.next())
    const long = 'n'.repeat(400)
    const steps = [
      ['POST', long],
      ['POST', 'Case'],
      ['POST', 'case'],
      ['POST', 'deep/er'],
      ['DELETE', 'deep/er'],
      ['POST', 'deep'],
      ['DELETE', 'deep'],
      ['POST', 'deep/er/still'],
    ] as const
    for (const [method, name] of steps) {
      const path = method === 'POST' ? `?tag_name=${name}&ref=main` : `/${encodeURIComponent(name)}`
      expect((await one.call(method, TAGS + path)).status).toBeLessThan(300)
    }
    const killed = folders.crash(one)
    const names = Object.keys(refsIn(join(killed, 'current/repositories/acme/widgets.git')))
    for (const name of [long, 'Case', 'case', 'deep/er/still']) expect(names).toContain(`refs/tags/${name}`)
    expect(await (await folders.open(killed)).state()).toBe(await one.state())
  })

  it('takes in what somebody’s git did there while no server ran', async () => {
    const one = await folders.open(folders.next())
    await one.app.close()
    const repository = join(one.data, 'current/repositories/acme/widgets.git')
    git(repository, ['tag', 'by-hand', 'main'])
    git(repository, ['gc', '-q'])
    git(repository, ['tag', '-a', '-m', 'Noted', 'by-hand-too', 'main'])
    const two = await folders.open(one.data)
    expect((await two.call('GET', `${TAGS}/by-hand-too`)).body).toMatchObject({ message: 'Noted' })
    expect((await two.call('DELETE', `${TAGS}/by-hand-too`)).status).toBe(204)
    const three = await folders.open(folders.crash(two))
    expect((await three.call('GET', `${TAGS}/by-hand-too`)).status).toBe(404)
    expect((await three.call('GET', `${TAGS}/by-hand`)).status).toBe(200)
  })
})
