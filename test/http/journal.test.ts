import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import type { Options } from '../../src/options.ts'
import { type Call, callerOf } from '../caller.ts'

const TAGS = '/api/v4/projects/1/repository/tags'
const NOW = '2024-06-01T12:00:00Z'

interface Entry {
  readonly [key: string]: unknown
  readonly number: number
  readonly operation: string | null
}

let app: FastifyInstance
let admin: Call
let gitlab: Call
async function start(options: Partial<Options> = {}): Promise<void> {
  await app?.close()
  app = await buildApp({ clock: NOW, ...options })
  admin = callerOf(app, { host: 'localhost:4747' })
  gitlab = callerOf(app, { host: 'localhost:4747', 'private-token': 'mia-token' })
}
beforeEach(() => start())
afterEach(() => app.close())

async function journal(query = '', base = ''): Promise<Entry[]> {
  const { body } = await admin('GET', `${base}/__admin/requests${query}`)
  return (body as { requests: Entry[] }).requests
}

async function operations(query = ''): Promise<unknown[]> {
  return (await journal(query)).map(({ operation }) => operation)
}

describe('a request in the journal', () => {
  it('is told with its answer, in full', async () => {
    const { headers, text } = await gitlab('POST', `${TAGS}?tag_name=v9&ref=main`, {
      payload: { message: 'Nine' },
    })
    const [entry] = await journal()
    expect(entry).toEqual({
      number: 1,
      time: expect.stringMatching(/^20\d\d-.*Z$/),
      sandboxTime: '2024-06-01T12:00:00.000Z',
      sandbox: null,
      vendor: 'gitlab',
      operation: 'gitlab.createTag',
      user: 'mia',
      method: 'POST',
      path: TAGS,
      query: 'tag_name=v9&ref=main',
      httpVersion: '1.1',
      request: {
        headers: {
          host: 'localhost:4747',
          'private-token': '***',
          'user-agent': 'lightMyRequest',
          'content-type': 'application/json',
          'content-length': '18',
        },
        body: { text: '{"message":"Nine"}', size: 18, cut: false },
      },
      status: 201,
      answer: {
        headers: expect.objectContaining({ 'content-type': 'application/json', etag: headers.etag }),
        body: { text, size: Buffer.byteLength(text), cut: false },
      },
      cutOff: false,
      duration: expect.any(Number),
      unread: [],
      refusal: null,
      fault: null,
    })
    expect((await admin('GET', '/__admin/requests/1')).body).toEqual(entry)
    expect(await admin('GET', '/__admin/requests/2')).toMatchObject({
      status: 404,
      body: { error: 'request-missing' },
    })
  })

  it.each([
    ['bitbucket', '/rest/api/1.0/projects/ACME/repos/widgets/tags', 'Bearer dee-token', 'bitbucket.listTags'],
    ['gitflic', '/project/acme/widgets/tag', 'token dee-token', 'gitflic.listTags'],
    ['gitflic', '/rest-api/project/acme/widgets/tag/', 'token dee-token', 'gitflic.listTags'],
    ['gitlab', `${TAGS}/v1.0.0`, 'Bearer dee-token', 'gitlab.getTag'],
  ])('has the names that %s gives it: %s', async (vendor, url, authorization, operation) => {
    await app.inject({ url, headers: { authorization } })
    expect(await journal()).toMatchObject([{ vendor, operation, user: 'dee', status: 200 }])
  })

  it('of CodeArts too', async () => {
    await app.inject({
      url: '/v4/repositories/1/repository/tags',
      headers: { 'x-auth-token': 'dee-token' },
    })
    expect(await journal()).toMatchObject([
      { vendor: 'codearts', operation: 'codearts.listTags', user: 'dee', status: 200 },
    ])
  })

  it('of git belongs to the vendor whose clone URL it came to', async () => {
    const headers = { authorization: `Basic ${Buffer.from('dee:dee-password').toString('base64')}` }
    await app.inject({ url: '/scm/acme/widgets.git/info/refs?service=git-upload-pack', headers })
    await app.inject({
      method: 'POST',
      url: '/acme/widgets.git/git-upload-pack',
      headers: { ...headers, 'content-type': 'application/x-git-upload-pack-request' },
      payload: '0000',
    })
    expect(await journal()).toMatchObject([
      { vendor: 'bitbucket', operation: 'git.advertiseRefs', user: 'dee' },
      {
        operation: 'git.uploadPack',
        user: 'dee',
        request: { headers: { authorization: 'Basic ***' }, body: { text: null } },
      },
    ])
  })

  it('is written down when no route fits, and when its URL is broken', async () => {
    await gitlab('GET', '/api/v4/nope')
    await gitlab('GET', '/nobody')
    await gitlab('GET', '/api/v4/%ff')
    expect(await journal()).toMatchObject([
      {
        vendor: 'gitlab',
        operation: null,
        status: 404,
        refusal: 'gitlab has no operation at this address for this method.',
      },
      { vendor: null, operation: null, status: 404 },
      { vendor: 'gitlab', path: '/api/v4/%ff', status: 400 },
    ])
  })

  it('keeps no more of a body than the limit, whole characters only', async () => {
    await start({ journalBodyLimit: 11 })
    const payload = JSON.stringify({ tag_name: 'v9', ref: 'main' })
    const { text } = await gitlab('POST', TAGS, {
      payload: payload.replace('v9', '\u00fc'.repeat(20)),
      headers: { 'content-type': 'application/json' },
    })
    expect(await journal()).toMatchObject([
      {
        request: { body: { text: '{"tag_name"', size: 68, cut: true } },
        answer: { body: { text: text.slice(0, 10), size: Buffer.byteLength(text), cut: true } },
      },
    ])
  })
})

