import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { gitAsync, temporaryFolder } from '../git-binary.ts'

/** The real git at GitFlic's clone URLs, beside the API of the same project. */

const scratch = temporaryFolder()
let forge: FakeForge
let clone: string

beforeAll(async () => {
  forge = await startFakeForge()
  clone = join(scratch.path, 'widgets')
  await gitAsync(scratch.path, ['clone', '--quiet', remote('rex', 'rex-password'), clone])
})

afterAll(async () => {
  await forge.close()
  scratch.remove()
})

function remote(user: string, password: string, path = '/project/acme/widgets.git'): string {
  return `${forge.url.replace('//', `//${user}:${password}@`)}${path}`
}

/** What git said on failure, or null when it did not fail. */
async function complaint(args: readonly string[]): Promise<string | null> {
  try {
    await gitAsync(clone, args)
    return null
  } catch (error) {
    return (error as { stderr: string }).stderr
  }
}

async function api(method: string, path: string, name: string, body?: object): Promise<Response> {
  return fetch(forge.url + path, {
    method,
    headers: { authorization: `token ${name}-token`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
}

function push(name: string, ...refspecs: string[]): Promise<string | null> {
  return complaint(['push', '--quiet', remote(name, `${name}-password`), ...refspecs])
}

describe('git at /project/{owner}/{project}.git', () => {
  it('asks strangers for a password', async () => {
    const url = `${forge.url}/project/acme/widgets.git/info/refs?service=git-upload-pack`
    const reply = await fetch(url)
    expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="GitFlic"'])
  })

  it('lets in with a password, or with a token under any name', async () => {
    for (const url of [remote('dee', 'dee-password'), remote('anything', 'dee-token')])
      expect(await complaint(['ls-remote', url])).toBeNull()
    expect(await complaint(['ls-remote', remote('dee', 'wrong')])).toContain('Authentication failed')
  })

  it('refuses whoever may not read, and what is not there', async () => {
    expect(await complaint(['ls-remote', remote('gus', 'gus-password')])).toContain('403')
    const nothing = remote('dee', 'dee-password', '/project/acme/nothing.git')
    expect(await complaint(['ls-remote', nothing])).toContain('not found')
  })

  it('has the tags that the API makes, as real objects that carry their names', async () => {
    const wanted = { tagName: 'api/1', branchName: 'main', message: 'By the API' }
    const made = (await (await api('POST', '/project/acme/widgets/tag/create', 'ada', wanted)).json()) as {
      objectId: string
      commitId: string
    }
    await gitAsync(clone, ['fetch', '--quiet', remote('rex', 'rex-password'), 'refs/tags/*:refs/tags/*'])
    const object = await gitAsync(clone, ['cat-file', 'tag', 'api/1'])
    expect(object).toMatch(
      /^object [0-9a-f]{40}\ntype commit\ntag api\/1\ntagger Ada Admin <ada@example.test> \d+ \+0000\n\nBy the API$/,
    )
    expect((await gitAsync(clone, ['rev-parse', 'api/1', 'api/1^{}'])).trim()).toBe(
      `${made.objectId}\n${made.commitId}`,
    )
  })
})

describe('a rule of the company', () => {
  const rules = '/company/acme/tag-protection'

  it('holds for pushes once it is applied: developers are refused, administrators are not', async () => {
    for (const name of ['pushed-1', 'pushed-2', 'free']) await gitAsync(clone, ['tag', name])
    const rule = { tagTemplate: 'pushed-*', allowToCreate: 'ADMINS' }
    expect((await api('POST', `${rules}/create`, 'ada', rule)).status).toBe(200)
    expect(await push('dee', 'pushed-1')).toBeNull()
    expect((await api('POST', `${rules}/apply-settings-to-projects`, 'ada')).status).toBe(204)

    const refusal = await push('dee', 'pushed-2', 'free')
    expect(refusal).toContain('! [remote rejected] pushed-2 -> pushed-2 (protected tag)')
    expect((await api('GET', '/project/acme/widgets/tag/pushed-2', 'dee')).status).toBe(404)
    // The other ref of that push was none of the rule's business.
    expect((await api('GET', '/project/acme/widgets/tag/free', 'dee')).status).toBe(200)

    expect(await push('mia', 'pushed-2')).toBeNull()
    expect((await api('GET', '/project/acme/widgets/tag/pushed-2', 'dee')).status).toBe(200)
  })

  it('leaves deleting to whoever may push; the API may then create the tag again', async () => {
    await gitAsync(clone, ['tag', 'gone'])
    expect(await push('dee', 'gone')).toBeNull()
    expect(await push('rex', ':gone')).toContain('403')
    expect(await push('dee', ':gone')).toBeNull()
    expect((await api('GET', '/project/acme/widgets/tag/gone', 'dee')).status).toBe(404)
    const again = { tagName: 'gone', branchName: 'main' }
    expect((await api('POST', '/project/acme/widgets/tag/create', 'dee', again)).status).toBe(200)
  })

  it('with NO_ONE refuses the owner, and slashes count in templates', async () => {
    await api('POST', `${rules}/create`, 'ada', { tagTemplate: 'shut/*', allowToCreate: 'NO_ONE' })
    await api('POST', `${rules}/apply-settings-to-projects`, 'ada')
    for (const name of ['shut/1', 'shut/deep/2']) await gitAsync(clone, ['tag', name])
    expect(await push('ada', 'shut/1')).toContain('(protected tag)')
    expect(await push('ada', 'shut/deep/2')).toBeNull()
  })
})
