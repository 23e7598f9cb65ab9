import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { gitAsync } from '../git-binary.ts'
import { stir } from '../http/state-world.ts'
import { checkRepositories, DataFolders, refsIn } from './data-folder.ts'

const folders = new DataFolders()
afterAll(() => folders.close())

const TAGS = '/api/v4/projects/7/repository/tags'
const repositoryIn = (data: string) => join(data, 'current/repositories/acme/widgets.git')

/** Something in the way of a file that is to be written. */
function block(path: string): () => void {
  mkdirSync(path)
  return () => rmSync(path, { recursive: true })
}

describe('what cannot be written', () => {
  it('is answered as an error in the words of the vendor, and undone', async () => {
    const one = await folders.open(folders.next())
    await stir(one.call)
    const before = await one.state()
    const unblock = block(join(repositoryIn(one.data), 'packed-refs.tmp'))
    const make = { name: 'lost', startPoint: 'main', type: 'LIGHTWEIGHT' }
    const answers = [
      await one.call('POST', `${TAGS}?tag_name=lost&ref=main&message=Lost`),
      await one.call('DELETE', `${TAGS}/v1.0.0`),
      await one.call('POST', '/rest/git/1.0/projects/ACME/repos/widgets/tags', { payload: make }),
      await one.call('POST', '/project/acme/widgets/tag/create', {
        payload: { tagName: 'lost', branchName: 'main' },
      }),
      await one.call('POST', '/v4/repositories/7/repository/tags', {
        payload: { tag_name: 'lost', ref: 'main' },
      }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 500, 500, 500])
    expect(answers[0]!.body).toEqual({ message: '500 Internal Server Error' })
    expect(answers[2]!.body).toMatchObject({ errors: [{ context: null }] })
    expect(answers[3]!.body).toEqual({ title: 'error.internal', status: 500 })
    unblock()
    expect(JSON.parse(withoutObjects(await one.state()))).toEqual(JSON.parse(withoutObjects(before)))
    expect((await one.call('POST', `${TAGS}?tag_name=lost&ref=main&message=Lost`)).status).toBe(201)
    const killed = folders.crash(one)
    expect(checkRepositories(killed)).not.toContain('error')
    expect(Object.keys(refsIn(repositoryIn(killed)))).toContain('refs/tags/lost')
    expect((await (await folders.open(killed)).call('GET', `${TAGS}/lost`)).body).toMatchObject({
      message: 'Lost',
    })
  })

  it('makes a push fail, which works once there is room again', async () => {
    const one = await folders.open(folders.next())
    const origin = await one.app.listen({ port: 0 })
    const remote = `${origin.replace('//', '//mia:mia-token@')}/acme/widgets.git`
    const clone = folders.next()
    await gitAsync('/', ['clone', '-q', remote, clone])
    await gitAsync(clone, ['commit', '-q', '--allow-empty', '-m', 'More'])
    await gitAsync(clone, ['tag', 'pushed'])
    const before = refsIn(repositoryIn(one.data))
    const unblock = block(join(repositoryIn(one.data), 'packed-refs.tmp'))
    const push = () => gitAsync(clone, ['push', '-q', '--atomic', 'origin', 'main', 'pushed'])
    await expect(push()).rejects.toThrow('HTTP 500')
    expect(refsIn(repositoryIn(one.data))).toEqual(before)
    expect(await gitAsync(clone, ['ls-remote', '-q', 'origin', 'pushed'])).toBe('')
    unblock()
    await push()
    expect(Object.keys(refsIn(repositoryIn(folders.crash(one))))).toContain('refs/tags/pushed')
  })

  it('takes everything with it that came up in the meantime, whoever did it', async () => {
    const one = await folders.open(folders.next())
    const unblock = block(join(repositoryIn(one.data), 'packed-refs.tmp'))
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, (_, i) => one.call('POST', `${TAGS}?tag_name=t${i}&ref=main`)),
      one.call('POST', '/api/v4/projects/7/protected_tags?name=x-*'),
      one.call('POST', '/project', {
        payload: { title: 'Made', alias: 'made', ownerAlias: 'acme', ownerAliasType: 'COMPANY' },
      }),
      one.admin('PUT', '/__admin/clock', { payload: { now: '2030-01-01T00:00:00Z' } }),
    ])
    unblock()
    const again = await folders.open(folders.crash(one))
    expect(JSON.parse(withoutObjects(await one.state()))).toEqual(
      JSON.parse(withoutObjects(await again.state())),
    )
    const names = Object.keys(refsIn(repositoryIn(one.data)))
    const made = answers.slice(0, 20).flatMap(({ status }, i) => (status === 201 ? [`refs/tags/t${i}`] : []))
    expect(names.filter((name) => /tags\/t\d/.test(name)).sort()).toEqual(made.sort())
  })

  it('leaves the world as it was when it is another whole world', async () => {
    const one = await folders.open(folders.next())
    await stir(one.call)
    const before = await one.state()
    const unblock = block(join(one.data, 'current.tmp'))
    expect((await one.admin('POST', '/__admin/reset')).status).toBe(500)
    expect(JSON.parse(await one.state())).toEqual(JSON.parse(before))
    unblock()
    expect((await one.call('POST', `${TAGS}?tag_name=after&ref=main&message=x`)).status).toBe(201)
    const again = await folders.open(folders.crash(one))
    expect(JSON.parse(await again.state())).toEqual(JSON.parse(await one.state()))
    expect((await one.admin('POST', '/__admin/reset')).status).toBe(204)
    expect(readdirSync(one.data).filter((name) => name.startsWith('fakeforge-world-'))).toHaveLength(1)
  })
})

