import { once } from 'node:events'
import { createServer, type RequestListener, request, type Server } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { openProxy, type Passed } from '../../src/record/proxy.ts'

const open: { close(): unknown }[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

async function listen(server: { listen(port: number, host: string): unknown; address(): unknown } & Server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push({
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  })
  return (server.address() as AddressInfo).port
}

/** A proxy in front of a server that answers so. */
async function proxied(listener: RequestListener) {
  const passed: Passed[] = []
  const upstream = await listen(createServer(listener))
  const live = `http://127.0.0.1:${upstream}`
  const port = await listen(openProxy({ live, bodyLimit: 10_000, onPassed: (one) => passed.push(one) }))
  return { port, passed, live }
}

/** Everything that a raw request gets back until the connection ends. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(text)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('latin1')
}

it('hands on method, path, headers and body as they were written, but for the host', async () => {
  const seen: unknown[] = []
  const { port, live } = await proxied((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('end', () => {
      seen.push(incoming.method, incoming.url, incoming.rawHeaders, Buffer.concat(chunks).toString())
      response.end('ok')
    })
  })
  await raw(
    port,
    'POST /a/../b%2Fc//d?x=%7e&y=[] HTTP/1.1\r\nHost: me.test\r\nX-Odd: 1\r\nx-odd: 2\r\nConnection: close, X-Hop\r\nX-Hop: gone\r\nContent-Length: 5\r\n\r\nhello',
  )
  const host = new URL(live).host
  expect(seen.slice(0, 2)).toEqual(['POST', '/a/../b%2Fc//d?x=%7e&y=[]'])
  expect(seen[2]).toEqual([
    'Host',
    host,
    'X-Odd',
    '1',
    'x-odd',
    '2',
    'Content-Length',
    '5',
    'Connection',
    'keep-alive',
  ])
  expect(seen[3]).toBe('hello')
})

it('hands back status, reason, headers in their case and number, and the coded bytes', async () => {
  const zipped = gzipSync('[1,2]')
  const { port, passed } = await proxied((_, response) => {
    response.sendDate = false
    response.writeHead(203, 'Quite Fine', [
      'Set-Cookie',
      'a=1',
      'Set-Cookie',
      'b=2',
      'X-CASE',
      'Kept',
      'Content-Encoding',
      'gzip',
      'Content-Length',
      String(zipped.length),
    ])
    response.end(zipped)
  })
  const answer = await raw(port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  const [head, body] = answer.split('\r\n\r\n')
  expect(head?.split('\r\n').filter((line) => !/^(?:Date|Connection)/.test(line))).toEqual([
    'HTTP/1.1 203 Quite Fine',
    'Set-Cookie: a=1',
    'Set-Cookie: b=2',
    'X-CASE: Kept',
    'Content-Encoding: gzip',
    `Content-Length: ${zipped.length}`,
  ])
  expect(Buffer.from(body ?? '', 'latin1').equals(zipped)).toBe(true)
  expect(passed[0]?.answerBody.text('gzip')).toBe('[1,2]')
})

it('knows answers without a body: HEAD, 204, 304', async () => {
  const { port } = await proxied((incoming, response) => {
    if (incoming.method === 'HEAD') response.writeHead(200, { 'content-length': '7' }).end()
    else response.writeHead(Number(incoming.url?.slice(1)), { etag: '"1"' }).end()
  })
  for (const [line, status, extra] of [
    ['HEAD /', 200, 'content-length: 7'],
    ['GET /204', 204, 'etag: "1"'],
    ['GET /304', 304, 'etag: "1"'],
  ] as const) {
    const answer = await raw(port, `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*${extra}[^]*\r\n\r\n$`))
  }
})

it('hands on each part of an answer as it comes', async () => {
  let finish = () => {}
  const { port } = await proxied((_, response) => {
    response.write('first')
    finish = () => response.end('last')
  })
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  const reader = answer.body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first')
  finish()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('last')
})

it('keeps connections of its clients open', async () => {
  const { port } = await proxied((_, response) => response.end('ok'))
  const answer = await raw(
    port,
    'GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  )
  expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(2)
})

it('says with 502 that the server gave no answer, and why', async () => {
  const nobody = createTcpServer((socket) => socket.destroy())
  nobody.listen(0, '127.0.0.1')
  await once(nobody, 'listening')
  open.push(nobody)
  const live = `http://127.0.0.1:${(nobody.address() as AddressInfo).port}`
  const passed: Passed[] = []
  const port = await listen(openProxy({ live, bodyLimit: 1, onPassed: (one) => passed.push(one) }))
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  expect([answer.status, await answer.text()]).toEqual([
    502,
    `fakeforge record: ${live} gave no answer: socket hang up\n`,
  ])
  expect(passed).toEqual([])
})

it('breaks off where the server breaks off, and records nothing of it', async () => {
  const { port, passed } = await proxied((_, response) => {
    response.writeHead(200, { 'content-length': '10' })
    response.write('half', () => response.destroy())
  })
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  await expect(answer.text()).rejects.toThrow()
  expect(passed).toEqual([])
})

it('lets go of the server when its client goes away', async () => {
  let gone: Promise<unknown> = Promise.resolve()
  const { port } = await proxied((_, response) => {
    gone = once(response, 'close')
    response.write('first')
  })
  const asking = request({ port, host: '127.0.0.1' }).end()
  const [answer] = await once(asking, 'response')
  await once(answer, 'data')
  asking.on('error', () => {}).destroy()
  await gone
})
