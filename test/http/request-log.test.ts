import fc from 'fast-check'
import Fastify from 'fastify'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { stderrLines } from '../../src/http/log-lines.ts'
import { loggerOptions, maskUrl, RequestLog, repeatedLine } from '../../src/http/request-log.ts'
import type { LogLevel } from '../../src/options.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

describe('maskUrl', () => {
  it.each([
    ['/api/v4/projects?private_token=s3cret&page=2', '/api/v4/projects?private_token=***&page=2'],
    ['/api/v4/user?access_token=a&job_token=b', '/api/v4/user?access_token=***&job_token=***'],
    ['/oauth/token?grant_type=password&password=p%26q', '/oauth/token?grant_type=password&password=***'],
    ['/x?private%5Ftoken=s', '/x?private%5Ftoken=***'],
    ['/x?PRIVATE_TOKEN=s', '/x?PRIVATE_TOKEN=***'],
    ['/x?a=1;access_token=s', '/x?a=1;access_token=***'],
    ['/x?private_token=a=b=c', '/x?private_token=***'],
    ['/x?X-Sdk-Signature=s&api_key=k', '/x?X-Sdk-Signature=***&api_key=***'],
    ['http://ada:pw@forge.test/x', 'http://***@forge.test/x'],
  ])('hides what %s carries', (url, masked) => {
    expect(maskUrl(url)).toBe(masked)
  })

  it.each([
    '/',
    '/api/v4/projects/acme%2Fwidgets/repository/tags?search=%5Ev1&order_by=version&page=2',
    '/project/acme/widgets/tag?tagName=v1%2Fx',
    '/x?private_token',
    '/x?',
    '/x?a=%ZZ&b=%',
    '/x/private_token=in-the-path',
  ])('leaves %s alone', (url) => {
    expect(maskUrl(url)).toBe(url)
  })

  it('never lets a credential through, however it is placed and escaped', () => {
    const name = fc.constantFrom('private_token', 'access_token', 'job_token', 'client_secret', 'password')
    const escaped = name.chain((text) =>
      fc
        .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
        .map((flags) =>
          [...text].map((c, i) => (flags[i] ? `%${c.charCodeAt(0).toString(16)}` : c)).join(''),
        ),
    )
    const other = fc.tuple(fc.constantFrom('page', 'search', 'x'), fc.webQueryParameters({ size: 'xsmall' }))
    fc.assert(
      fc.property(fc.array(other), escaped, fc.array(other), (before, secret, after) => {
        const pairs = [...before, [secret, 'Zq7SECRETq7Z'], ...after].map(([key, value]) => `${key}=${value}`)
        expect(maskUrl(`/x?${pairs.join('&')}`)).not.toContain('Zq7SECRETq7Z')
      }),
    )
  })
})

describe('the request log', () => {
  it('is one JSON line with method, url, status, duration and vendor', async () => {
    const [line, ...rest] = await linesOf('info', { url: '/tags?private_token=s3cret&page=2' })
    expect(rest).toEqual([])
    const { time, duration, ...facts } = JSON.parse(line ?? '')
    expect(facts).toEqual({
      level: 30,
      reqId: 'req-1',
      method: 'GET',
      url: '/tags?private_token=***&page=2',
      status: 200,
      vendor: 'gitlab',
      msg: 'request',
    })
    expect(typeof time).toBe('number')
    expect(duration).toBeGreaterThanOrEqual(0)
  })

  it('holds no header of a request, even at the most talkative level', async () => {
    const headers = Object.fromEntries(
      ['authorization', 'private-token', 'x-auth-token', 'job-token', 'cookie', 'x-sdk-date'].map((name) => [
        name,
        's3cret',
      ]),
    )
    const lines = await linesOf('trace', { url: '/tags', headers })
    expect(lines).toHaveLength(1)
    expect(lines.join()).not.toContain('s3cret')
  })

  it('writes a request that somebody logs without its headers and its token', async () => {
    const lines = await linesOf('info', {
      url: '/logs-itself?job_token=s3cret',
      headers: { cookie: 's3cret' },
    })
    expect(lines).toHaveLength(2)
    expect(JSON.parse(lines[0] ?? '').req).toEqual({ method: 'GET', url: '/logs-itself?job_token=***' })
    expect(lines.join()).not.toContain('s3cret')
  })

  it('logs a path that no route has', async () => {
    const lines = await linesOf('info', { url: '/nowhere?access_token=s3cret' })
    expect(lines.map((line) => JSON.parse(line)).map(({ url, status }) => [url, status])).toEqual([
      ['/nowhere?access_token=***', 404],
    ])
  })

  it.each(['silent', 'fatal', 'error', 'warn'] as const)(
    'says nothing of a request at level %s',
    async (level) => {
      expect(await linesOf(level, { url: '/tags' })).toEqual([])
    },
  )
})

it('is the same line for an answer that was kept, but for time and duration', async () => {
  const url = '/tags?a="b"&private_token=***'
  const chunks: string[] = []
  const app = Fastify({
    logger: { ...loggerOptions('info'), stream: { write: (text: string) => chunks.push(text) } } as never,
  })
  const line = { method: 'GET', url, status: 200, duration: 0.3, vendor: 'gitlab' }
  app.log.info(line, 'request')
  const blind = (text: string) => text.replace(/"time":\d{13},/, '"time":0,')
  expect(blind(repeatedLine(line)(0.349))).toBe(blind(chunks.join('')))
  await app.close()
})

/** What the server writes to stderr while it answers one request. */
async function linesOf(
  level: LogLevel,
  request: { url: string; headers?: Record<string, string> },
): Promise<string[]> {
  const chunks: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    chunks.push(String(chunk))
    return true
  })
  const app = Fastify({ logger: loggerOptions(level), logController: new RequestLog(level, () => 'gitlab') })
  app.get('/tags', async () => [])
  app.get('/logs-itself', async (incoming) => incoming.log.info({ req: incoming }, 'seen'))
  await app.inject(request)
  await app.close()
  stderrLines().flush()
  vi.restoreAllMocks()
  return chunks.join('').split('\n').filter(Boolean)
}
