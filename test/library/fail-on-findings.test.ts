import { describe, expect, it } from 'vitest'
import { connect, FindingsError, type SandboxControl, startFakeForge } from '../../src/index.ts'
import { judged } from '../../src/library/judged-close.ts'

const headers = { 'private-token': 'mia-token' }
const misspell = (world: SandboxControl) =>
  fetch(`${world.gitlab.url}/projects/1/repository/tags/v1.0.0?serach=x`, { headers })
const MESSAGE = [
  'fakeforge found 1 mistake of the client, which a real server would let pass:',
  '  request 1, GET /api/v4/projects/1/repository/tags/v1.0.0: gitlab.getTag reads no query.serach. Leave it out. (unknown-parameter)',
].join('\n')

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  )
}

describe('failOnFindings', () => {
  it('has a sandbox that ends throw what its clients did wrong, once, and it has ended', async () => {
    await using forge = await startFakeForge({ failOnFindings: true })
    const sandbox = await forge.sandbox()
    await misspell(sandbox)
    const error = await failureOf(sandbox.close())
    expect(error).toBeInstanceOf(FindingsError)
    expect(error).toMatchObject({ code: 'findings', message: MESSAGE, findings: [{ request: 1 }] })
    expect(await forge.sandboxes()).toEqual([])
    await sandbox.close()
  })

  it('lets a sandbox end whose clients did nothing wrong, or whose requests were forgotten', async () => {
    await using forge = await startFakeForge({ failOnFindings: true })
    await (await forge.sandbox()).close()
    const sandbox = await forge.sandbox()
    await misspell(sandbox)
    await sandbox.journal.clear()
    await sandbox.close()
  })

  it('has the server throw for its own world and for sandboxes that are still there, and it has ended', async () => {
    const forge = await startFakeForge({ failOnFindings: true })
    await forge.inject({ url: '/api/v4/version?x=1', headers })
    await misspell(await forge.sandbox())
    const error = await failureOf(forge.close())
    expect(error).toMatchObject({
      findings: [{ operation: 'gitlab.getVersion' }, { operation: 'gitlab.getTag' }],
    })
    await expect(fetch(forge.url)).rejects.toThrow()
    await forge.close()
  })

  it('fails for the kinds that are named only', async () => {
    await using forge = await startFakeForge({ failOnFindings: ['retry-after-ignored'] })
    const sandbox = await forge.sandbox()
    await misspell(sandbox)
    expect(await sandbox.journal.findings()).toHaveLength(1)
    await sandbox.close()
  })

  it('is as good as strict, and not there unless it is wanted', async () => {
    await using forge = await startFakeForge({ strict: true })
    const sandbox = await forge.sandbox()
    await misspell(sandbox)
    await sandbox.close()
    await using lenient = await startFakeForge()
    await expect(lenient.journal.findings()).rejects.toMatchObject({ code: 'not-strict' })
  })

  it('works for a sandbox of a server elsewhere, and for one that is made from it', async () => {
    await using server = await startFakeForge({ strict: true })
    const remote = await (await connect(server.url)).sandbox()
    const sandbox = judged(remote, true)
    const inner = await sandbox.sandbox()
    await misspell(inner)
    await misspell(sandbox)
    expect(await failureOf(inner.close())).toMatchObject({ message: MESSAGE })
    expect(await failureOf(sandbox.close())).toMatchObject({ message: MESSAGE })
    await sandbox.close()
    expect(await server.sandboxes()).toEqual([])
  })
})
