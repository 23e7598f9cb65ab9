import { expect, it } from 'vitest'
import { buildApp, version } from '../../src/index.ts'
import { callerOf } from '../caller.ts'

const TAGS = '/api/v4/projects/1/repository/tags'

it('the journal as an HTTP archive', async () => {
  const app = await buildApp()
  const gitlab = callerOf(app, { host: 'forge.test:4747', 'private-token': 'mia-token' })
  await gitlab('GET', `${TAGS}/v1.0.0`)
  const { text } = await gitlab('POST', `${TAGS}?tag_name=v9&ref=main`, { payload: { message: 'Nine' } })
  const { headers, body } = await callerOf(app, { host: 'localhost' })(
    'GET',
    '/__admin/requests/har?method=POST',
  )
  await app.close()
  expect(headers['content-disposition']).toBe('attachment; filename="fakeforge.har"')
  const size = Buffer.byteLength(text)
  expect(body).toEqual({
    log: {
      version: '1.2',
      creator: { name: 'fakeforge', version },
      pages: [],
      entries: [
        {
          startedDateTime: expect.stringMatching(/^20\d\d-\d\d-\d\dT[\d:.]+Z$/),
          time: expect.any(Number),
          request: {
            method: 'POST',
            url: `http://forge.test:4747${TAGS}?tag_name=v9&ref=main`,
            httpVersion: 'HTTP/1.1',
            cookies: [],
            headers: expect.arrayContaining([{ name: 'private-token', value: '***' }]),
            queryString: [
              { name: 'tag_name', value: 'v9' },
              { name: 'ref', value: 'main' },
            ],
            postData: { mimeType: 'application/json', params: [], text: '{"message":"Nine"}' },
            headersSize: -1,
            bodySize: 18,
          },
          response: {
            status: 201,
            statusText: 'Created',
            httpVersion: 'HTTP/1.1',
            cookies: [],
            headers: expect.arrayContaining([{ name: 'content-type', value: 'application/json' }]),
            content: { size, mimeType: 'application/json', text },
            redirectURL: '',
            headersSize: -1,
            bodySize: size,
          },
          cache: {},
          timings: { send: 0, wait: expect.any(Number), receive: 0 },
          comment: 'gitlab.createTag',
        },
      ],
    },
  })
})
