import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { type Call, callerOf } from '../caller.ts'

const TAGS = '/api/v4/projects/1/repository/tags'

let app: FastifyInstance
let admin: Call
beforeEach(async () => {
  app = await buildApp({ clock: '2024-06-01T12:00:00Z' })
  admin = callerOf(app, { host: 'localhost:4747' })
})
afterEach(() => app.close())

const gitlab = (token = 'mia-token') => callerOf(app, { host: 'localhost:4747', 'private-token': token })
const bitbucket = () => callerOf(app, { authorization: 'Bearer dee-token' })

async function post(rule: object, base = ''): Promise<Record<string, unknown>> {
  const { status, body } = await admin('POST', `${base}/__admin/faults`, { payload: rule })
  expect([status, body]).toEqual([201, expect.anything()])
  return body as Record<string, unknown>
}

async function rules(base = ''): Promise<Record<string, unknown>[]> {
  const { body } = await admin('GET', `${base}/__admin/faults`)
  return (body as { faults: Record<string, unknown>[] }).faults
}

async function statuses(call: Call, count: number, url = TAGS, method = 'GET'): Promise<number[]> {
  const seen: number[] = []
  for (let i = 0; i < count; i++) seen.push((await call(method, url)).status)
  return seen
}

describe('a rule', () => {
  it('hits the next requests after those it lets through, and counts', async () => {
    const posted = await post({ operation: 'gitlab.listTags', status: 503, after: 1, times: 2 })
    expect(posted).toEqual({
      id: '1',
      operation: 'gitlab.listTags',
      status: 503,
      after: 1,
      times: 2,
      seen: 0,
      hits: 0,
      left: 2,
    })
    expect(await statuses(gitlab(), 2)).toEqual([200, 503])
    expect(await rules()).toMatchObject([{ seen: 2, hits: 1, left: 1 }])
    expect(await statuses(gitlab(), 3)).toEqual([503, 200, 200])
    expect(await rules()).toMatchObject([{ seen: 5, hits: 2, left: 0 }])
  })

  it('hits always unless told how often', async () => {
    await post({ vendor: 'gitlab', status: 500 })
    expect(await statuses(gitlab(), 3)).toEqual([500, 500, 500])
    expect(await rules()).toMatchObject([{ times: 'always', left: 'always', hits: 3 }])
  })

  it.each<[string, object, [number, number, number, number]]>([
    ['vendor', { vendor: 'bitbucket' }, [200, 200, 200, 500]],
    ['operation', { operation: 'gitlab.getTag' }, [200, 500, 200, 200]],
    ['method', { method: 'get' }, [500, 500, 500, 500]],
    ['path', { path: '/api/*/tags' }, [500, 200, 500, 200]],
    ['user', { user: 'dee' }, [200, 200, 500, 500]],
    ['token', { token: 'mia-token' }, [500, 500, 200, 200]],
    ['all of it', { vendor: 'gitlab', user: 'mia', path: `${TAGS}/v*` }, [200, 500, 200, 200]],
  ])('is about requests of one %s', async (_name, match, expected) => {
    await post({ ...match, status: 500 })
    expect([
      (await gitlab()('GET', TAGS)).status,
      (await gitlab()('GET', `${TAGS}/v1.0.0`)).status,
      (await gitlab('dee-token')('GET', TAGS)).status,
      (await bitbucket()('GET', '/rest/api/1.0/projects/ACME/repos/widgets/tags')).status,
    ]).toEqual(expected)
  })

  it('knows users by whatever they sign in with', async () => {
    await post({ user: 'dee', status: 500 })
    const basic = `Basic ${Buffer.from('dee:dee-password').toString('base64')}`
    const tries: [string, Record<string, string>][] = [
      [`${TAGS}?private_token=dee-token`, {}],
      ['/rest/api/1.0/projects', { authorization: basic }],
      ['/user/me', { authorization: 'token dee-token' }],
      ['/v4/user/repositories', { 'x-auth-token': 'dee-token' }],
      ['/scm/acme/widgets.git/info/refs?service=git-upload-pack', { authorization: basic }],
    ]
    for (const [url, headers] of tries) expect((await app.inject({ url, headers })).statusCode).toBe(500)
    expect((await gitlab()('GET', TAGS)).status).toBe(200)
  })

  it('goes before those that were posted after it, and these do not count then', async () => {
    await post({ status: 503, times: 1 })
    await post({ status: 502 })
    expect(await statuses(gitlab(), 2)).toEqual([503, 502])
    expect(await rules()).toMatchObject([
      { hits: 1, seen: 2 },
      { hits: 1, seen: 1 },
    ])
  })

  it('is not carried out, or is and loses its answer', async () => {
    await post({ operation: 'gitlab.createTag', status: 502, times: 1 })
    expect((await gitlab()('POST', `${TAGS}?tag_name=a&ref=main`)).status).toBe(502)
    expect((await gitlab()('GET', `${TAGS}/a`)).status).toBe(404)
    await post({ operation: 'gitlab.createTag', status: 502, times: 1, when: 'after' })
    expect((await gitlab()('POST', `${TAGS}?tag_name=a&ref=main`)).status).toBe(502)
    expect((await gitlab()('GET', `${TAGS}/a`)).status).toBe(200)
  })

  it('is named in the journal, with the request that it hit', async () => {
    await post({ operation: 'gitlab.createTag', status: 429, retryAfter: 7 })
    await gitlab()('POST', TAGS, { payload: { tag_name: 'x', private_token: 'mia-token' } })
    const { body } = await admin('GET', '/__admin/requests')
    expect((body as { requests: unknown[] }).requests).toMatchObject([
      {
        operation: 'gitlab.createTag',
        status: 429,
        fault: '1',
        refusal: 'The fault rule 1 asks for this answer.',
        request: { body: { text: '{"tag_name":"x","private_token":"***"}', cut: false } },
        answer: { headers: { 'retry-after': '7' }, body: { text: 'Retry later\n' } },
      },
    ])
  })
})

