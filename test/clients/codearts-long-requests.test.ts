import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { project, world } from '../vendors/codearts/world.ts'

let forge: FakeForge
beforeAll(async () => {
  forge = await startFakeForge({ fixture: world(project('acme/widgets', 1)) })
})
afterAll(() => forge.close())

async function ask(path: string, token: string): Promise<[number, unknown]> {
  const reply = await fetch(`${forge.url}/v4/repositories/1/repository/${path}`, {
    headers: { 'x-auth-token': token },
  })
  return [reply.status, await reply.json()]
}

it('a name of 2000 characters fits into a request, whatever its escapes take', async () => {
  const name = encodeURIComponent('中'.repeat(2000))
  expect(await ask(`tag?tag_name=${name}`, 'dee-token')).toEqual([
    404,
    { error_code: 'CH.000404', error_msg: 'Resource unavailable.' },
  ])
})

it('so does a token of 100000 characters', async () => {
  expect(await ask('tags', 'x'.repeat(100_000))).toEqual([
    401,
    { error_code: 'CH.00000002', error_msg: 'Recognize authentication information failed.' },
  ])
})