describe('what a crash leaves behind', () => {
  it('is a prefix of what was done, wherever the log was cut short', async () => {
    const one = await folders.open(folders.next())
    for (let i = 1; i <= 4; i++) await one.call('POST', `${TAGS}?tag_name=t${i}&ref=main&message=m`)
    const killed = folders.crash(one)
    const log = readFileSync(join(killed, 'current/changes.log'))
    const ends = [...log.keys()].filter((at) => log[at] === 0x0a)
    expect(ends).toHaveLength(4)
    for (let cut = 0; cut <= log.length; cut += 97) {
      const data = folders.crash({ ...one, data: killed })
      truncateSync(join(data, 'current/changes.log'), cut)
      const again = await folders.open(data)
      const state = JSON.parse(await again.state())
      const creators = Object.keys(state.projects[0].repository.creators)
      expect(creators).toEqual(ends.filter((end) => end < cut).map((_, i) => `refs/tags/t${i + 1}`))
      await again.app.close()
      expect(checkRepositories(data)).not.toContain('error')
    }
  })

  it('is put in order: files half written, worlds half written, a line half written', async () => {
    const one = await folders.open(folders.next())
    await stir(one.call)
    const expected = await one.state()
    const killed = folders.crash(one)
    const repository = repositoryIn(killed)
    for (const path of [
      join(killed, 'current/world.json.tmp'),
      join(repository, 'packed-refs.tmp'),
      join(repository, 'HEAD.tmp'),
      join(repository, 'objects/pack/pack-1.pack.tmp'),
    ])
      writeFileSync(path, 'half')
    mkdirSync(join(killed, 'fakeforge-world-9/repositories'), { recursive: true })
    appendFileSync(join(killed, 'current/changes.log'), '12345678 {"sequence":99,')
    const again = await folders.open(killed)
    expect(JSON.parse(await again.state())).toEqual(JSON.parse(expected))
    expect(readdirSync(killed).filter((name) => name.startsWith('fakeforge-world-'))).toHaveLength(1)
    await again.app.close()
    expect(checkRepositories(killed)).not.toContain('error')
  })

  it('is made whole from the log, even when what is not synced was lost', async () => {
    const one = await folders.open(folders.next())
    const old = readFileSync(join(repositoryIn(one.data), 'packed-refs'))
    await one.call('POST', `${TAGS}?tag_name=noted&ref=main&message=Noted`)
    const killed = folders.crash(one)
    const objects = join(repositoryIn(killed), 'objects')
    for (const folder of readdirSync(objects).filter((name) => name.length === 2)) {
      for (const name of readdirSync(join(objects, folder))) truncateSync(join(objects, folder, name), 0)
    }
    writeFileSync(join(repositoryIn(killed), 'packed-refs'), old)
    const again = await folders.open(killed)
    expect((await again.call('GET', `${TAGS}/noted`)).body).toMatchObject({ message: 'Noted' })
    expect(checkRepositories(killed)).not.toContain('error')
  })
})

/** Without the packs: objects without a ref to them may be left over. */
function withoutObjects(state: string): string {
  return state.replace(/"objects":"[^"]*"/g, '"objects":""')
}
