import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { callerOf } from '../caller.ts'

const GITLAB = '/api/v4/projects/1/repository/tags'
const BITBUCKET = '/rest/api/1.0/projects/ACME/repos/widgets/tags'
const GITFLIC = '/project/acme/widgets/tag'
const CODEARTS = '/v4/repositories/1/repository/tags'
const CODEARTS_V2 = '/v2/repositories/1/tags'
const GIT = '/scm/acme/widgets.git/info/refs?service=git-upload-pack'

let app: FastifyInstance
beforeEach(async () => {
  app = await buildApp({ clock: '2024-06-01T12:00:00Z' })
})
afterEach(() => app.close())

async function post(rule: object): Promise<void> {
  const call = callerOf(app, { host: 'localhost' })
  expect((await call('POST', '/__admin/faults', { payload: rule })).status).toBe(201)
}

const HTML = /^<html>\r\n<head><title>(.*)<\/title><\/head>/

describe('a status', () => {
  it.each<[string, number, string, unknown]>([
    [GITLAB, 500, 'application/json', { message: '500 Internal Server Error' }],
    [GITLAB, 503, 'application/json', { message: '503 Service Unavailable' }],
    [GITLAB, 403, 'application/json', { message: '403 Forbidden' }],
    [GITLAB, 429, 'text/plain', 'Retry later\n'],
    [GITLAB, 502, 'text/html', /<title>GitLab is not responding \(502\)<\/title>/],
    [GITLAB, 504, 'text/html', HTML],
    [
      BITBUCKET,
      500,
      'application/json;charset=UTF-8',
      {
        errors: [
          {
            context: null,
            message:
              'An error occurred while processing the request. Check the server logs for more information.',
            exceptionName: null,
          },
        ],
      },
    ],
    [
      BITBUCKET,
      429,
      'application/json;charset=UTF-8',
      {
        errors: [
          {
            context: null,
            message: 'You have exceeded the rate limit for this instance. Please try again later.',
            exceptionName: null,
          },
        ],
      },
    ],
    [BITBUCKET, 502, 'text/html', HTML],
    [BITBUCKET, 503, 'text/html', HTML],
    [GITFLIC, 500, 'application/json', { title: 'error.internal', status: 500 }],
    [GITFLIC, 429, 'application/json', { title: 'error.too.many.requests', status: 429 }],
    [GITFLIC, 504, 'text/html', HTML],
    [
      CODEARTS,
      500,
      'application/json;charset=UTF-8',
      { error_code: 'CH.000001', error_msg: 'Unknown error.' },
    ],
    [
      CODEARTS_V2,
      500,
      'application/json;charset=UTF-8',
      { error: { code: 'CH.000001', message: 'Unknown error.' }, status: 'failed' },
    ],
    [
      CODEARTS,
      502,
      'application/json;charset=UTF-8',
      { error_code: 'APIGW.0202', error_msg: 'Backend unavailable' },
    ],
    [
      CODEARTS,
      504,
      'application/json;charset=UTF-8',
      { error_code: 'APIGW.0203', error_msg: 'Backend timeout' },
    ],
    [
      CODEARTS,
      429,
      'application/json;charset=UTF-8',
      {
        error_code: 'APIGW.0308',
        error_msg:
          'The throttling threshold has been reached: policy user over ratelimit,limit:100,time:1 minute',
      },
    ],
    [GIT, 502, 'text/html', HTML],
    ['/nobody', 503, 'application/json', { error: 'fault', message: 'A fault rule asks for 503.' }],
  ])('is told as its vendor, or its proxy, would: %s %i', async (url, status, type, body) => {
    await post({ status })
    const answer = await callerOf(app)('GET', url)
    expect([answer.status, answer.headers['content-type']]).toEqual([status, type])
    if (body instanceof RegExp) expect(answer.text).toMatch(body)
    else expect(answer.body).toEqual(body)
    expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(answer.text)))
  })

  it('comes with the headers of the vendor, and a proxy with its own only', async () => {
    await post({ status: 500, times: 2 })
    await post({ status: 502 })
    const fields = ['x-request-id', 'x-arequestid', 'x-gitlab-meta', 'server']
    const given = async (url: string) => {
      const { headers } = await callerOf(app)('GET', url)
      return fields.filter((name) => headers[name] !== undefined)
    }
    expect(await given(GITLAB)).toEqual(['x-request-id', 'x-gitlab-meta'])
    expect(await given(BITBUCKET)).toEqual(['x-arequestid'])
    expect(await given(GITLAB)).toEqual(['server'])
    expect(await given(BITBUCKET)).toEqual(['server'])
  })

  it('429 says when to come again', async () => {
    await post({ status: 429, retryAfter: 30 })
    for (const url of [GITLAB, BITBUCKET, GITFLIC, CODEARTS])
      expect((await callerOf(app)('GET', url)).headers['retry-after']).toBe('30')
    expect((await callerOf(app)('GET', GITLAB)).headers).toMatchObject({
      'ratelimit-limit': '100',
      'ratelimit-observed': '101',
      'ratelimit-remaining': '0',
      'ratelimit-reset': String(Date.parse('2024-06-01T12:00:30Z') / 1000),
      'ratelimit-resettime': 'Sat, 01 Jun 2024 12:00:30 GMT',
    })
  })

  it('has no body for HEAD', async () => {
    await post({ status: 500 })
    expect(await callerOf(app)('HEAD', GITLAB)).toMatchObject({ status: 500, text: '' })
  })
})

