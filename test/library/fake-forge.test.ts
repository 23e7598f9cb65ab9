import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, FixtureError, startFakeForge } from '../../src/index.ts'
import { gitAsync } from '../git-binary.ts'

let forge: FakeForge
let folder: string
beforeAll(async () => {
  forge = await startFakeForge()
  folder = mkdtempSync(join(tmpdir(), 'fakeforge-library-'))
})
afterAll(async () => {
  await forge.close()
  rmSync(folder, { recursive: true })
})

const headers = { 'private-token': 'mia-token' }
const TAGS = '/api/v4/projects/1/repository/tags'

describe('a server in this process', () => {
  it('has a clone URL that git takes', async () => {
    const url = await forge.gitlab.cloneUrl('acme/widgets', { username: 'mia', password: 'mia-token' })
    expect(url).toBe(`${forge.url.replace('://', '://mia:mia-token@')}/acme/widgets.git`)
    const refs = await gitAsync(folder, ['ls-remote', '--tags', url])
    expect(refs).toContain('refs/tags/v1.0.0')
  })

  it('answers without a socket: to paths, to its own addresses, to options', async () => {
    const options = { headers }
    const { url } = forge.gitlab
    for (const request of [`${url}/version`, '/api/v4/version']) {
      expect((await forge.inject({ url: request, ...options })).statusCode).toBe(200)
    }
    expect((await forge.inject('/__admin/health')).json()).toEqual({ status: 'ok' })
    const location = { protocol: 'http', pathname: '/api/v4/version' }
    expect((await forge.inject({ url: location, ...options })).statusCode).toBe(200)
    expect((await forge.inject({ path: '/api/v4/version', ...options })).statusCode).toBe(200)
  })

  it('a sandbox answers without a socket in its own world, with links into it', async () => {
    await using sandbox = await forge.sandbox()
    const made = await sandbox.inject({ method: 'POST', url: `${TAGS}?tag_name=mine&ref=main`, headers })
    expect(made.statusCode).toBe(201)
    expect((await forge.inject({ url: `${TAGS}/mine`, headers })).statusCode).toBe(404)
    expect((await sandbox.inject({ url: `${TAGS}/mine`, headers })).statusCode).toBe(200)
    const page = await sandbox.inject({ url: `${TAGS}?per_page=1`, headers })
    const next = /<([^>]*)>; rel="next"/.exec(String(page.headers.link))?.[1] ?? ''
    expect(next.startsWith(`${sandbox.gitlab.url}/projects/1/`)).toBe(true)
    expect((await sandbox.inject({ url: next, headers })).statusCode).toBe(200)
    expect(await sandbox.journal.count({ operation: 'gitlab.listTags' })).toBe(2)
  })

  it('takes fixtures from files and inline, for itself and for sandboxes', async () => {
    const file = join(folder, 'world.yaml')
    writeFileSync(file, 'users: [{ username: zoe }]\nprojects: [{ path: zoe/only, id: 7 }]\n')
    await forge.reset(file)
    expect(await forge.gitlab.cloneUrl(7)).toBe(`${forge.url}/zoe/only.git`)
    await forge.reset()
    await using sandbox = await forge.sandbox({ fixture: file })
    expect(await sandbox.gitflic.cloneUrl('zoe/only')).toBe(`${sandbox.url}/project/zoe/only.git`)
    await expect(forge.reset(join(folder, 'none.yaml'))).rejects.toBeInstanceOf(FixtureError)
    await expect(forge.sandbox({ fixture: file, snapshot: 'x' })).rejects.toMatchObject({
      code: 'invalid-body',
    })
  })

  it('two of them share nothing', async () => {
    await using other = await startFakeForge()
    expect(other.port).not.toBe(forge.port)
    await other.snapshot('only here')
    await other.inject({ method: 'POST', url: `${TAGS}?tag_name=there&ref=main`, headers })
    expect(await forge.snapshots()).toEqual([])
    expect((await forge.inject({ url: `${TAGS}/there`, headers })).statusCode).toBe(404)
  })

  it('lets its port go at the end of a block, and refuses one that is taken', async () => {
    let port: number
    {
      await using short = await startFakeForge()
      port = short.port
      await expect(startFakeForge({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    }
    await using again = await startFakeForge({ port })
    expect(again.port).toBe(port)
  })

  it('a loop over the journal ends with its sandbox, and with the server', async () => {
    const server = await startFakeForge()
    const sandbox = await server.sandbox()
    const loops = [sandbox, server].map(async (world) => {
      const paths: string[] = []
      for await (const { path } of world.journal.follow({ since: 0 })) {
        paths.push(path)
        if (world === sandbox) await sandbox.close()
        else await server.close()
      }
      return paths
    })
    await sandbox.inject('/in-the-sandbox')
    await server.inject('/in-the-server')
    expect(await Promise.all(loops)).toEqual([['/in-the-sandbox'], ['/in-the-server']])
  })
})
