import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/http/findings/finding.ts'
import { buildApp, type Options } from '../../../src/index.ts'
import { type Call, callerOf } from '../../caller.ts'

const NOW = '2024-06-01T12:00:00Z'
const GITLAB = { 'private-token': 'mia-token' }
const BASIC = { authorization: `Basic ${Buffer.from('mia:mia-password').toString('base64')}` }
const GITFLIC = { authorization: 'token mia-token' }
const CODEARTS = { 'x-auth-token': 'mia-token' }

let apps: FastifyInstance[] = []
afterEach(async () => {
  for (const app of apps) await app.close()
  apps = []
})

const manyTags = Array.from({ length: 60 }, (_, i) => ({ name: `t${i}`, target: 'c1' }))
const fixture = {
  users: [{ username: 'mia', password: 'mia-password', tokens: ['mia-token', 'mia-other'] }],
  owners: [{ alias: 'acme', kind: 'company', members: { mia: 'owner' } }],
  projects: [
    {
      path: 'acme/widgets',
      id: 1,
      commits: [{ label: 'c1', branch: 'main', message: 'One\n', author: 'mia', date: NOW }],
      tags: manyTags,
    },
  ],
}

async function open(options: Partial<Options> = {}) {
  const app = await buildApp({ strict: true, fixture, clock: NOW, ...options })
  apps.push(app)
  const admin = callerOf(app, { host: 'localhost' })
  const findings = async (query = '') => {
    const { status, body } = await admin('GET', `/__admin/requests/findings${query}`)
    expect(status).toBe(200)
    return (body as { findings: Finding[] }).findings
  }
  return { app, admin, findings, gitlab: callerOf(app, GITLAB) }
}

const short = (found: readonly Finding[]) =>
  found.map(({ kind, request, wrong, right }) => `${request} ${kind}: ${wrong} ${right}`)

const TAGS = '/api/v4/projects/1/repository/tags'
const REST = '/rest/api/1.0/projects/ACME/repos/widgets'

describe('parameters that nothing reads', () => {
  it('are found, each with the name that was meant', async () => {
    const { gitlab, findings } = await open()
    await gitlab('POST', `${TAGS}?tag_name=a&ref=main&mesage=x`, { headers: { 'privat-token': 'x' } })
    expect(await findings()).toEqual([
      {
        kind: 'unknown-parameter',
        request: 1,
        vendor: 'gitlab',
        operation: 'gitlab.createTag',
        user: 'mia',
        method: 'POST',
        path: TAGS,
        wrong: 'gitlab.createTag reads no query.mesage.',
        right: 'Send query.message.',
      },
      {
        kind: 'unknown-parameter',
        request: 1,
        vendor: 'gitlab',
        operation: 'gitlab.createTag',
        user: 'mia',
        method: 'POST',
        path: TAGS,
        wrong: 'gitlab.createTag reads no header.privat-token.',
        right: 'Send header.private-token.',
      },
    ])
  })

  it.each<[Record<string, string>, string, string, object, string[]]>([
    [
      GITLAB,
      'POST',
      '/api/v4/projects/1/releases',
      { tag_name: 't1', asets: {}, assets: { links: [{ name: 'a', ulr: 'https://x.test' }] } },
      ['Send body.assets.', 'Send body.assets.links[].url.'],
    ],
    [BASIC, 'POST', `${REST}/tags`, { name: 'b', start_point: 'main' }, ['Send body.startPoint.']],
    [
      BASIC,
      'POST',
      `${REST}/tags`,
      { name: 'b', startPoint: 'main', colour: 1 },
      ['Leave it out; known there: name, startPoint, message.'],
    ],
    [BASIC, 'POST', `${REST}/tags?name=b`, { startPoint: 'main' }, ['Send body.name.']],
    [
      GITFLIC,
      'POST',
      '/project/acme/widgets/tag/create',
      { tag_name: 'b', branchName: 'main' },
      ['Send body.tagName.'],
    ],
    [
      CODEARTS,
      'POST',
      '/v4/repositories/1/repository/tags',
      { tag_name: 'b', reff: 'main' },
      ['Send body.ref.'],
    ],
  ])('are told what would be right: %j %s %s %j', async (headers, method, url, payload, right) => {
    const { app, findings } = await open()
    await callerOf(app, headers)(method, url, { payload })
    expect((await findings()).map((finding) => finding.right)).toEqual(right)
  })

  it('are not shown with secrets in them', async () => {
    const { gitlab, findings } = await open()
    await gitlab('GET', `${TAGS}/t1?mia-token=1`)
    expect(JSON.stringify(await findings())).not.toContain('mia-token')
    expect(short(await findings())).toEqual([
      '1 unknown-parameter: gitlab.getTag reads no query.***. Leave it out.',
    ])
  })
})

