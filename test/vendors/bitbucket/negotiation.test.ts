import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { bearer, NOW, project, world } from './world.ts'

const REPOS = '/rest/api/1.0/projects/ACME/repos'
const TAGS = `${REPOS}/widgets/tags`
const JSON_BODY = { 'content-type': 'application/json' }

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, { tags: [{ name: 'v1', target: 'c1' }] }),
      project('acme/ten', 2, { profiles: { bitbucket: 'dc10' } }),
      project('acme/four', 3, { profiles: { bitbucket: '4.5.2' } }),
    ),
  })
  call = callerOf(app, { ...bearer('dee-token'), host: 'bb.test' })
})
afterAll(() => app.close())

const xml = (status: number, message: string) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><status><status-code>${status}</status-code><message>${message}</message></status>`

describe('an unknown route', () => {
  it.each(['application/json', 'text/html, application/json;q=0.5', 'APPLICATION/JSON;charset=utf-8'])(
    'is told in JSON to who asks for it: %s',
    async (accept) => {
      const { status, text, headers } = await call('GET', '/rest/api/1.0/nowhere?a=b', {
        headers: { accept },
      })
      expect([status, headers['content-type'], text]).toEqual([
        404,
        'application/json;charset=UTF-8',
        '{"message":"null for uri: http://bb.test/rest/api/1.0/nowhere?a=b","status-code":404}',
      ])
    },
  )

  it.each([undefined, '*/*', 'application/*', 'text/html', 'application/xml', ''])(
    'is told in XML to others: %s',
    async (accept) => {
      const { status, text, headers } = await call('GET', '/rest/api/1.0/nowhere?a=1&b=%3C2%3E', {
        headers: accept === undefined ? {} : { accept },
      })
      expect([status, headers['content-type'], text]).toEqual([
        404,
        'application/xml;charset=UTF-8',
        xml(404, 'null for uri: http://bb.test/rest/api/1.0/nowhere?a=1&amp;b=%3C2%3E'),
      ])
    },
  )

  it('is told with a sub-code by 10', async () => {
    const ten = await buildApp({ profiles: { bitbucket: 'dc10' }, fixture: world() })
    const get = (accept: string) => callerOf(ten, { accept })('GET', '/rest/api/1.0/nowhere')
    expect((await get('application/json')).text).toBe(
      '{"message":"HTTP 404 Not Found","status-code":404,"sub-code":-1}',
    )
    expect((await get('*/*')).text).toBe(xml(404, 'HTTP 404 Not Found'))
    await ten.close()
  })

  it('below a repository is told by the server that it is on', async () => {
    const headers = { accept: 'application/json' }
    for (const key of ['ACME', 'acm%65']) {
      const url = `/rest/api/1.0/projects/${key}/repos/ten/nowhere`
      expect((await call('GET', url, { headers })).text).toBe(
        '{"message":"HTTP 404 Not Found","status-code":404,"sub-code":-1}',
      )
    }
    const { text } = await call('GET', `${REPOS}/widgets/nowhere`, { headers })
    expect(text).toBe(`{"message":"null for uri: http://bb.test${REPOS}/widgets/nowhere","status-code":404}`)
  })

  it('stays unknown with any body', async () => {
    const headers = { 'content-type': 'text/plain', accept: 'application/json' }
    expect((await call('POST', '/rest/nowhere', { headers, payload: 'x' })).status).toBe(404)
  })
})

describe('a wrong method', () => {
  it('is told in XML as well, with what is allowed', async () => {
    const { status, text, headers } = await call('PUT', TAGS)
    expect([status, headers.allow, text]).toEqual([
      405,
      'HEAD,POST,GET,OPTIONS',
      xml(405, 'HTTP 405 Method Not Allowed'),
    ])
  })

  it('is told with a sub-code by 10', async () => {
    const { text } = await call('PUT', `${REPOS}/ten/tags`, { headers: { accept: 'application/json' } })
    expect(text).toBe('{"message":"HTTP 405 Method Not Allowed","status-code":405,"sub-code":-1}')
  })

  it('is told without looking for the repository, and of methods that nobody has', async () => {
    expect((await call('PATCH', '/rest/api/1.0/projects/NOPE/repos/nope/tags')).status).toBe(405)
    expect((await call('PROPFIND', TAGS)).status).toBe(405)
    expect((await call('TRACE', TAGS)).status).toBe(405)
    expect((await callerOf(app)('DELETE', TAGS)).status).toBe(405)
  })

  it('is told below a context path, as OPTIONS are answered there', async () => {
    const moved = await buildApp({
      prefixes: { bitbucket: '/stash' },
      fixture: world(project('acme/widgets', 1)),
    })
    for (const [method, path, status, allow] of [
      ['PUT', TAGS, 405, 'HEAD,POST,GET,OPTIONS'],
      ['DELETE', `${TAGS}/v1`, 405, 'HEAD,GET,OPTIONS'],
      ['GET', TAGS.replace('/api/', '/git/'), 405, 'POST,OPTIONS'],
      ['POST', '/rest/api/1.0/application-properties', 405, 'HEAD,GET,OPTIONS'],
      ['OPTIONS', TAGS, 200, 'HEAD,POST,GET,OPTIONS'],
    ] as const) {
      const { status: given, headers } = await callerOf(moved)(method, `/stash${path}`)
      expect([method, path, given, headers.allow]).toEqual([method, path, status, allow])
    }
    await moved.close()
  })

  it('is an unknown route where the server has not got the resource', async () => {
    const accept = { headers: { accept: 'application/json' } }
    for (const method of ['GET', 'DELETE', 'PUT', 'OPTIONS']) {
      const url = `${REPOS}/four/tags/v1`
      expect(await answer(call(method, url, accept))).toEqual([
        404,
        { message: `null for uri: http://bb.test${url}`, 'status-code': 404 },
      ])
    }
  })

  it('is not OPTIONS', async () => {
    const { status, headers, text } = await call('OPTIONS', `${TAGS}/v1`)
    expect([status, headers.allow, text]).toEqual([200, 'HEAD,GET,OPTIONS', ''])
  })
})