describe('a rate limit', () => {
  const observe = async (token: string, url = GITLAB) => {
    const header = url === GITFLIC ? { authorization: `token ${token}` } : { 'private-token': token }
    const { status, headers } = await callerOf(app, header)('GET', url)
    return [status, headers['ratelimit-remaining'], headers['retry-after']]
  }

  it('counts per token, in windows on the clock of the sandbox', async () => {
    await post({ vendor: 'gitlab', rateLimit: { limit: 2, window: 60 } })
    const admin = callerOf(app, { host: 'localhost' })
    await admin('PUT', '/__admin/clock', { payload: { now: '2024-06-01T12:00:15Z' } })
    expect(await observe('mia-token')).toEqual([200, '1', undefined])
    expect(await observe('mia-token')).toEqual([200, '0', undefined])
    expect(await observe('mia-token')).toEqual([429, '0', '45'])
    expect(await observe('dee-token')).toEqual([200, '1', undefined])
    await admin('PUT', '/__admin/clock', { payload: { advance: 45 } })
    expect(await observe('mia-token')).toEqual([200, '1', undefined])
    expect((await admin('GET', '/__admin/faults')).body).toMatchObject({ faults: [{ hits: 1, seen: 5 }] })
  })

  it('lets other rules have their turn while it is not used up', async () => {
    await post({ rateLimit: { limit: 1, window: 3600 } })
    await post({ status: 503, times: 1 })
    expect((await observe('mia-token'))[0]).toBe(503)
    expect((await observe('mia-token'))[0]).toBe(429)
  })

  it('is told in the headers of the vendor', async () => {
    await post({ rateLimit: { limit: 5, window: 60 } })
    const bitbucket = await callerOf(app, { authorization: 'Bearer dee-token' })('GET', BITBUCKET)
    expect([bitbucket.status, bitbucket.headers['x-ratelimit-remaining']]).toEqual([200, '4'])
    const codearts = await callerOf(app, { 'x-auth-token': 'mia-token' })('GET', CODEARTS)
    expect(codearts.headers['x-apig-ratelimit-user']).toBe('remain:4,limit:5,time:1 minute')
    expect(await observe('rex-token', GITFLIC)).toEqual([200, undefined, undefined])
  })
})