describe('what nothing read', () => {
  it.each<[string, string, string, object | string | undefined, string[]]>([
    ['gitlab', 'GET', `${TAGS}?sort=asc&colour=red&pagination=keyset`, undefined, ['query.colour']],
    ['gitlab', 'POST', `${TAGS}?tag_name=a1&ref=main`, { mesage: 'x', message: 'y' }, ['body.mesage']],
    ['gitlab', 'POST', TAGS, { tag_name: 'a2', ref: 'main', links: { x: 1 } }, ['body.links']],
    [
      'gitlab',
      'POST',
      '/api/v4/projects/1/releases',
      { tag_name: 'v1.0.0', assets: { links: [{ name: 'n', url: 'http://x.test/', size: 3 }] }, nome: 'x' },
      ['body.assets.links[].size', 'body.nome'],
    ],
    [
      'bitbucket',
      'GET',
      '/rest/api/1.0/projects/ACME/repos/widgets/tags?limit=1&page=2',
      undefined,
      ['query.page'],
    ],
    [
      'bitbucket',
      'POST',
      '/rest/api/1.0/projects/ACME/repos/widgets/tags?name=b',
      { name: 'b1', startPoint: 'main', force: true },
      ['query.name', 'body.force'],
    ],
  ])('is named: %s %s %s', async (vendor, method, url, payload, unread) => {
    const headers: Record<string, string> =
      vendor === 'gitlab' ? { 'private-token': 'mia-token' } : { authorization: 'Bearer mia-token' }
    await callerOf(app, headers)(method, url, payload === undefined ? {} : { payload })
    expect((await journal())[0]?.unread).toEqual(unread)
  })

  it('is told of forms and their nested names', async () => {
    await gitlab('POST', '/api/v4/projects/1/releases', {
      payload: 'tag_name=v1.0.0&assets[links][][name]=n&assets[links][][size]=3&extra[deep]=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect((await journal())[0]?.unread).toEqual(['body.assets.links[].size', 'body.extra'])
  })
})

describe('a refusal', () => {
  it('at an address of nobody says so', async () => {
    await gitlab('GET', '/nowhere')
    expect((await journal()).at(-1)).toMatchObject({ vendor: null, refusal: 'No vendor is at this address.' })
  })

  it.each<[string, string, string, number, string]>([
    ['dee-token', 'POST', `${TAGS}?tag_name=v1.0.0&ref=main`, 400, 'refs/tags/v1.0.0 exists already.'],
    ['dee-token', 'GET', `${TAGS}/none`, 404, 'There is no refs/tags/none.'],
    ['dee-token', 'POST', TAGS, 400, 'tag_name is missing, ref is missing'],
    ['nobody-token', 'GET', TAGS, 401, 'The credential is unknown here.'],
    [
      'rex-token',
      'POST',
      `${TAGS}?tag_name=r&ref=main`,
      403,
      'The role developer is needed; the caller has reporter.',
    ],
  ])('is told with its rule: %s %s %s', async (token, method, url, status, refusal) => {
    await callerOf(app, { 'private-token': token })(method, url)
    expect(await journal()).toMatchObject([{ status, refusal }])
  })

  it.each<[string, string, Record<string, string>, string]>([
    [
      'GET',
      '/rest/api/1.0/projects/ACME/repos/none',
      { authorization: 'Bearer dee-token' },
      'There is no project ACME/none.',
    ],
    [
      'POST',
      '/rest/api/1.0/projects/ACME/repos/widgets/tags',
      { authorization: 'Bearer dee-token', accept: 'text/html' },
      'The REST framework refused it with 406.',
    ],
    [
      'POST',
      '/project/acme/widgets/tag/create',
      { authorization: 'token dee-token' },
      'error.validation, tagName: error.field.empty, branchName: error.field.empty',
    ],
    [
      'GET',
      '/v4/repositories/1/repository/tag',
      { 'x-auth-token': 'dee-token' },
      'tag_name: The parameter is required.',
    ],
  ])('of another vendor is told too: %s %s', async (method, url, headers, refusal) => {
    const payload = method === 'POST' ? { payload: {} } : {}
    await callerOf(app, headers)(method, url, payload)
    expect(await journal()).toMatchObject([{ refusal }])
  })
})

describe('the journal', () => {
  it('is filtered by everything that a request is', async () => {
    await gitlab('GET', TAGS)
    await gitlab('POST', `${TAGS}?tag_name=v9&ref=main`)
    await gitlab('GET', `${TAGS}/none`)
    await callerOf(app, { authorization: 'token dee-token' })('GET', '/project/acme/widgets/tag')
    expect(await operations('?vendor=gitflic')).toEqual(['gitflic.listTags'])
    expect(await operations('?operation=gitlab.createTag')).toEqual(['gitlab.createTag'])
    expect(await operations('?method=post')).toEqual(['gitlab.createTag'])
    expect(await operations('?path=/tags/no')).toEqual(['gitlab.getTag'])
    expect(await operations('?status=201')).toEqual(['gitlab.createTag'])
    expect(await operations('?status=4xx')).toEqual(['gitlab.getTag'])
    expect(await operations('?user=dee')).toEqual(['gitflic.listTags'])
    expect(await operations('?since=2')).toEqual(['gitlab.getTag', 'gitflic.listTags'])
    expect(await operations('?since=1&limit=1')).toEqual(['gitlab.createTag'])
    expect(await operations('?limit=1')).toEqual(['gitflic.listTags'])
    expect(await operations('?vendor=gitlab&status=2xx&method=GET')).toEqual(['gitlab.listTags'])
    expect((await admin('GET', '/__admin/requests/count?vendor=gitlab')).body).toEqual({ count: 3 })
    expect((await admin('GET', '/__admin/requests/count?status=5xx')).body).toEqual({ count: 0 })
  })

  it.each([
    'vendor=github',
    'operation=gitlab.createTags',
    'method=GRAB',
    'status=600',
    'since=x',
    'colour=red',
  ])('refuses the unknown filter %s and names what is known', async (query) => {
    const { status, body } = await admin('GET', `/__admin/requests/count?${query}`)
    expect([status, (body as { error: string }).error]).toEqual([422, 'invalid-filter'])
    expect((body as { message: string }).message).toMatch(/must be /)
  })

  it('is a ring of its size', async () => {
    await start({ journalSize: 3 })
    for (let i = 0; i < 5; i++) await gitlab('GET', TAGS)
    expect((await journal()).map(({ number }) => number)).toEqual([3, 4, 5])
    expect((await admin('GET', '/__admin/requests/2')).status).toBe(404)
    expect((await admin('GET', '/__admin/requests/3')).status).toBe(200)
  })

  it('is not kept when its size is 0', async () => {
    await start({ journalSize: 0 })
    await gitlab('GET', TAGS)
    expect(await admin('GET', '/__admin/requests')).toMatchObject({
      status: 409,
      body: { error: 'no-journal' },
    })
  })

  it('forgets on demand and counts on', async () => {
    await gitlab('GET', TAGS)
    expect((await admin('DELETE', '/__admin/requests')).status).toBe(204)
    expect(await journal()).toEqual([])
    await gitlab('GET', TAGS)
    expect((await journal()).map(({ number }) => number)).toEqual([2])
    expect((await admin('GET', '/__admin/requests/1')).status).toBe(404)
  })

  it('is as new after a reset', async () => {
    await gitlab('GET', TAGS)
    await admin('POST', '/__admin/reset')
    expect(await journal()).toEqual([])
    await gitlab('GET', TAGS)
    expect((await journal()).map(({ number }) => number)).toEqual([1])
  })

  it('outlives a reset where that is wanted, secrets of the world before unknown to the next included', async () => {
    await start({ journalKeep: true })
    await gitlab('GET', `${TAGS}?search=dee-password`)
    const payload = { users: [{ username: 'zoe', tokens: ['zoe-token'] }] }
    await admin('POST', '/__admin/reset', { payload })
    expect(await journal()).toMatchObject([{ number: 1, query: 'search=***', user: 'mia' }])
  })

  it('is each sandbox its own, and knows nothing of the control plane', async () => {
    const { body } = await admin('POST', '/__admin/sandboxes')
    const base = `/__sandbox/${(body as { id: string }).id}`
    await gitlab('GET', `${base}${TAGS}`)
    await gitlab('GET', TAGS, { headers: { 'x-fakeforge-sandbox': (body as { id: string }).id } })
    await gitlab('GET', `${TAGS}/v1.0.0`)
    expect(await journal('', base)).toMatchObject([
      { number: 1, operation: 'gitlab.listTags', path: TAGS, sandbox: (body as { id: string }).id },
      { number: 2, operation: 'gitlab.listTags', path: TAGS },
    ])
    expect(await operations()).toEqual(['gitlab.getTag'])
    await admin('POST', `${base}/__admin/reset`)
    expect(await journal('', base)).toEqual([])
    expect(await operations()).toEqual(['gitlab.getTag'])
  })
})
