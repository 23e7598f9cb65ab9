import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { outlines } from '../src/cli/outlines.ts'
import { killLeftovers, runCli, serveCli, textOf } from './cli-process.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fakeforge-cli-'))
  writeFileSync(join(folder, 'good.yaml'), 'users:\n  - { username: ada, tokens: [ada-token] }\n')
  const project = { path: 'ada/widgets', commits: [{ label: 'c', message: 'm' }] }
  writeFileSync(
    join(folder, 'quoted.json'),
    JSON.stringify({ users: [{ username: 'ada', tokens: ["it's $HOME"] }], projects: [project] }),
  )
  writeFileSync(join(folder, 'bad.yaml'), 'users:\n  - { username: ada }\n  - { username: ada }\nnope: 1\n')
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

afterEach(killLeftovers)

const names = ['serve', ...outlines.map(({ name }) => name)].join(', ')

const run = (...argv: string[]) => runCli(folder, argv)
const serve = (argv: readonly string[], env: Record<string, string> = {}) => serveCli(folder, argv, env)

describe('a command that ends', () => {
  it.each(['--version', '-V'])('%s prints the version', async (flag) => {
    expect(await run(flag)).toEqual({ code: 0, out: `${version}\n`, err: '' })
  })

  it.each([['--help'], ['serve', '--help']])(
    '%s %s names each setting and gives examples',
    async (...argv) => {
      const { code, out, err } = await run(...argv)
      expect([code, err]).toEqual([0, ''])
      for (const text of [
        '--port <number>',
        '--profile <vendor=version>',
        'fakeforge --fixture world.yaml',
        '64 a mistake',
      ]) {
        expect(out).toContain(text)
      }
    },
  )

  it('validate says that a good fixture is one', async () => {
    expect(await run('validate', 'good.yaml')).toEqual({
      code: 0,
      out: 'good.yaml is a valid fixture: 1 user, 0 owners, 0 projects\n',
      err: '',
    })
  })

  it('validate says it as JSON, with the places of the mistakes', async () => {
    expect(await run('validate', 'good.yaml', '--json')).toEqual({
      code: 0,
      out: '{"file":"good.yaml","valid":true,"problems":[]}\n',
      err: '',
    })
    expect(await run('validate', 'bad.yaml', '--json')).toEqual({
      code: 64,
      out: '{"file":"bad.yaml","valid":false,"problems":[{"path":"","message":"unknown key \\"nope\\""}]}\n',
      err: '',
    })
  })

  it.each([
    [['--prot', '1'], "unknown option '--prot' (Did you mean --port?) See fakeforge --help"],
    [['sevre'], `unknown command "sevre"; allowed: ${names}. See fakeforge --help`],
    [['serve', 'x'], `unknown command "x"; allowed: ${names}. See fakeforge --help`],
    [['--port', '0', 'wait'], '"wait" must come first: fakeforge wait …. See fakeforge wait --help'],
    [['--port'], "option '--port <number>' argument missing. See fakeforge --help"],
    [['validate'], "missing required argument 'file'. See fakeforge validate --help"],
    [['--port', 'x'], '--port: "x" is not a port; allowed: 1 to 65535, or 0 for any free port'],
    [['--profile', 'gitlab=1'], '--profile: gitlab has no profile "1"; allowed: current, 14, 13, documented'],
    [['--fixture', 'none.yaml'], () => `--fixture: there is no file "${join(folder, 'none.yaml')}"`],
    [['--config', 'none.yaml'], () => `--config: there is no file "${join(folder, 'none.yaml')}"`],
  ])('%j exits 64 with one sentence', async (argv, sentence) => {
    const expected = typeof sentence === 'string' ? sentence : sentence()
    expect(await run(...argv)).toEqual({ code: 64, out: '', err: `fakeforge: ${expected}\n` })
  })

  it.each([[['validate', 'bad.yaml']], [['--fixture', 'bad.yaml', '--port', '0']]])(
    '%j exits 64 and names the mistakes of the fixture with their places',
    async (argv) => {
      const { code, out, err } = await run(...argv)
      expect([code, out]).toEqual([64, ''])
      expect(err).toMatch(/^fakeforge: .*bad\.yaml: unknown key "nope"\n$/)
    },
  )

  it('exits 1 and says what to do when the port is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const { port } = squatter.address() as AddressInfo
    const result = await run('--port', String(port))
    squatter.close()
    expect(result.code).toBe(1)
    expect(result.out).toBe('')
    expect(result.err).toBe(
      `fakeforge: port ${port} on 127.0.0.1 is in use. Stop what listens there, or choose another: --port ${port + 1}, or --port 0 for any free one.\n`,
    )
  })
})

/** What a command prints. */
async function runInShell(command: string): Promise<string> {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_GLOBAL: '/dev/null' }
  return textOf(spawn('sh', ['-c', command], { env, stdio: ['ignore', 'pipe', 'inherit'] }).stdout)
}

