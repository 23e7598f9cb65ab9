import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkNode } from '../../src/cli/check-up.ts'
import { version } from '../../src/version.ts'
import { type Desk, openDesk, prints } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const node = `ok    Node.js ${process.versions.node}, fakeforge ${version}\n`
/** Whatever version of git is there. */
const steady = ({ code, out, err }: Awaited<ReturnType<Desk['run']>>) => ({
  code,
  out: out.replace(/git version \S+/, 'git version X'),
  err,
})

describe('doctor', () => {
  it('finds nothing where nothing is wrong', async () => {
    expect(steady(await desk.run(['doctor']))).toEqual(
      prints(`${node}ok    git version X
ok    settings: no config file here
ok    fixture: the demo world
      Your own: fakeforge init
ok    port: any free one
ok    server: fakeforge ${version} on URL
`),
    )
  })

  it('takes the server that runs for the reason why the port is in use', async () => {
    const { port } = new URL(desk.url)
    expect(steady(await desk.run(['doctor'], { FAKEFORGE_PORT: port }))).toEqual(
      prints(`${node}ok    git version X
ok    settings: no config file here
ok    fixture: the demo world
      Your own: fakeforge init
ok    server: fakeforge ${version} on URL
`),
    )
  })

  it('exits 1 with all that is wrong, and what to do about it', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const { port } = squatter.address() as AddressInfo
    writeFileSync(join(desk.folder, 'bad.yaml'), 'users: [{ username: ada }, { username: ada }]\n')
    const env = {
      FAKEFORGE_PORT: String(port),
      FAKEFORGE_FIXTURE: 'bad.yaml',
      FAKEFORGE_URL: 'http://127.0.0.1:4',
    }
    const ended = steady(await desk.run(['doctor'], env))
    squatter.close()
    const path = join(desk.folder, 'bad.yaml')
    expect(ended.code).toBe(1)
    expect(ended.out.replace(/(bad\.yaml: users\[1\]).*/, '$1 …')).toBe(`${node}ok    git version X
ok    settings: no config file here
BAD   fixture: ${path}: users[1] …
      Correct it, and look again: fakeforge validate ${path}
BAD   port ${port} on 127.0.0.1 is in use by something else
      Stop what listens there, or choose another: --port ${port + 1}, or --port 0 for any free one.
note  server: nobody answers on http://127.0.0.1:4
      Start one: fakeforge, or name one that runs: --url URL, or FAKEFORGE_URL.
`)
  })

  it('names mistakes in the settings', async () => {
    const { code, out } = await desk.run(['doctor'], { FAKEFORGE_LOG_LEVEL: 'loud' })
    expect(code).toBe(1)
    expect(
      out,
    ).toContain(`BAD   settings: FAKEFORGE_LOG_LEVEL: unknown level "loud"; allowed: silent, fatal, error, warn, info, debug, trace
      Correct that; docs/cli.md and fakeforge --help list the settings.
`)
  })

  it('does without git', async () => {
    const { code, out } = await desk.run(['doctor'], { PATH: '/nowhere' })
    expect(code).toBe(0)
    expect(out).toContain(
      'note  there is no git on the PATH\n      fakeforge itself needs none; install it to clone, fetch and push.\n',
    )
  })

  it('says it as JSON', async () => {
    const { code, out } = await desk.run(['doctor', '--json'])
    const { ok, findings } = JSON.parse(out)
    expect([code, ok]).toEqual([0, true])
    expect(
      findings.map(({ check, verdict }: { check: string; verdict: string }) => [check, verdict]),
    ).toEqual(['node', 'git', 'settings', 'fixture', 'port', 'server'].map((check) => [check, 'ok']))
  })

  it.each([
    ['20.18.3', 'bad'],
    ['20.19.0', 'ok'],
    ['18.20.0', 'bad'],
    ['22.1.0', 'ok'],
  ])('thinks of Node.js %s: %s', (node, verdict) => {
    expect(checkNode(node).verdict).toBe(verdict)
  })
})
