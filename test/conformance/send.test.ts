import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { sendTo } from '../../src/conformance/index.ts'

it.each(['/tags/../v1', '/tags/%2e%2e', '/tags/a//b', '/tags/.'])(
  'a story is sent to %s as it is',
  async (path) => {
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(request.url))
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const send = sendTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`)
    const { status, body } = await send({ method: 'GET', path, headers: {} })
    server.close()
    expect([status, body]).toEqual([200, `/base${path}`])
  },
)
