import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConnectionError, type Control, connect, SandboxGoneError } from '../../src/client/index.ts'
import { type FakeForge, startFakeForge, version } from '../../src/index.ts'

let server: FakeForge
let forge: Control
beforeAll(async () => {
  server = await startFakeForge({ clock: '2024-06-01T12:00:00Z' })
  forge = await connect(`${server.url}/`)
})
afterAll(() => server.close())

/** What a promise is rejected with. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  )
}

describe('connect', () => {
  it('knows where each vendor is, prefixes included, and where it clones from', async () => {
    const prefixed = await startFakeForge({
      prefixes: { bitbucket: '/bb' },
      publicUrl: 'http://forge.internal',
    })
    const control = await connect(`${prefixed.url}/__admin`)
    expect(control.url).toBe(prefixed.url)
    expect(control.gitlab.url).toBe(`${prefixed.url}/api/v4`)
    expect(control.bitbucket.url).toBe(`${prefixed.url}/bb/rest/api/1.0`)
    expect(await control.bitbucket.cloneUrl('acme/widgets')).toBe(`${prefixed.url}/bb/scm/acme/widgets.git`)
    const credentials = { username: 'mia', password: 'a/b' }
    expect(await control.gitlab.cloneUrl(1, credentials)).toBe(
      `${prefixed.url.replace('://', '://mia:a%2Fb@')}/acme/widgets.git`,
    )
    expect(await control.gitflic.cloneUrl(1)).toBe(`${prefixed.url}/project/acme/widgets.git`)
    await prefixed.close()
  })

  it('speaks to the world of a sandbox', async () => {
    const sandbox = await forge.sandbox()
    const again = await connect(server.url, { sandbox: sandbox.id })
    expect([again.id, again.url]).toEqual([sandbox.id, sandbox.url])
    await again.close()
    expect(await rejection(connect(server.url, { sandbox: sandbox.id }))).toBeInstanceOf(SandboxGoneError)
  })

  it('throws ConnectionError where nobody answers', async () => {
    const gone = await startFakeForge()
    const control = await connect(gone.url)
    await gone.close()
    const error = await rejection(control.health())
    expect(error).toBeInstanceOf(ConnectionError)
    const { code, message } = error as ConnectionError
    expect(code).toBe('no-connection')
    expect(message).toContain(`${gone.url}: nobody answers (connect ECONNREFUSED`)
  })

  it('throws ConnectionError where somebody else answers', async () => {
    const other = createServer((_request, response) => response.end('<html>'))
    await listen(other)
    const error = await rejection(connect(`http://127.0.0.1:${(other.address() as AddressInfo).port}`))
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ code: 'not-fakeforge' })
    other.close()
  })

  it('is refused without the token that the server asks for', async () => {
    const guarded = await startFakeForge({ adminToken: 'sesame' })
    expect(await rejection(connect(guarded.url))).toMatchObject({ status: 401, code: 'unauthorized' })
    const control = await connect(guarded.url, { token: 'sesame' })
    expect(await control.snapshots()).toEqual([])
    expect((await (await control.sandbox()).version()).version).toBe(version)
    await guarded.close()
  })
})

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
}
