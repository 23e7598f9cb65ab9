import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Desk, fails, openDesk, prints } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk(['--admin-token', 'let-me-in'])
})
afterAll(() => desk.close())

it('the token comes from the flag or the environment', async () => {
  const done = prints('URL is back at its beginning\n')
  expect(await desk.run(['reset', '--admin-token', 'let-me-in'], { FAKEFORGE_ADMIN_TOKEN: 'x' })).toEqual(
    done,
  )
  expect(await desk.run(['reset'], { FAKEFORGE_ADMIN_TOKEN: 'let-me-in' })).toEqual(done)
})

it.each([{}, { FAKEFORGE_ADMIN_TOKEN: 'wrong' }, { FAKEFORGE_ADMIN_TOKEN: '' }])(
  'exits 1 without the right token (%j)',
  async (env: Record<string, string>) => {
    expect(await desk.run(['reset'], env)).toEqual(
      fails(
        1,
        'The control plane asks for its token: Authorization: Bearer <token>. Give it: --admin-token TOKEN, or FAKEFORGE_ADMIN_TOKEN.',
      ),
    )
  },
)

const silent = ['reset', 'journal', 'state save x.json', 'snapshot ls', 'sandbox ls']

it.each(silent)('%s says how to start a server when nobody answers', async (command) => {
  const { code, out, err } = await desk.run(command.split(' '), { FAKEFORGE_URL: 'http://127.0.0.1:4' })
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(
    /^fakeforge: http:\/\/127\.0\.0\.1:4: nobody answers \(.*\)\. Start a server: fakeforge --port 4\. Or name the one that runs: --url URL, or FAKEFORGE_URL\.\n$/,
  )
})

it('does not offer to start a server on another machine', async () => {
  const { code, err } = await desk.run(['reset', '--url', 'http://forge.invalid'])
  expect(code).toBe(1)
  expect(err).toMatch(
    / Is the server running, and the address right\? --url URL, or FAKEFORGE_URL, names another\.\n$/,
  )
})

it('says so when somebody else answers', async () => {
  const other = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1')
  await new Promise((listening) => other.once('listening', listening))
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  const ended = await desk.run(['reset', '--url', url])
  other.close()
  expect(ended).toEqual(
    fails(
      1,
      `${url}: what answers there (with 200) is no control plane of fakeforge. Name the address of a server: --url URL, or FAKEFORGE_URL.`,
    ),
  )
})

it('tells a failure as JSON on stderr', async () => {
  const { code, out, err } = await desk.run(['snapshot', 'restore', 'nix', '--json'], {
    FAKEFORGE_ADMIN_TOKEN: 'let-me-in',
  })
  expect([code, out]).toEqual([1, ''])
  expect(JSON.parse(err)).toEqual({
    error: 'snapshot-missing',
    message: 'There is no snapshot "nix". Those that there are: fakeforge snapshot ls',
  })
})
