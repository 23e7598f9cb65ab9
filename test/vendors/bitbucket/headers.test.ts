import { describe, expect, it } from 'vitest'
import { buildApp, type Options } from '../../../src/index.ts'
import { callerOf } from '../../caller.ts'
import { bearer, NOW, project, world } from './world.ts'

const TAGS = '/rest/api/1.0/projects/ACME/repos/widgets/tags'
const fixture = world(project('acme/widgets', 1, { tags: [{ name: 'v1', target: 'c1' }] }))

async function withApp<Result>(
  options: Partial<Options>,
  use: (call: ReturnType<typeof callerOf>) => Promise<Result>,
): Promise<Result> {
  const app = await buildApp({ clock: NOW, fixture, ...options })
  try {
    return await use(callerOf(app))
  } finally {
    await app.close()
  }
}

const general = {
  'cache-control': ['private, no-cache', 'no-cache, no-transform'],
  pragma: 'no-cache',
  vary: 'accept-encoding,x-auserid,cookie,x-ausername,accept-encoding',
  'x-content-type-options': 'nosniff',
}

function pick(headers: Record<string, unknown>): Record<string, unknown> {
  const { date: _date, connection: _connection, 'content-length': _length, ...rest } = headers
  return rest
}

describe('the headers', () => {
  it('of an answer to somebody', async () => {
    await withApp({}, async (call) => {
      const { headers } = await call('GET', TAGS, { headers: bearer('J.Smith-token') })
      expect(pick(headers)).toEqual({
        ...general,
        'content-type': 'application/json;charset=UTF-8',
        'x-arequestid': '@FKF0RGEx720x1x0',
        'x-asessionid': expect.stringMatching(/^[0-9a-z]{1,7}$/),
        'x-auserid': '8',
        'x-ausername': 'J.Smith',
      })
    })
  })

  it('of an answer to nobody', async () => {
    await withApp({}, async (call) => {
      const { headers } = await call('GET', '/rest/api/1.0/application-properties')
      expect(pick(headers)).toEqual({
        ...general,
        'content-type': 'application/json;charset=UTF-8',
        'x-arequestid': '@FKF0RGEx720x1x0',
      })
    })
  })

  it('of errors, of status documents and of empty answers', async () => {
    await withApp({}, async (call) => {
      const headers = bearer('dee-token')
      const known = { ...general, 'x-auserid': '3', 'x-ausername': 'dee', 'x-asessionid': expect.any(String) }
      const missing = await call('GET', '/rest/api/1.0/projects/NOPE', { headers })
      expect(pick(missing.headers)).toEqual({
        ...known,
        'content-type': 'application/json;charset=UTF-8',
        'x-arequestid': '@FKF0RGEx720x1x0',
      })
      const unknown = await call('GET', '/rest/nowhere', { headers })
      expect(pick(unknown.headers)).toEqual({
        ...known,
        'content-type': 'application/xml;charset=UTF-8',
        'x-arequestid': '@FKF0RGEx720x2x0',
      })
      const gone = await call('DELETE', TAGS.replace('api', 'git').concat('/v1'), { headers })
      expect([gone.status, pick(gone.headers)]).toEqual([
        204,
        { ...known, 'x-arequestid': '@FKF0RGEx720x3x0' },
      ])
    })
  })

  it('number requests, and say how many others are under way', async () => {
    await withApp({ clock: '2024-06-01T14:56:10Z' }, async (call) => {
      const replies = await Promise.all(
        [1, 2, 3].map(() => call('GET', TAGS, { headers: bearer('dee-token') })),
      )
      const ids = replies.map(({ headers }) => String(headers['x-arequestid']))
      expect(new Set(ids.map((id) => id.split('x')[2]))).toEqual(new Set(['1', '2', '3']))
      for (const id of ids) expect(id).toMatch(/^@[0-9A-Z]{5,8}x896x\d+x[0-2]$/)
      const { headers } = await call('GET', TAGS)
      expect(headers['x-arequestid']).toBe('@FKF0RGEx896x4x0')
    })
  })

  it('begin to number anew with a reset', async () => {
    const app = await buildApp({ clock: NOW, fixture })
    const call = callerOf(app)
    await call('GET', TAGS)
    await app.worlds.reset()
    const { headers } = await call('GET', TAGS)
    expect(headers['x-arequestid']).toBe('@FKF0RGEx720x1x0')
    await app.close()
  })

  it('keep two lines of Cache-Control on the wire', async () => {
    const app = await buildApp({ clock: NOW, fixture })
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    const { request } = await import('node:http')
    const raw = await new Promise<string[]>((resolve, reject) => {
      const sent = request(`${address}/rest/api/1.0/application-properties`, (response) => {
        response.resume()
        resolve(response.rawHeaders)
      })
      sent.on('error', reject).end()
    })
    await app.close()
    const lines = raw.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${raw[i + 1]}`.toLowerCase()] : []))
    expect(lines.filter((line) => line.startsWith('cache-control'))).toEqual([
      'cache-control: private, no-cache',
      'cache-control: no-cache, no-transform',
    ])
  })

  it('of 4.5.2 vary by other things', async () => {
    await withApp({ profiles: { bitbucket: '4.5.2' } }, async (call) => {
      const { headers } = await call('GET', TAGS)
      expect(headers.vary).toBe('X-AUSERNAME,Accept-Encoding')
    })
  })

  it('carry the licence where that is switched on', async () => {
    await withApp({ quirks: ['bitbucket.licenceHeader'] }, async (call) => {
      expect((await call('GET', TAGS)).headers['x-asen']).toBe('SEN-1000001')
    })
    await withApp({}, async (call) => {
      expect((await call('GET', TAGS)).headers['x-asen']).toBeUndefined()
    })
  })

  it('have neither ETag nor Link nor totals', async () => {
    await withApp({}, async (call) => {
      const { headers } = await call('GET', TAGS, { headers: bearer('dee-token') })
      expect([headers.etag, headers.link, headers['x-total-count']]).toEqual([
        undefined,
        undefined,
        undefined,
      ])
    })
  })

  it('are all that HEAD gets', async () => {
    await withApp({}, async (call) => {
      const { status, text, headers } = await call('HEAD', TAGS, { headers: bearer('dee-token') })
      expect([status, text, headers['content-type']]).toEqual([200, '', 'application/json;charset=UTF-8'])
    })
  })
})