describe('an Accept header', () => {
  it.each(['text/html', 'application/xml', 'application/json;q=0', 'image/*, text/plain'])(
    'that cannot be served is 406 without a body: %s',
    async (accept) => {
      const { status, text, headers } = await call('GET', TAGS, { headers: { accept } })
      expect([status, text, headers['content-type']]).toEqual([406, '', undefined])
    },
  )

  it.each([
    '*/*',
    'application/*',
    'application/json',
    'text/html, */*;q=0.1',
    'text/plain,application/json',
    '',
  ])('that can be served is: %s', async (accept) => {
    const { status, headers } = await call('GET', TAGS, { headers: { accept } })
    expect([status, headers['content-type']]).toEqual([200, 'application/json;charset=UTF-8'])
  })

  it('is looked at before the repository, and does not change how errors are told', async () => {
    const nope = '/rest/api/1.0/projects/NOPE/repos/nope/tags'
    expect((await call('GET', nope, { headers: { accept: 'text/html' } })).status).toBe(406)
    const { status, headers } = await call('GET', nope, { headers: { accept: '*/*' } })
    expect([status, headers['content-type']]).toEqual([404, 'application/json;charset=UTF-8'])
  })
})

describe('a content type', () => {
  const payload = JSON.stringify({ name: 'x', startPoint: 'main' })

  it.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/xml',
    'application/json-patch+json',
    'nonsense',
  ])('other than JSON is 415: %s', async (type) => {
    for (const extra of [{}, { 'x-atlassian-token': 'no-check' }]) {
      const headers = { 'content-type': type, accept: 'application/json', ...extra }
      expect(await answer(call('POST', TAGS, { headers, payload }))).toEqual([
        415,
        { message: 'HTTP 415 Unsupported Media Type', 'status-code': 415 },
      ])
    }
  })

  it('that is missing from a body is 415, in XML to who asks for nothing', async () => {
    const { status, text } = await call('POST', TAGS, { payload: Buffer.from(payload) })
    expect([status, text]).toEqual([415, xml(415, 'HTTP 415 Unsupported Media Type')])
  })

  it('is told with a sub-code by 10', async () => {
    const headers = { 'content-type': 'text/plain', accept: 'application/json' }
    const { text } = await call('POST', `${REPOS}/ten/tags`, { headers, payload })
    expect(text).toBe('{"message":"HTTP 415 Unsupported Media Type","status-code":415,"sub-code":-1}')
  })

  it.each(['application/json', 'application/json;charset=utf-8', 'Application/JSON; charset="x"'])(
    'of JSON is read: %s',
    async (type) => {
      const headers = { 'content-type': type, 'x-atlassian-token': 'no-check' }
      expect((await call('POST', TAGS, { headers, payload: '{}' })).status).toBe(400)
    },
  )
})

