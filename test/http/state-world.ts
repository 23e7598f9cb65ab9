import type { FastifyInstance } from 'fastify'
import { expect } from 'vitest'
import { type Call, type CallOptions, callerOf } from '../caller.ts'

export const USERS = ['ada', 'dee'] as const

const commits = [
  { label: 'c1', message: 'One\n', author: 'mia', files: { 'README.md': '# A\n', 'docs/parts.md': 'x\n' } },
  { label: 'c2', message: 'Two\n', author: 'dee', files: { 'README.md': '# B\n' } },
  {
    label: 's1',
    branch: 'side',
    parents: ['c1'],
    message: 'Side\n',
    author: 'dee',
    files: { 's.txt': 's\n' },
  },
]

const person = (username: string) => ({
  username,
  password: `${username}-password`,
  tokens: [`${username}-token`, { value: `${username}-read`, scopes: ['read_api'] }],
  accessKey: { id: `AK${username}`, secret: 'secret' },
})

/** A world that has something of everything a fixture can say. */
export const fixture = {
  users: [{ ...person('ada'), admin: true }, person('mia'), person('dee')],
  owners: [
    {
      alias: 'acme',
      kind: 'company',
      name: 'Acme',
      members: { mia: 'owner' },
      tagRules: [{ pattern: 'rel-*', create: 'maintainer' }],
      importTagRules: true,
    },
    { alias: 'crew', kind: 'team', key: 'CRW', members: { mia: 'maintainer' } },
  ],
  projects: [
    {
      path: 'acme/widgets',
      id: 7,
      topics: ['b', 'a'],
      members: { dee: 'developer' },
      movedFrom: ['acme/old'],
      commits,
      tags: [
        { name: 'v1.0.0', target: 'c1' },
        { name: 'v1.1.0', target: 'c2', message: 'Noted\n', tagger: 'dee' },
        { name: 'tree', target: 'c1^{tree}' },
      ],
      tagRules: [{ pattern: 'v*', create: 'developer' }],
      releases: [{ tag: 'v1.0.0', links: [{ name: 'zip', url: 'https://example.test/a.zip' }] }],
      webhooks: [{ url: 'http://127.0.0.1:1/', secret: 's', events: [] }],
      pullRequests: [{ title: 'Side', source: 'side', target: 'main', author: 'dee', reviewers: ['mia'] }],
    },
    {
      path: 'crew/tools',
      visibility: 'public',
      commits,
      tags: [
        { name: 'kept', target: 'c1' },
        { name: 'phantom', target: 'c2', message: 'Boo\n' },
      ],
      profiles: { bitbucket: '4.5.2' },
    },
    { path: 'mia/bare', repository: false, visibility: 'internal' },
    { path: 'mia/empty', commits: [], archived: true },
  ],
}

/** How somebody says who they are to the vendor of a path. */
function credentials(path: string, user: string): Record<string, string> {
  if (path.includes('/rest/'))
    return { authorization: `Basic ${Buffer.from(`${user}:${user}-password`).toString('base64')}` }
  if (path.includes('/api/')) return { 'private-token': `${user}-token` }
  return /\/v\d\//.test(path) ? { 'x-auth-token': `${user}-token` } : { authorization: `token ${user}-token` }
}

export function vendorCaller(app: FastifyInstance, base = ''): Call {
  const call = callerOf(app, { host: 'forge.example.test' })
  return (method, path, options: CallOptions = {}) =>
    call(method, base + path, { ...options, headers: { ...credentials(path, 'mia'), ...options.headers } })
}

/** A change of each kind, through the API that makes it; answers the token that was issued on the way. */
export async function stir(call: Call): Promise<string> {
  const issued = await call('POST', '/v3/auth/tokens', {
    payload: {
      auth: {
        identity: { methods: ['password'], password: { user: { name: 'dee', password: 'dee-password' } } },
      },
    },
  })
  const steps: readonly (readonly [string, string, object?])[] = [
    ['POST', '/api/v4/projects/7/repository/tags?tag_name=v2.0.0&ref=main&message=Two'],
    ['POST', '/api/v4/projects/7/repository/tags?tag_name=gone&ref=main&message=Gone'],
    ['DELETE', '/api/v4/projects/7/repository/tags/gone'],
    ['POST', '/api/v4/projects/7/protected_tags?name=x-*&create_access_level=40'],
    [
      'POST',
      '/api/v4/projects/7/releases',
      {
        tag_name: 'v2.0.0',
        description: 'Second',
        assets: { links: [{ name: 'l', url: 'https://x.test/l' }] },
      },
    ],
    [
      'POST',
      '/api/v4/projects/7/hooks',
      { url: 'http://127.0.0.1:1/{a}', url_variables: [{ key: 'a', value: 'b' }], token: 't' },
    ],
    [
      'POST',
      '/rest/git/1.0/projects/CRW/repos/tools/tags',
      { name: 'new', startPoint: 'main', type: 'LIGHTWEIGHT' },
    ],
    ['DELETE', '/rest/git/1.0/projects/CRW/repos/tools/tags/phantom'],
    [
      'POST',
      '/rest/api/1.0/projects/ACME/repos/widgets/webhooks',
      { name: 'w', url: 'http://127.0.0.1:1/', events: [] },
    ],
    ['POST', '/company/acme/tag-protection/create', { tagTemplate: 'b-*', allowToCreate: 'ADMINS' }],
    ['POST', '/project', { title: 'Made', alias: 'made', ownerAlias: 'acme', ownerAliasType: 'COMPANY' }],
    ['POST', '/project/acme/widgets/release', { title: 'Pre', tagName: 'v1.1.0', preRelease: true }],
    [
      'POST',
      '/v4/repositories/7/protected-tags',
      { names: ['tre*'], actions: [{ action: 'create', user_ids: [3], related_role_ids: [] }] },
    ],
    ['PUT', '/v4/repositories/7/general-policy', { tag_name_regex: '[a-z].*' }],
  ]
  for (const [method, path, payload] of steps) {
    const { status, text } = await call(method, path, payload && { payload })
    expect([method, path, status < 300 ? 'done' : `${status} ${text}`]).toEqual([method, path, 'done'])
  }
  return String(issued.headers['x-subject-token'])
}
