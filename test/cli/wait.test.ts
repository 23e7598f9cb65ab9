import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { killLeftovers, serveCli } from '../cli-process.ts'
import { type Desk, fails, openDesk, prints } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(async () => {
  await desk.close()
  killLeftovers()
})

describe('wait', () => {
  it('ends at once when the server is healthy, which the flag, the argument or the environment names', async () => {
    expect(await desk.run(['wait'])).toEqual(prints('URL is healthy\n'))
    expect(await desk.run(['wait', `${desk.url}/`], { FAKEFORGE_URL: 'http://127.0.0.1:1' })).toEqual(
      prints('URL is healthy\n'),
    )
    expect(await desk.run(['wait', '--url', desk.url], { FAKEFORGE_URL: 'x' })).toEqual(
      prints('URL is healthy\n'),
    )
  })

  it('says it as JSON', async () => {
    const { code, out } = await desk.run(['wait', '--json'])
    expect([code, JSON.parse(out)]).toEqual([0, { url: 'URL', status: 'ok', waited: expect.any(Number) }])
  })

  it('waits for a server that comes later', async () => {
    const port = await freePort()
    const waiting = desk.run(['wait', `http://127.0.0.1:${port}`])
    await new Promise((done) => setTimeout(done, 700))
    const server = await serveCli(desk.folder, ['--port', String(port), '--log-level', 'silent'], {})
    expect(await waiting).toEqual(prints(`http://127.0.0.1:${port} is healthy\n`))
    await server.stop('SIGTERM')
  })

  it('exits 1 when the time is up, and says how to start a server', async () => {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    expect(await desk.run(['wait', url, '--timeout', '1'])).toEqual(
      fails(
        1,
        `${url}: nobody answers (ECONNREFUSED). Waited for 1. Start a server: fakeforge --port ${port}. Or name the one that runs: --url URL, or FAKEFORGE_URL.`,
      ),
    )
  })

  it('does not take another server for fakeforge', async () => {
    const other = createServer((_, response) => response.end('{"status":"up"}')).listen(0, '127.0.0.1')
    await once(other, 'listening')
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
    const ended = await desk.run(['wait', url, '--timeout', '1500ms'])
    other.close()
    expect(ended).toEqual(
      fails(
        1,
        `${url}: what answers there (with 200) is no fakeforge. Waited for 1500ms. Name the address of a server: --url URL, or FAKEFORGE_URL.`,
      ),
    )
  })

  it.each([
    [
      ['wait', '--timeout', 'soon'],
      '--timeout: "soon" is not a duration; allowed: seconds, or with a unit, such as 30, 500ms, 10s, 2m',
    ],
    [
      ['wait', 'localhost:4747'],
      'url: "localhost:4747" is not an address; write it as http://127.0.0.1:4747',
    ],
    [['wait', '--url', 'x'], '--url: "x" is not an address; write it as http://127.0.0.1:4747'],
    [
      ['wait', 'http://a', 'b'],
      "too many arguments for 'wait'. Expected 1 argument but got 2. See fakeforge wait --help",
    ],
  ])('%j exits 64', async (argv, sentence) => {
    expect(await desk.run(argv)).toEqual(fails(64, sentence))
  })
})

async function freePort(): Promise<number> {
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const { port } = squatter.address() as AddressInfo
  squatter.close()
  await once(squatter, 'close')
  return port
}
