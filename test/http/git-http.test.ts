import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parsePackets } from '../../src/git/wire/packet-parser.ts'
import { encodeLine, encodePacket, FLUSH, textOf } from '../../src/git/wire/pkt-line.ts'
import { buildApp, version } from '../../src/index.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = await buildApp({ fixture, clock: '2024-06-01T12:00:00Z', gitBodyLimit: 100_000 })
})
afterAll(() => app.close())

const commits = [{ label: 'c1', message: 'One\n', date: '2024-01-01T10:00:00Z', files: { a: 'a\n' } }]
const members = { mia: 'maintainer', dee: 'developer', rex: 'reporter', gus: 'guest' } as const
const fixture = {
  users: [
    ...['mia', 'rex', 'gus', 'sam'].map((username) => ({ username, tokens: [`${username}-token`] })),
    {
      username: 'dee',
      password: 'dee-password',
      tokens: [
        'dee-token',
        { value: 'dee-old', expired: true },
        { value: 'dee-gone', revoked: true },
        { value: 'dee-api', scopes: ['api'] },
        { value: 'dee-readapi', scopes: ['read_api'] },
        { value: 'dee-read', scopes: ['read_repository'] },
        { value: 'dee-write', scopes: ['write_repository'] },
        { value: 'dee-job', kind: 'job' as const },
      ],
    },
    { username: 'bob', blocked: true, tokens: ['bob-token'] },
  ],
  owners: [{ alias: 'acme' }, { alias: 'acme/inner' }],
  projects: [
    {
      path: 'acme/secret',
      id: 1,
      members: { ...members, bob: 'developer' as const },
      movedFrom: ['acme/former'],
      commits,
    },
    { path: 'acme/open', id: 2, visibility: 'public' as const, commits },
    { path: 'acme/inner/deep', id: 3, visibility: 'public' as const, commits },
    { path: 'acme/internal', id: 4, visibility: 'internal' as const, commits },
    { path: 'acme/old', id: 5, visibility: 'public' as const, archived: true, members, commits },
    { path: 'acme/bare', id: 6, visibility: 'public' as const, repository: false },
    {
      path: 'acme/closed',
      id: 7,
      visibility: 'public' as const,
      features: { repository: 'private' as const },
      commits,
    },
  ],
}

const UPLOAD = '/info/refs?service=git-upload-pack'
const RECEIVE = '/info/refs?service=git-receive-pack'
const NOT_FOUND =
  "The project you were looking for could not be found or you don't have permission to view it."
const DENIED =
  "HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect or you're required to use a token instead of a password. If a token was provided, it was either incorrect, expired, or improperly scoped. See http://localhost:80/help/topics/git/troubleshooting_git.md#error-on-git-fetch-http-basic-access-denied".replace(
    ':80',
    '',
  )

function basic(credentials: string): Record<string, string> {
  return credentials === '' ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
}

async function get(url: string, credentials = '', headers: Record<string, string> = {}) {
  const {
    statusCode,
    headers: answered,
    body,
  } = await app.inject({ url, headers: { ...basic(credentials), ...headers } })
  return { status: statusCode, headers: answered, body }
}

async function post(url: string, payload: string | Buffer, headers: Record<string, string> = {}) {
  const type = `application/x-${url.split('/').at(-1)}-request`
  const reply = await app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': type, ...headers },
  })
  return { status: reply.statusCode, headers: reply.headers, body: reply.rawPayload }
}