describe('what is deprecated', () => {
  it.each<[Partial<Options>, Record<string, string>, string, string, object | undefined, string[]]>([
    [
      { profiles: { gitlab: '13' } },
      GITLAB,
      'POST',
      `${TAGS}/t1/release`,
      { description: 'x' },
      [
        '1 deprecated-route: gitlab.createTagRelease is deprecated since 11.7. Use POST /projects/:id/releases.',
      ],
    ],
    [
      { profiles: { gitlab: '13' } },
      GITLAB,
      'POST',
      TAGS,
      { tag_name: 'a', ref: 'main', release_description: 'x' },
      [
        '1 deprecated-parameter: body.release_description is deprecated. Since 11.7 POST /projects/:id/releases describes a release.',
      ],
    ],
    [{ profiles: { gitlab: '13' } }, GITLAB, 'POST', TAGS, { tag_name: 'a', ref: 'main' }, []],
    [
      {},
      GITLAB,
      'GET',
      '/api/v3/version',
      undefined,
      ['1 deprecated-route: gitlab.retired is deprecated since 9.0. Use /api/v4.'],
    ],
    [
      {},
      BASIC,
      'GET',
      `${REST}/branches/default`,
      undefined,
      [
        '1 deprecated-route: bitbucket.getDefaultBranch is deprecated since 7.5. Use GET /rest/api/1.0/projects/:key/repos/:slug/default-branch.',
      ],
    ],
    [{ profiles: { bitbucket: '4.5.2' } }, BASIC, 'GET', `${REST}/branches/default`, undefined, []],
    [{}, BASIC, 'GET', `${REST}/default-branch`, undefined, []],
    [
      {},
      CODEARTS,
      'GET',
      '/v2/repositories/1/tags',
      undefined,
      [
        '1 deprecated-route: codearts.listTagsV2 is deprecated. Use GET /v4/repositories/:repository_id/repository/tags.',
      ],
    ],
    [{}, CODEARTS, 'GET', '/v4/repositories/1/repository/tags?limit=100', undefined, []],
  ])('is found where the version deprecates it: %j %j %s %s %j', async (...row) => {
    const [options, headers, method, url, payload, found] = row
    const { app, findings } = await open(options)
    await callerOf(app, headers)(method, url, payload ? { payload } : {})
    expect(short(await findings())).toEqual(found)
  })
})

/** Ways to read the 60 tags of each vendor. */
const LISTS = [
  [
    'gitlab',
    GITLAB,
    TAGS,
    'page',
    1,
    20,
    'per_page',
    1,
    'page=2, until X-Next-Page is empty and Link has no rel="next"',
  ],
  ['bitbucket', BASIC, `${REST}/tags`, 'start', 0, 25, 'limit', 25, 'start=25, until isLastPage is true'],
  [
    'gitflic',
    GITFLIC,
    '/project/acme/widgets/tag',
    'page',
    0,
    10,
    'size',
    1,
    'page=1, until page.number is page.totalPages less 1',
  ],
  [
    'codearts',
    CODEARTS,
    '/v4/repositories/1/repository/tags',
    'offset',
    0,
    20,
    'limit',
    20,
    'offset=20, until there are as many entries as X-Total, or total, says',
  ],
] as const

describe.each(LISTS)('a list of %s', (_vendor, headers, url, place, first, size, sizeName, step, right) => {
  const open60 = async () => {
    const { app, findings } = await open()
    return { app, findings, call: callerOf(app, headers) }
  }

  it('is found when only its first page was read', async () => {
    const { call, findings } = await open60()
    const { status } = await call('GET', url)
    await call('GET', `${url}?${place}=${first}`)
    expect(status).toBe(200)
    expect(short(await findings())).toEqual([
      `2 pages-unread: The list goes on after its first page, and no other page was asked for. Ask on with ${right}.`,
    ])
  })

  it('is not found once another page was asked for, by the same client', async () => {
    const { app, call, findings } = await open60()
    await call('GET', url)
    await callerOf(app, { ...headers, 'user-agent': 'another' })('GET', `${url}?${place}=${first + step}`)
    expect((await findings()).map(({ request }) => request)).toEqual([1])
    await call('GET', `${url}?${place}=${first + step}`)
    expect(await findings()).toEqual([])
  })

  it('is not found when it was read as a whole, or for one entry', async () => {
    const { call, findings } = await open60()
    await call('GET', `${url}?${sizeName}=${size}`)
    expect(await findings()).toHaveLength(1)
    await call('GET', `${url}?${sizeName}=100`)
    expect(await findings()).toEqual([])
    const again = await open60()
    await again.call('GET', `${url}?${sizeName}=100`)
    await again.call('GET', `${url}?${sizeName}=1`)
    expect(await again.findings()).toEqual([])
  })
})

it('a list of GitLab by keyset is found as well', async () => {
  const { gitlab, findings } = await open()
  await gitlab('GET', `${TAGS}?pagination=keyset&order_by=name&sort=asc`)
  expect(short(await findings())).toMatchObject([
    expect.stringContaining('Ask on with the page_token of Link'),
  ])
  await gitlab('GET', `${TAGS}?pagination=keyset&order_by=name&sort=asc&page_token=t25`)
  expect(await findings()).toEqual([])
})

