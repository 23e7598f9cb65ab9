import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { buildApp, startFakeForge } from '../../src/index.ts'
import { DataFolders } from './data-folder.ts'

const folders = new DataFolders()
afterAll(() => folders.close())

const refusal = (data: string) =>
  buildApp({ data, fixture: {} }).then(
    async (app) => {
      await app.close()
      return 'opened'
    },
    (error: Error & { code: string }) => `${error.code}: ${error.message.replaceAll(data, 'DIR')}`,
  )

/** A folder with a world in it that nobody uses. */
async function filled(): Promise<string> {
  const { app, data, call } = await folders.open(folders.next())
  await call('POST', '/api/v4/projects/7/repository/tags?tag_name=v9&ref=main')
  await app.close()
  return data
}

function edit(data: string, change: (world: Record<string, unknown>) => void): void {
  const path = join(data, 'current/world.json')
  const world = JSON.parse(readFileSync(path, 'utf8'))
  change(world)
  writeFileSync(path, JSON.stringify(world))
}

describe('a second server', () => {
  it('is refused as long as the first one runs', async () => {
    const { app, data } = await folders.open(folders.next())
    expect(await refusal(data)).toBe(
      `data-unusable: DIR: in use by another server (process ${process.pid}). Stop it, or give this one another folder: --data DIR`,
    )
    await app.close()
    expect(await refusal(data)).toBe('opened')
  })

  it.each([
    ['a process that is gone', { pid: 2 ** 22 + 1, host: hostname(), started: null }],
    ['an earlier process of the same number', { pid: process.pid, host: hostname(), started: 'before 1' }],
    ['nobody that can be told', { pid: 'none' }],
  ])('takes over the lock of %s', async (_whose, holder) => {
    const data = await filled()
    writeFileSync(join(data, 'lock'), JSON.stringify(holder))
    expect(await refusal(data)).toBe('opened')
  })

  it('takes over the lock of another machine when that no longer touches it', async () => {
    const data = await filled()
    writeFileSync(join(data, 'lock'), JSON.stringify({ pid: 1, host: 'elsewhere', started: null }))
    expect(await refusal(data)).toBe('opened')
  }, 20_000)

  it('finds no lock after the first one could not listen', async () => {
    const data = await filled()
    const one = await startFakeForge({ fixture: {} })
    await expect(startFakeForge({ fixture: {}, data, port: one.port })).rejects.toThrow('EADDRINUSE')
    await one.close()
    expect(readdirSync(data).sort()).toEqual(['current', 'fakeforge-world-1'])
  })
})

describe('a folder is refused, with the place of what is wrong,', () => {
  it.each<[string, (data: string) => void, RegExp]>([
    [
      'with a document that is cut short',
      (data) => truncateSync(join(data, 'current/world.json'), 1000),
      /^data-unusable: DIR\/fakeforge-world-1\/world\.json: .*JSON/,
    ],
    [
      'with a user without a name',
      (data) =>
        edit(data, (world) => {
          Reflect.deleteProperty((world.users as object[])[1]!, 'username')
        }),
      /^data-unusable: DIR\/fakeforge-world-1\/world\.json: users\[1\]: must have required property 'username'$/,
    ],
    [
      'with a document of a later version',
      (data) => edit(data, (world) => Object.assign(world, { version: 2 })),
      /^data-unusable: DIR\/fakeforge-world-1\/world\.json: version: must be equal to constant$/,
    ],
    [
      'without its world',
      (data) => rmSync(join(data, 'fakeforge-world-1'), { recursive: true }),
      /^data-unusable: DIR\/fakeforge-world-1\/world\.json: ENOENT/,
    ],
    [
      'whose link leads elsewhere',
      (data) => {
        rmSync(join(data, 'current'))
        symlinkSync('/tmp', join(data, 'current'))
      },
      /^data-unusable: DIR\/current: leads to \/tmp, which is no world$/,
    ],
    [
      'with something else in the place of the link',
      (data) => {
        rmSync(join(data, 'current'))
        mkdirSync(join(data, 'current'))
      },
      /^data-unusable: DIR\/current: is not the link that fakeforge makes there$/,
    ],
  ])('%s', async (_what, spoil, message) => {
    const data = await filled()
    spoil(data)
    expect(await refusal(data)).toMatch(message)
    expect(readdirSync(data)).not.toContain('lock')
  })

  it('with a log that is damaged in the middle', async () => {
    const one = await folders.open(folders.next())
    for (const name of ['a', 'b', 'c'])
      await one.call('POST', `/api/v4/projects/7/repository/tags?tag_name=${name}&ref=main`)
    const data = folders.crash(one)
    const path = join(data, 'current/changes.log')
    writeFileSync(path, readFileSync(path, 'utf8').replace('refs/tags/b', 'refs/tags/x'))
    expect(await refusal(data)).toBe('data-unusable: DIR/fakeforge-world-1/changes.log: line 2 is damaged')
  })

  it('that must not be written to', async () => {
    const closed = folders.next()
    mkdirSync(closed)
    chmodSync(closed, 0o500)
    // To the superuser only the kernel says no.
    const data = process.getuid?.() === 0 ? '/proc/fakeforge' : closed
    expect(await refusal(data)).toMatch(/^data-unusable: DIR: cannot be used: E[A-Z]+: /)
  })

  it('below a file', async () => {
    const data = folders.next()
    mkdirSync(data)
    writeFileSync(join(data, 'file'), '')
    expect(await refusal(join(data, 'file', 'deep'))).toMatch(/^data-unusable: DIR: cannot be used: ENOTDIR/)
  })
})

it('a repository that is damaged leaves the others as they are', async () => {
  const data = await filled()
  rmSync(join(data, 'current/repositories/acme/widgets.git/objects'), { recursive: true })
  const { call } = await folders.open(data)
  expect((await call('GET', '/api/v4/projects/7/repository/tags')).status).toBe(503)
  expect((await call('GET', '/rest/api/1.0/projects/CRW/repos/tools/tags')).status).toBe(200)
})