describe('rules', () => {
  it('are posted together or not at all, and taken away one by one or all', async () => {
    const rule = { operation: 'gitlab.listTags', status: 500 }
    const { status } = await admin('POST', '/__admin/faults', { payload: [rule, { status: 99 }] })
    expect([status, await rules()]).toEqual([422, []])
    const { body } = await admin('POST', '/__admin/faults', { payload: [rule, { ...rule, status: 503 }] })
    expect(body).toMatchObject({ faults: [{ id: '1' }, { id: '2' }] })
    expect((await admin('DELETE', '/__admin/faults/1')).status).toBe(204)
    expect((await admin('DELETE', '/__admin/faults/1')).status).toBe(404)
    expect(await statuses(gitlab(), 1)).toEqual([503])
    expect((await admin('DELETE', '/__admin/faults')).status).toBe(204)
    expect(await statuses(gitlab(), 1)).toEqual([200])
  })

  it('are those of one sandbox, and a reset takes them away', async () => {
    const made = await admin('POST', '/__admin/sandboxes')
    const { id } = made.body as { id: string }
    const base = `/__sandbox/${id}`
    await post({ status: 500 }, base)
    await post({ status: 503, sandbox: id, after: 1 })
    expect(await rules()).toEqual([])
    expect(await rules(base)).toMatchObject([{ id: '1' }, { id: '2' }])
    expect(await statuses(gitlab(), 1)).toEqual([200])
    expect(await statuses(gitlab(), 1, base + TAGS)).toEqual([500])
    await admin('POST', '/__admin/reset')
    expect(await rules(base)).toHaveLength(2)
    await admin('POST', `${base}/__admin/reset`)
    expect(await rules(base)).toEqual([])
    expect(await statuses(gitlab(), 1, base + TAGS)).toEqual([200])
  })

  it('never hit the control plane', async () => {
    await post({ status: 500 })
    expect((await admin('GET', '/__admin/health')).status).toBe(200)
  })

  it.each<[object | string, RegExp]>([
    [
      { vendor: 'github', status: 500 },
      /^vendor: "github" is unknown; allowed: bitbucket, gitlab, gitflic, codearts\.$/,
    ],
    [
      { operation: 'gitlab.makeTag', status: 500 },
      /^operation: "gitlab.makeTag" is unknown; allowed: .*gitlab\.createTag/,
    ],
    [
      { operation: 'gitlab.listTags', vendor: 'gitflic', status: 500 },
      /none of gitflic; allowed: .*gitflic\.listTags/,
    ],
    [{ method: 'GRAB', status: 500 }, /^method: "GRAB" is unknown; allowed: GET, /],
    [{ user: 'nobody', status: 500 }, /^user: "nobody" is unknown; allowed: ada, /],
    [{ sandbox: 'none', status: 500 }, /^sandbox: there is no sandbox none\.$/],
    [{ colour: 'red', status: 500 }, /^Unknown key "colour": .*operation/],
    [{ path: 'tags', status: 500 }, /^path: must begin with/],
    [{ operation: 'gitlab.listTags' }, /^A rule needs an effect: latency, status, /],
    [{ status: 500, reset: true }, /^status and reset: a rule has one effect/],
    [{ status: 200 }, /^status: must be one from 400 to 599\.$/],
    [{ status: 500, times: 0 }, /^times: must be a whole number from 1 on\.$/],
    [{ status: 500, after: -1 }, /^after: must be a whole number from 0 on\.$/],
    [{ status: 500, when: 'now' }, /^when: "now" is unknown; allowed: before, after\.$/],
    [{ malformed: true, when: 'after' }, /^when: goes with status and reset only\.$/],
    [{ reset: true, retryAfter: 1 }, /^retryAfter: goes with status only\.$/],
    [{ truncate: 1 }, /^truncate: must be a number from 0 to 0\.999\.$/],
    [
      { drip: { byte: 1 } },
      /^drip: "byte" is unknown; it must be an object with bytes, interval, endless\.$/,
    ],
    [{ latency: 'slow' }, /^latency: must be milliseconds, or .* fixed, uniform, normal, exponential\.$/],
    [{ latency: { distribution: 'uniform', min: 2, max: 1 } }, /^latency\.max: must not be below/],
    [{ rateLimit: { limit: 1 } }, /^rateLimit\.window: must be a whole number from 1 on\.$/],
    [{ scenario: 'none' }, /^scenario: "none" is unknown; allowed: vanishing-tag, /],
    ['[1]', /^The body must be a JSON object\.$/],
  ])('that make no sense are refused with what does: %o', async (payload, message) => {
    const { status, body } = await admin('POST', '/__admin/faults', {
      payload,
      headers: { 'content-type': 'application/json' },
    })
    expect(status).toBe(422)
    expect((body as { message: string }).message).toMatch(message)
    expect(await rules()).toEqual([])
  })

  it('do not show the token that they are about', async () => {
    expect(await post({ token: 'mia-token', status: 500 })).toMatchObject({ token: '***' })
  })
})