describe('a JSON body', () => {
  const post = (slug: string, payload: string | Buffer) =>
    answer(call('POST', `${REPOS}/${slug}/tags`, { headers: JSON_BODY, payload }))

  const thrownBy = (exceptionName: string, message: string) => [
    400,
    { errors: [{ context: null, message, exceptionName }] },
  ]

  it.each(['{', 'nope', '{"name":"x",}', "{'name':'x'}", '\u0000', Buffer.from([0x22, 0xff, 0x22])])(
    'that cannot be parsed is the exception of the parser: %s',
    async (payload) => {
      const message = 'The request body is not valid JSON'
      expect(await post('widgets', payload)).toEqual(
        thrownBy('com.fasterxml.jackson.core.JsonParseException', message),
      )
      expect(await post('four', payload)).toEqual(
        thrownBy('org.codehaus.jackson.JsonParseException', message),
      )
    },
  )

  it('that is empty is an exception of the mapper', async () => {
    const message = 'No content to map due to end-of-input'
    expect(await post('widgets', '')).toEqual(
      thrownBy('com.fasterxml.jackson.databind.JsonMappingException', message),
    )
    expect(await post('four', '')).toEqual(thrownBy('org.codehaus.jackson.map.JsonMappingException', message))
    expect(await answer(call('POST', TAGS))).toEqual(
      thrownBy('com.fasterxml.jackson.databind.JsonMappingException', message),
    )
  })

  it.each([
    ['[]', '`java.util.LinkedHashMap` from Array value (token `JsonToken.START_ARRAY`)'],
    ['"text"', '`java.util.LinkedHashMap` from String "text"'],
    ['5', '`java.util.LinkedHashMap` from scalar 5'],
    [
      '{"name":{},"startPoint":"main"}',
      '`java.lang.String` from Object value (token `JsonToken.START_OBJECT`)',
    ],
    [
      '{"name":["x"],"startPoint":"main"}',
      '`java.lang.String` from Array value (token `JsonToken.START_ARRAY`)',
    ],
  ])('of the wrong type is an exception of the mapper: %s', async (payload, rest) => {
    expect(await post('widgets', payload)).toEqual(
      thrownBy(
        'com.fasterxml.jackson.databind.JsonMappingException',
        `Cannot deserialize value of type ${rest}`,
      ),
    )
  })

  it('may be null, and then has no fields', async () => {
    expect((await post('widgets', 'null'))[1]).toMatchObject({
      errors: [{ context: 'name' }, { context: 'startPoint' }],
    })
  })

  it('may have scalars where texts are expected', async () => {
    expect(await post('widgets', '{"name":1.5,"startPoint":"main","__proto__":{"name":"x"}}')).toMatchObject([
      200,
      { displayId: '1.5' },
    ])
    expect(await post('widgets', '{"name":true,"startPoint":"main"}')).toMatchObject([
      200,
      { displayId: 'true' },
    ])
  })

  it('that is too large is 413', async () => {
    const small = await buildApp({ bodyLimit: 100, fixture: world(project('acme/widgets', 1)) })
    const headers = { ...JSON_BODY, ...bearer('dee-token'), accept: 'application/json' }
    const reply = await callerOf(small)('POST', TAGS, { headers, payload: `"${'x'.repeat(200)}"` })
    expect([reply.status, reply.body]).toEqual([
      413,
      { message: 'HTTP 413 Request Entity Too Large', 'status-code': 413 },
    ])
    await small.close()
  })
})
