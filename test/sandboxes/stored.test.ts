import { afterEach, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { callerOf } from '../caller.ts'
import { temporaryFolder } from '../git-binary.ts'
import { fixture, NOW } from './world.ts'

const folder = temporaryFolder()
let forge: FakeForge
afterEach(async () => {
  await forge.close()
  folder.remove()
})

const start = async () => {
  forge = await startFakeForge({ fixture, clock: NOW, data: `${folder.path}/world` })
  return callerOf(forge.app, { host: 'localhost', authorization: 'token mia-token' })
}

describe('a world that was read from a folder', () => {
  it('takes new projects, and sandboxes may have others in their place', async () => {
    let call = await start()
    await forge.close()
    call = await start()
    const made = { title: 'Made', alias: 'made', ownerAlias: 'acme', ownerAliasType: 'COMPANY' }
    const { body } = await call('POST', '/__admin/sandboxes')
    const base = `/__sandbox/${(body as { id: string }).id}`
    expect((await call('POST', '/project', { payload: made })).status).toBe(200)
    expect((await call('GET', '/project/acme/made/tag')).status).toBe(200)
    // Nor is it read from the place where the server keeps its own.
    expect((await call('GET', `${base}/project/acme/made/tag`)).status).toBe(404)
    expect((await call('POST', `${base}/project`, { payload: made })).status).toBe(200)
    expect((await call('GET', `${base}/project/acme/made/tag`)).status).toBe(200)
  })
})
