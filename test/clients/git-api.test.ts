import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { gitAsync, temporaryFolder } from '../git-binary.ts'
import { lines } from './git-origin.ts'

let forge: FakeForge
const scratch = temporaryFolder()

beforeAll(async () => {
  forge = await startFakeForge({
    clock: '2024-06-01T12:00:00Z',
    prefixes: { codearts: '/codearts' },
    fixture: {
      users: [{ username: 'mia', tokens: ['mia-token'] }],
      owners: [{ alias: 'acme' }],
      projects: [
        {
          path: 'acme/widgets',
          id: 1,
          members: { mia: 'maintainer' },
          commits: [{ label: 'c1', message: 'One\n', date: '2024-01-01T10:00:00Z', files: { a: 'a\n' } }],
        },
      ],
    },
  })
})
afterAll(async () => {
  await forge.close()
  scratch.remove()
})

/** The names of tags that git lists at a clone path, without those that they lead to. */
async function tagsAt(path: string): Promise<string[]> {
  const url = `${forge.url.replace('//', '//mia:mia-token@')}${path}`
  const listed = lines(await gitAsync(scratch.path, ['ls-remote', '--tags', '--refs', url]))
  return listed.map((line) => line.split('\t')[1]!.slice('refs/tags/'.length))
}

async function callGitLab(method: string, path: string): Promise<number> {
  const reply = await fetch(`${forge.url}/api/v4/projects/1/repository/tags${path}`, {
    method,
    headers: { 'private-token': 'mia-token' },
  })
  await reply.arrayBuffer()
  return reply.status
}

const CLONE_PATHS = [
  '/acme/widgets.git',
  '/scm/acme/widgets.git',
  '/project/acme/widgets.git',
  '/codearts/acme/widgets.git',
]

describe('git and the API', () => {
  it('see the same tags at once, at the clone URLs of all vendors', async () => {
    expect(await callGitLab('POST', '?tag_name=v1&ref=main&message=One')).toBe(201)
    expect(await callGitLab('POST', '?tag_name=v2&ref=main')).toBe(201)
    for (const path of CLONE_PATHS) expect([path, await tagsAt(path)]).toEqual([path, ['v1', 'v2']])
    expect(await callGitLab('DELETE', '/v1')).toBe(204)
    for (const path of CLONE_PATHS) expect([path, await tagsAt(path)]).toEqual([path, ['v2']])
  })

  it.each(['/acme/widgets', '/scm/acme/widgets', '/project/acme/widgets', '/codearts/acme/widgets'])(
    'is cloned without .git as well: %s',
    async (path) => {
      expect(await tagsAt(path)).toEqual(['v2'])
    },
  )

  it('tells git why it is refused', async () => {
    const clone = (url: string) => gitAsync(scratch.path, ['ls-remote', url])
    await expect(clone(`${forge.url}/acme/widgets.git`)).rejects.toThrow('could not read Username')
    const wrong = forge.url.replace('//', '//mia:wrong@')
    await expect(clone(`${wrong}/acme/widgets.git`)).rejects.toThrow('Authentication failed')
    const known = forge.url.replace('//', '//mia:mia-token@')
    await expect(clone(`${known}/acme/none.git`)).rejects.toThrow(
      "remote: The project you were looking for could not be found or you don't have permission to view it.",
    )
  })

  it('tells a client that asks first to go on', async () => {
    const asked = request(`${forge.url}/acme/widgets.git/git-upload-pack`, {
      method: 'POST',
      headers: {
        expect: '100-continue',
        authorization: `Basic ${Buffer.from('x:mia-token').toString('base64')}`,
        'content-type': 'application/x-git-upload-pack-request',
        'transfer-encoding': 'chunked',
      },
    })
    const status = new Promise<number | undefined>((resolve, reject) => {
      asked.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject)
    })
    await new Promise((resolve) => asked.on('continue', resolve).flushHeaders())
    asked.end('0000')
    expect(await status).toBe(200)
  })
})