describe('a server', () => {
  it('prints where it listens, with a request that works when pasted', async () => {
    const { url, banner } = await serve(['--port', '0', '--log-level', 'silent'])
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/)
    expect(banner).toContain(`GitLab             ${url}/api/v4  (current)`)
    const commands = [...banner.matchAll(/^ {4}((?:curl|git clone) .*)$/gm)].map((match) => match[1] ?? '')
    const requests = commands.filter((command) => command.startsWith('curl'))
    expect(requests).toHaveLength(4)
    for (const command of requests) {
      expect(await runInShell(command.replace('curl', 'curl -sf'))).toContain('"v1.0.0"')
    }
    const clones = commands.filter((command) => command.startsWith('git clone'))
    expect(clones).toHaveLength(3)
    for (const command of clones) {
      expect(await runInShell(command.replace('git clone', 'git ls-remote --tags'))).toContain(
        'refs/tags/v1.0.0',
      )
    }
  })

  it('prints where it listens as one JSON line, with --json', async () => {
    const { banner } = await serve([
      '--port',
      '0',
      '--log-level',
      'silent',
      '--json',
      '--prefix',
      'gitlab=/git',
    ])
    const { url, ...rest } = JSON.parse(banner)
    expect(rest).toEqual({
      admin: `${url}/__admin`,
      vendors: {
        gitlab: `${url}/git/api/v4`,
        bitbucket: `${url}/rest/api/1.0`,
        gitflic: url,
        codearts: url,
      },
      project: 'acme/widgets',
      username: 'ada',
      token: 'ada-token',
    })
    expect(await (await fetch(`${rest.admin}/health`)).json()).toEqual({ status: 'ok' })
  })

  it('quotes a token that a shell would trip over', async () => {
    const { banner } = await serve(['--port', '0', '--log-level', 'silent', '--fixture', 'quoted.json'])
    expect(banner).toContain(`curl -H 'PRIVATE-TOKEN: it'\\''s $HOME' 'http`)
  })

  it('keeps stdout for the banner and writes a JSON line per request to stderr, without secrets', async () => {
    const server = await serve(['--port', '0'])
    await fetch(`${server.url}/-/health?private_token=ada-token`, {
      headers: { 'PRIVATE-TOKEN': 'ada-token' },
    })
    const { code, out, err } = await server.stop('SIGTERM')
    expect(code).toBe(0)
    expect(out).toBe(server.banner)
    const lines = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const [request] = lines.filter(({ msg }) => msg === 'request')
    expect(request).toMatchObject({
      method: 'GET',
      url: '/-/health?private_token=***',
      status: 200,
      vendor: 'gitlab',
    })
    expect(err).not.toContain('ada-token')
  })

  it('takes its settings from the environment, and a flag over it', async () => {
    const env = { FAKEFORGE_PORT: '1', FAKEFORGE_PREFIX: 'gitlab=/git', FAKEFORGE_LOG_LEVEL: 'silent' }
    const { url, banner } = await serve(['--port', '0'], env)
    expect(banner).toContain(`${url}/git/api/v4`)
    expect((await fetch(`${url}/git/-/health`)).status).toBe(200)
    expect((await fetch(`${url}/-/health`)).status).toBe(404)
  })

  it('says aloud that other machines can reach it', async () => {
    const { banner } = await serve(['--port', '0', '--host', '0.0.0.0'])
    expect(banner).toContain('Listening on 0.0.0.0: every machine that reaches this address can use it.')
  })

  it('serves a fixture without projects', async () => {
    const { banner } = await serve(['--port', '0', '--fixture', 'good.yaml'])
    expect(banner).toContain('good.yaml')
    expect(banner).not.toContain('PRIVATE-TOKEN')
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends on %s within a second, open connections or not',
    async (signal) => {
      const server = await serve(['--port', '0', '--log-level', 'silent'])
      const agent = new Agent({ keepAlive: true })
      await new Promise((done) =>
        get(`${server.url}/__admin/health`, { agent }, (answer) => answer.resume().on('end', done)),
      )
      // And one whose request never ends.
      const stuck = get(`${server.url}/api/v4/version`, { method: 'POST', headers: { 'content-length': 9 } })
      stuck.on('error', () => {}).write('{')
      await new Promise((done) => setTimeout(done, 50))
      const start = performance.now()
      const { code } = await server.stop(signal)
      expect(code).toBe(0)
      expect(performance.now() - start).toBeLessThan(1000)
      agent.destroy()
    },
  )

  it('survives a reader of its banner that goes away', async () => {
    const server = await serve(['--port', '0'])
    server.child.stdout?.destroy()
    server.child.stderr?.destroy()
    for (let i = 0; i < 3; i++) expect((await fetch(`${server.url}/__admin/health`)).status).toBe(200)
  })
})
