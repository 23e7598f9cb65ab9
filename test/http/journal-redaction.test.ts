import { expect as check, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { callerOf } from '../caller.ts'

const SECRETS = ['dee-token', 'dee-password', 'hook-s3cret', 'example-sk-0001']
const fixture = {
  users: [
    {
      username: 'dee',
      password: 'dee-password',
      tokens: ['dee-token'],
      admin: true,
      accessKey: { id: 'EXAMPLEAK01', secret: 'example-sk-0001' },
    },
  ],
  projects: [
    {
      path: 'dee/x',
      id: 1,
      members: { dee: 'owner' },
      commits: [{ label: 'c', message: 'C\n' }],
      webhooks: [{ url: 'http://127.0.0.1:9/hook', secret: 'hook-s3cret', vendor: 'gitlab' }],
    },
  ],
}
const TAGS = '/api/v4/projects/1/repository/tags'

interface Sent {
  readonly method?: string
  readonly url: string
  readonly headers?: Record<string, string>
  readonly payload?: string | object
}

/** What the journal shows of one request, as text. */
async function shown({ method = 'GET', url, ...options }: Sent): Promise<string> {
  const app = await buildApp({ fixture })
  await callerOf(app)(method, url, options)
  const list = await callerOf(app, { host: 'localhost' })('GET', '/__admin/requests')
  const har = await callerOf(app, { host: 'localhost' })('GET', '/__admin/requests/har')
  await app.close()
  check(list.status).toBe(200)
  return list.text + har.text
}

const json = { 'content-type': 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const HOOK = 'http://127.0.0.1:9/hook'
const REFS = '/dee/x.git/info/refs?service=git-upload-pack'
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`

const places: [string, Sent][] = [
  ['PRIVATE-TOKEN', { url: TAGS, headers: { 'private-token': 'dee-token' } }],
  ['Bearer', { url: TAGS, headers: { authorization: 'Bearer dee-token' } }],
  ['token', { url: '/user/me', headers: { authorization: 'token dee-token' } }],
  ['Basic', { url: '/rest/api/1.0/projects', headers: { authorization: basic('dee:dee-password') } }],
  ['X-Auth-Token', { url: '/v4/user/repositories', headers: { 'x-auth-token': 'dee-token' } }],
  ['a cookie', { url: TAGS, headers: { cookie: '_session=dee-token' } }],
  ['a query, and the links of the answer', { url: `${TAGS}?private_token=dee-token` }],
  ['a query with escapes', { url: `${TAGS}?private_token=%64ee-token` }],
  ['a query under a harmless name', { url: `${TAGS}?search=dee-token` }],
  ['a path', { url: `${TAGS}/dee-token` }],
  ['a path with escapes', { url: `${TAGS}/%64ee-%74oken` }],
  ['a referer', { url: TAGS, headers: { referer: 'http://x.test/?access_token=dee-token' } }],
  ['a URL with a password', { url: `${TAGS}?search=http%3A%2F%2Fdee%3Adee-password%40x.test` }],
  ['a JSON body', { method: 'POST', url: TAGS, headers: json, payload: { private_token: 'dee-token' } }],
  [
    'a JSON body under a harmless name',
    {
      method: 'POST',
      url: TAGS,
      headers: json,
      payload: { tag_name: 'a', ref: 'main', message: 'is dee-token' },
    },
  ],
  [
    'a JSON body with escapes',
    { method: 'POST', url: TAGS, headers: json, payload: '{"message":"\\u0064ee-token"}' },
  ],
  [
    'a body that is no JSON after all',
    { method: 'POST', url: TAGS, headers: json, payload: '{"private_token":"dee-token' },
  ],
  ['a form', { method: 'POST', url: TAGS, headers: form, payload: 'private_token=dee-token&x=dee-password' }],
  [
    'a login',
    {
      method: 'POST',
      url: '/v3/auth/tokens',
      headers: json,
      payload: {
        auth: {
          identity: {
            methods: ['password'],
            password: { user: { name: 'dee', password: 'dee-password', domain: { name: 'dee' } } },
          },
          scope: { project: { name: 'x' } },
        },
      },
    },
  ],
  [
    'a hook',
    {
      method: 'POST',
      url: '/api/v4/projects/1/hooks',
      headers: { 'private-token': 'dee-token' },
      payload: { url: 'http://127.0.0.1:9/', token: 'hook-s3cret' },
    },
  ],
  [
    'an answer that shows it',
    {
      url: '/rest/api/1.0/projects/~DEE/repos/x/webhooks',
      headers: { authorization: 'Bearer dee-token' },
    },
  ],
]

describe('a secret of the world', () => {
  it.each(places)('is not shown when it came in %s', async (_place, sent) => {
    const text = await shown(sent)
    for (const secret of SECRETS) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''))
    }
    expect(text).toContain('***')
  })
})

/** Good for every vendor at once. */
const ANYBODY = {
  'private-token': 'dee-token',
  'x-auth-token': 'dee-token',
  authorization: 'Bearer dee-token',
}

describe('a secret that the world does not know', () => {
  it.each<[string, Sent, string]>([
    ['a header', { url: TAGS, headers: { 'private-token': 'glpat-1234567' } }, 'glpat-1234567'],
    ['a cookie', { url: TAGS, headers: { cookie: 'a=unheard-of' } }, 'unheard-of'],
    [
      'Basic',
      { url: TAGS, headers: { authorization: basic('x:unheard-of') } },
      basic('x:unheard-of').slice(6),
    ],
    ['a query', { url: `${TAGS}?job_token=unheard-of&search=unheard-of` }, 'unheard-of'],
    [
      'a signature',
      {
        url: '/v4/user/repositories',
        headers: { authorization: 'SDK-HMAC-SHA256 Access=A, SignedHeaders=host, Signature=0abc123' },
      },
      '0abc123',
    ],
    [
      'a JSON body, and again beside it',
      {
        method: 'POST',
        url: '/api/v4/projects/1/hooks',
        headers: { 'private-token': 'dee-token' },
        payload: { url: 'http://127.0.0.1:9/?from=unheard-of', token: 'unheard-of' },
      },
      'unheard-of',
    ],
    ...(
      [
        [
          '/rest/api/1.0/projects/~DEE/repos/x/webhooks',
          { name: 'h', url: HOOK, configuration: { secret: 'unheard-of' } },
        ],
        ['/project/dee/x/setting/webhook', { url: HOOK, secret: 'unheard-of', events: {} }],
        ['/v4/repositories/1/hooks', { url: HOOK, token: 'unheard-of' }],
        ['/api/v4/projects/1/hooks', { url: 'http://me:unheard-of@127.0.0.1:9/' }],
        ['/api/v4/projects/1/hooks', { url: 'https://unheard-of@127.0.0.1:9/?a=b' }],
        ['/api/v4/projects/1/hooks', { url: 'https://127.0.0.1:9/?token=unheard-of&a=b' }],
        [
          '/v3/auth/tokens',
          {
            auth: {
              identity: {
                methods: ['password'],
                password: { user: { name: 'dee', password: 'unheard-of' } },
              },
            },
          },
        ],
        [
          '/v3/auth/tokens',
          { auth: { identity: { methods: ['hw_ak_sk'], hw_ak_sk: { secret: { key: 'unheard-of' } } } } },
        ],
      ] as const
    ).map(([url, payload]): [string, Sent, string] => [
      `the body of ${url} ${JSON.stringify(payload)}`,
      { method: 'POST', url, headers: ANYBODY, payload },
      'unheard-of',
    ]),
    ['the query of git', { url: `${REFS}&access_token=unheard-of` }, 'unheard-of'],
    [
      'Basic, of git',
      { url: REFS, headers: { authorization: basic('unheard-of:x-oauth-basic-unheard-of') } },
      Buffer.from('unheard-of').toString('base64').slice(0, -2),
    ],
    ['a deploy token', { url: TAGS, headers: { 'deploy-token': 'unheard-of' } }, 'unheard-of'],
    ['a job token', { url: TAGS, headers: { 'job-token': 'unheard-of' } }, 'unheard-of'],
    [
      'a security token',
      { url: '/v4/user/repositories', headers: { 'x-security-token': 'unheard-of' } },
      'unheard-of',
    ],
    [
      'a list',
      { method: 'POST', url: TAGS, headers: json, payload: { tokens: ['unheard-of', 'other-one'] } },
      'unheard-of',
    ],
    [
      'a multipart form',
      {
        method: 'POST',
        url: TAGS,
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
        payload: '--b\r\nContent-Disposition: form-data; name="job_token"\r\n\r\nunheard-of\r\n--b--\r\n',
      },
      'unheard-of',
    ],
  ])('is known by its place: %s', async (_place, sent, secret) => {
    expect(await shown(sent)).not.toContain(secret)
  })
})

it('what is no secret stays as it was sent', async () => {
  const headers = { 'private-token': 'dee-token', accept: 'application/json' }
  const text = await shown({ url: `${TAGS}?pagination=keyset&page_token=v1.0&search=t%2Fx`, headers })
  expect(JSON.parse(text.slice(0, text.lastIndexOf('{"log"'))).requests[0]).toMatchObject({
    query: 'pagination=keyset&page_token=v1.0&search=t%2Fx',
    request: { headers: { accept: 'application/json', 'private-token': '***' } },
  })
})

it('a token that was issued at run time is as secret as one of the fixture', async () => {
  const app = await buildApp({ fixture })
  const user = { name: 'dee', password: 'dee-password', domain: { name: 'dee' } }
  const { headers } = await callerOf(app)('POST', '/v3/auth/tokens', {
    payload: {
      auth: { identity: { methods: ['password'], password: { user } }, scope: { project: { name: 'x' } } },
    },
  })
  const token = String(headers['x-subject-token'])
  await callerOf(app)('GET', `/v4/user/repositories?search=${token}`, { headers: { 'x-auth-token': token } })
  const { text } = await callerOf(app, { host: 'localhost' })('GET', '/__admin/requests')
  await app.close()
  expect(token.length).toBeGreaterThan(20)
  expect(text).not.toContain(token)
  expect(text).toContain('"query":"search=***"')
})