it('pages that are larger than what the journal keeps of them are found where their beginning tells it', async () => {
  const { app, gitlab, findings } = await open({ journalBodyLimit: 100 })
  await gitlab('GET', TAGS)
  await callerOf(app, BASIC)('GET', `${REST}/tags`)
  await callerOf(app, CODEARTS)('GET', '/v4/repositories/1/repository/tags')
  await callerOf(app, GITFLIC)('GET', '/project/acme/widgets/tag')
  expect((await findings()).map(({ vendor }) => vendor)).toEqual(['gitlab', 'bitbucket', 'codearts'])
})

describe('a wait that was asked for', () => {
  const limited = async (admin: Call, rule: object = {}) =>
    admin('POST', '/__admin/faults', { payload: { status: 429, retryAfter: 30, times: 1, ...rule } })
  const HASTY =
    '2 retry-after-ignored: It came before the time was over that the 429 of request 1 had asked to wait. Wait for the 30 seconds of Retry-After.'

  it('is found when it is ignored', async () => {
    const { admin, gitlab, findings } = await open()
    await limited(admin)
    await gitlab('GET', `${TAGS}/t1`)
    await gitlab('GET', `${TAGS}/t1`)
    expect(short(await findings())).toEqual([HASTY])
  })

  it.each(['bitbucket', 'gitflic', 'codearts'])(
    'is found of %s, and of another request some time after',
    async (vendor) => {
      const { app, admin, findings } = await open()
      const [, headers = {}, url = ''] = LISTS.find(([id]) => id === vendor) ?? []
      const call = callerOf(app, headers)
      await limited(admin)
      await call('GET', `${url}?page=7`)
      await new Promise((done) => setTimeout(done, 60))
      await call('GET', `${url}?page=8`)
      expect(short(await findings('?kind=retry-after-ignored'))).toEqual([HASTY])
    },
  )

  it('is over when it has passed by the clock of the sandbox, and not a second before', async () => {
    const { admin, gitlab, findings } = await open()
    await limited(admin)
    await gitlab('GET', `${TAGS}/t1`)
    await admin('PUT', '/__admin/clock', { payload: { advance: 30 } })
    await gitlab('GET', `${TAGS}/t1`)
    expect(await findings()).toEqual([])
    await limited(admin)
    await gitlab('GET', `${TAGS}/t1`)
    await admin('PUT', '/__admin/clock', { payload: { advance: 29 } })
    await gitlab('GET', `${TAGS}/t1`)
    expect((await findings()).map(({ request }) => request)).toEqual([4])
  })

  it('is over when it has passed for real', async () => {
    const { admin, gitlab, findings } = await open()
    await limited(admin, { retryAfter: 1, status: 503 })
    await gitlab('GET', `${TAGS}/t1`)
    await new Promise((done) => setTimeout(done, 1000))
    await gitlab('GET', `${TAGS}/t1`)
    expect(await findings()).toEqual([])
  })

  it('is no matter of other clients, other vendors, and requests that were under way', async () => {
    const { app, admin, gitlab, findings } = await open()
    await limited(admin)
    await Promise.all([gitlab('GET', `${TAGS}/t1`), gitlab('GET', `${TAGS}/t2`), gitlab('GET', `${TAGS}/t3`)])
    await callerOf(app, { 'private-token': 'mia-other' })('GET', `${TAGS}/t1`)
    await callerOf(app, BASIC)('GET', `${REST}/tags/t1`)
    expect(await findings()).toEqual([])
  })
})

describe('findings', () => {
  it('are told of the requests that a filter is about, though all count', async () => {
    const { gitlab, admin, findings } = await open()
    await gitlab('GET', `${TAGS}?a=1`)
    await gitlab('GET', `${TAGS}?a=1&page=2`)
    await gitlab('GET', `${TAGS}/t1?b=1`)
    const numbers = async (query: string) => (await findings(query)).map(({ request }) => request)
    expect(await numbers('')).toEqual([1, 2, 3])
    expect(await numbers('?operation=gitlab.getTag')).toEqual([3])
    expect(await numbers('?since=1&limit=1')).toEqual([2])
    expect(await numbers('?limit=1')).toEqual([3])
    expect(await numbers('?kind=pages-unread')).toEqual([])
    expect(await numbers('?status=4xx')).toEqual([])
    await admin('DELETE', '/__admin/requests')
    expect(await numbers('')).toEqual([])
  })

  it('are refused for what is unknown, and where nobody is judged', async () => {
    const { admin } = await open()
    const refusal = async (call: Call, query = '') => {
      const { status, body } = await call('GET', `/__admin/requests/findings${query}`)
      return [status, (body as { error: string }).error]
    }
    expect(await refusal(admin, '?kind=typo')).toEqual([422, 'invalid-filter'])
    expect(await refusal(admin, '?vender=gitlab')).toEqual([422, 'invalid-filter'])
    const { admin: lenient } = await open({ strict: false })
    expect(await refusal(lenient)).toEqual([409, 'not-strict'])
  })

  it('need a journal', async () => {
    await expect(buildApp({ strict: true, journalSize: 0 })).rejects.toThrow(
      'strict needs a journal, and its size is 0',
    )
  })
})