describe('who may fetch', () => {
  it.each([
    ['a public project', '', '/acme/open.git'],
    ['a public project in a subgroup', '', '/acme/inner/deep.git'],
    ['an internal project, once signed in', 'x:sam-token', '/acme/internal.git'],
    ['with a password', 'dee:dee-password', '/acme/secret.git'],
    ['with a token under any name', 'anything:dee-token', '/acme/secret.git'],
    ['with a token under no name', ':dee-token', '/acme/secret.git'],
    ['with the scope api', 'x:dee-api', '/acme/secret.git'],
    ['with the scope read_repository', 'x:dee-read', '/acme/secret.git'],
    ['with the scope write_repository', 'x:dee-write', '/acme/secret.git'],
    ['with a job token', 'gitlab-ci-token:dee-job', '/acme/secret.git'],
    ['as a reporter', 'x:rex-token', '/acme/secret.git'],
    ['by a former path', 'x:rex-token', '/acme/former.git'],
    ['an archived project', '', '/acme/old.git'],
    ['in another case of letters', '', '/Acme/Open.git'],
  ])('lets in %s', async (_name, credentials, path) => {
    const { status, headers, body } = await get(path + UPLOAD, credentials)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('application/x-git-upload-pack-advertisement')
    expect(body).toMatch(/^001e# service=git-upload-pack\n0000/)
  })

  it.each([
    ['a private project, to nobody', '', '/acme/secret.git', 401, DENIED],
    ['an unknown project, to nobody', '', '/acme/none.git', 401, DENIED],
    ['an internal project, to nobody', '', '/acme/internal.git', 401, DENIED],
    ['hidden code, to nobody', '', '/acme/closed.git', 401, DENIED],
    ['a wrong password', 'dee:wrong', '/acme/open.git', 401, DENIED],
    ['an unknown token', 'x:nonsense', '/acme/secret.git', 401, DENIED],
    ['an expired token', 'x:dee-old', '/acme/secret.git', 401, DENIED],
    ['a revoked token', 'x:dee-gone', '/acme/secret.git', 401, DENIED],
    ['a token without a scope for git', 'x:dee-readapi', '/acme/secret.git', 401, DENIED],
    ['a job token under another name', 'x:dee-job', '/acme/secret.git', 401, DENIED],
    ['a blocked user', 'x:bob-token', '/acme/secret.git', 403, 'Your account has been blocked.'],
    ['a private project, to a stranger', 'x:sam-token', '/acme/secret.git', 404, NOT_FOUND],
    ['an unknown project', 'x:sam-token', '/acme/none.git', 404, NOT_FOUND],
    [
      'a private project, to a guest',
      'x:gus-token',
      '/acme/secret.git',
      403,
      'You are not allowed to download code from this project.',
    ],
    [
      'a project without a repository',
      'x:mia-token',
      '/acme/bare.git',
      404,
      'A repository for this project does not exist yet.',
    ],
  ])('refuses %s', async (_name, credentials, path, status, body) => {
    const answer = await get(path + UPLOAD, credentials)
    expect([answer.status, answer.body]).toEqual([status, body])
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(answer.headers['www-authenticate']).toBe(status === 401 ? 'Basic realm="GitLab"' : undefined)
  })

  it('refuses the request that would fetch as it refuses the one that lists', async () => {
    const { status, headers } = await post('/acme/secret.git/git-upload-pack', '0000')
    expect([status, headers['www-authenticate']]).toEqual([401, 'Basic realm="GitLab"'])
  })
})

describe('who may push', () => {
  it.each([
    ['a developer', 'x:dee-token'],
    ['a maintainer', 'x:mia-token'],
    ['the scope write_repository', 'x:dee-write'],
  ])('lets in %s', async (_name, credentials) => {
    const { status, headers, body } = await get(`/acme/secret.git${RECEIVE}`, credentials)
    expect([status, headers['content-type']]).toEqual([200, 'application/x-git-receive-pack-advertisement'])
    expect(body).toMatch(/^001f# service=git-receive-pack\n0000/)
  })

  it.each([
    ['nobody, into a public project', '', '/acme/open.git', 401, DENIED],
    [
      'a stranger, into a public project',
      'x:sam-token',
      '/acme/open.git',
      403,
      'You are not allowed to push code to this project.',
    ],
    [
      'a reporter',
      'x:rex-token',
      '/acme/secret.git',
      403,
      'You are not allowed to push code to this project.',
    ],
    ['a token that only reads', 'x:dee-read', '/acme/secret.git', 403, 'You are not allowed to upload code.'],
    [
      'an archived project',
      'x:mia-token',
      '/acme/old.git',
      403,
      "You can't push code to an archived project.",
    ],
    ['a stranger, into a private project', 'x:sam-token', '/acme/secret.git', 404, NOT_FOUND],
  ])('refuses %s', async (_name, credentials, path, status, body) => {
    const answer = await get(path + RECEIVE, credentials)
    expect([answer.status, answer.body]).toEqual([status, body])
  })
})

describe('addresses', () => {
  it('sends an address without .git to the one with it', async () => {
    const { status, headers } = await get(`/acme/open${UPLOAD}`)
    expect([status, headers.location]).toEqual([301, `http://localhost/acme/open.git${UPLOAD}`])
  })

  it('takes percent-escapes', async () => {
    expect((await get(`/acme/%6Fpen.git${UPLOAD}`)).status).toBe(200)
  })

  it.each([
    '/acme/open.git',
    '/acme/open.git/HEAD',
    '/acme/open.git/objects/info/packs',
    '/acme/open.git/git-upload-pack',
    `/open.git${UPLOAD}`,
    UPLOAD,
    '/nowhere',
  ])('has nothing at %s', async (url) => {
    const { status, body } = await get(url)
    expect([status, JSON.parse(body).error]).toEqual([404, 'not-found'])
  })

  it.each(['/api/v4/info/refs', '/api/v4/projects/2/info/refs', '/api/nope/info/refs'])(
    'leaves %s to the API',
    async (url) => {
      const { headers } = await get(url)
      expect(headers['content-type']).toBe('application/json')
    },
  )

  it('is found below the prefix of its vendor only', async () => {
    const moved = await buildApp({ fixture, prefixes: { gitlab: '/gitlab' } })
    const statusOf = async (url: string) => (await moved.inject({ url })).statusCode
    expect(await statusOf(`/gitlab/acme/open.git${UPLOAD}`)).toBe(200)
    expect((await moved.inject({ url: `/gitlab/acme/open${UPLOAD}` })).headers.location).toBe(
      `http://localhost/gitlab/acme/open.git${UPLOAD}`,
    )
    await moved.close()
  })
})

describe('the smart HTTP protocol', () => {
  it('is never cached', async () => {
    for (const { headers } of [
      await get(`/acme/open.git${UPLOAD}`),
      await get(`/acme/secret.git${UPLOAD}`),
      await post('/acme/open.git/git-upload-pack', '0000'),
    ]) {
      expect(headers).toMatchObject({
        expires: 'Fri, 01 Jan 1980 00:00:00 GMT',
        pragma: 'no-cache',
        'cache-control': 'no-cache, max-age=0, must-revalidate',
      })
    }
  })

  it('advertises refs with what it can do', async () => {
    const { body } = await get(`/acme/open.git${UPLOAD}`)
    const [, , first, ...others] = parsePackets(Buffer.from(body)).map((p) =>
      typeof p === 'string' ? p : textOf(p),
    )
    const oid = first!.slice(0, 40)
    expect(first).toBe(
      `${oid} HEAD\0multi_ack thin-pack side-band side-band-64k ofs-delta shallow deepen-since deepen-not deepen-relative no-progress include-tag multi_ack_detailed allow-tip-sha1-in-want allow-reachable-sha1-in-want no-done filter object-format=sha1 agent=fakeforge/${version} symref=HEAD:refs/heads/main`,
    )
    expect(others).toEqual([`${oid} refs/heads/main`, 'flush'])
  })

  it('speaks the highest version that the client offers', async () => {
    const refs = `/acme/open.git${UPLOAD}`
    expect((await get(refs, '', { 'git-protocol': 'version=1' })).body).toContain('0000000eversion 1\n')
    const v2 = await get(refs, '', { 'git-protocol': 'key:version=1:version=2' })
    expect(parsePackets(Buffer.from(v2.body)).map((p) => (typeof p === 'string' ? p : textOf(p)))).toEqual([
      'version 2',
      `agent=fakeforge/${version}`,
      'ls-refs=unborn',
      'fetch=shallow wait-for-done filter',
      'server-option',
      'object-format=sha1',
      'object-info',
      'flush',
    ])
    expect((await get(refs, '', { 'git-protocol': 'version=9' })).body).toMatch(/^001e# service/)
  })

  it.each(['/info/refs', '/info/refs?service=', '/info/refs?service=git-upload-archive'])(
    'refuses the dumb protocol: %s',
    async (url) => {
      const { status, body } = await get(`/acme/open.git${url}`)
      expect([status, body]).toEqual([403, "The command you're trying to execute is not allowed."])
    },
  )

  it('answers the probe of a client that has much to send', async () => {
    for (const protocol of ['', 'version=2']) {
      const reply = await post('/acme/open.git/git-upload-pack', '0000', { 'git-protocol': protocol })
      expect([reply.status, reply.body.length]).toEqual([200, 0])
      expect(reply.headers['content-type']).toBe('application/x-git-upload-pack-result')
    }
  })

  it('refuses another content type', async () => {
    const url = '/acme/open.git/git-upload-pack'
    for (const type of ['application/json', 'application/x-git-receive-pack-request', 'text/plain']) {
      expect((await post(url, '0000', { 'content-type': type })).status).toBe(415)
    }
    expect((await post(url, '0000', { 'content-encoding': 'br' })).status).toBe(415)
  })

  it('reads bodies that are zipped', async () => {
    const payload = gzipSync(Buffer.concat([encodeLine('command=ls-refs'), FLUSH]))
    const reply = await post('/acme/open.git/git-upload-pack', payload, {
      'content-encoding': 'gzip',
      'git-protocol': 'version=2',
    })
    expect(reply.status).toBe(200)
    expect(reply.body.toString()).toMatch(/^0032[0-9a-f]{40} HEAD\n003d[0-9a-f]{40} refs\/heads\/main\n0000$/)
  })

  it('refuses bodies that are damaged or too large, zipped or not', async () => {
    const url = '/acme/open.git/git-upload-pack'
    const zipped = { 'content-encoding': 'gzip' }
    const large = Buffer.concat(
      Array.from({ length: 3000 }, () => encodeLine(`ref-prefix ${'x'.repeat(30)}`)),
    )
    const v2 = { 'git-protocol': 'version=2' }
    const command = Buffer.concat([encodeLine('command=ls-refs'), Buffer.from('0001'), large, FLUSH])
    expect((await post(url, 'not gzip at all', zipped)).status).toBe(400)
    expect((await post(url, gzipSync(command).subarray(0, 40), { ...zipped, ...v2 })).status).toBe(400)
    expect((await post(url, command, v2)).status).toBe(413)
    expect((await post(url, gzipSync(command), { ...zipped, ...v2 })).status).toBe(413)
    // Little to send, much to inflate: it stops as soon as that is too much.
    const bomb = Buffer.concat([command.subarray(0, 24), Buffer.alloc(20_000_000, '0009peel\n')])
    expect((await post(url, gzipSync(bomb), { ...zipped, ...v2 })).status).toBe(413)
  })

  it.each([
    ['0007abc', "git upload-pack: protocol error, expected to get oid, not 'abc'"],
    ['zzzz', 'protocol error: bad line length character: zzzz'],
    ['0032want ', 'the remote end hung up unexpectedly'],
  ])('answers %j with an error that git shows to its user', async (payload, message) => {
    const reply = await post('/acme/open.git/git-upload-pack', payload)
    expect(reply.status).toBe(200)
    expect(reply.body).toEqual(encodePacket(`ERR ${message}`))
  })

  it.each([
    [['command=push'], "invalid command 'push'"],
    [
      ['command=fetch', 'command=fetch'],
      "command 'fetch' requested after already requesting command 'fetch'",
    ],
    [['colour=red', 'command=fetch'], "unknown capability 'colour=red'"],
    [['agent=x'], 'no command requested'],
    [['object-format=sha256', 'command=fetch'], 'mismatched object format: server sha1; client sha256'],
  ])('answers the command %j with an error', async (lines, message) => {
    const payload = Buffer.concat([...lines.map(encodeLine), FLUSH])
    const reply = await post('/acme/open.git/git-upload-pack', payload, { 'git-protocol': 'version=2' })
    expect(reply.body).toEqual(encodePacket(`ERR ${message}`))
  })
})
