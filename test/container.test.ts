import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { settings } from '../src/config/settings.ts'
import { temporaryFolder } from './git-binary.ts'

const folder = temporaryFolder()
const entry = resolve('container/entry.mjs')
const dockerfile = readFileSync('Dockerfile', 'utf8')
const world = JSON.stringify({
  users: [{ username: 'zoe', tokens: ['zoe-token'] }],
  projects: [{ path: 'zoe/x' }],
})

/** Folders as they would be mounted. */
function mount(name: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder.path, name)
  mkdirSync(join(root, 'fixtures'), { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, 'fixtures', file), text)
  return root
}

/** Serves as the image does, until `use` is done. */
async function serve(
  env: Readonly<Record<string, string>>,
  use: (banner: string, url: string) => Promise<void> | void,
): Promise<void> {
  const child = spawn(process.execPath, [entry, 'serve'], {
    env: { PATH: process.env.PATH, FAKEFORGE_PORT: '0', FAKEFORGE_LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    let banner = ''
    const url = await new Promise<string>((found, failed) => {
      child.once('exit', (code) => failed(new Error(`ended with ${code}`)))
      child.stdout.on('data', (chunk) => {
        banner += chunk
        const match = /http:\/\/[\w.]+:\d+/.exec(banner)
        if (match) found(match[0])
      })
    })
    await use(banner, url)
  } finally {
    child.kill()
    await new Promise((gone) => child.once('close', gone))
  }
}

beforeAll(() => expect(existsSync('dist/cli.js')).toBe(true))
afterAll(() => folder.remove())

describe('the entry of the image', () => {
  it('serves the demo world when nothing is mounted', () =>
    serve({ FAKEFORGE_MOUNTS: join(folder.path, 'nothing') }, (banner) => {
      expect(banner).toContain('demo world')
    }))

  it('finds the only fixture of /fixtures, and keeps the world in /data', async () => {
    const root = mount('one', { 'zoe.json': world })
    mkdirSync(join(root, 'data'))
    await serve({ FAKEFORGE_MOUNTS: root }, async (banner, url) => {
      expect(banner).toContain(join(root, 'fixtures', 'zoe.json'))
      const answer = await fetch(`${url}/api/v4/projects/zoe%2Fx`, {
        headers: { 'private-token': 'zoe-token' },
      })
      expect(answer.status).toBe(200)
    })
    expect(existsSync(join(root, 'data', 'current'))).toBe(true)
  })

  it('takes fakeforge.yaml of several fixtures', () =>
    serve({ FAKEFORGE_MOUNTS: mount('named', { 'fakeforge.yaml': world, 'other.yaml': '?' }) }, (banner) => {
      expect(banner).toContain('fakeforge.yaml')
    }))

  it('lets a variable win', () => {
    const root = mount('variable', { 'a.json': world, 'b.json': world })
    return serve(
      { FAKEFORGE_MOUNTS: root, FAKEFORGE_FIXTURE: join(root, 'fixtures', 'b.json') },
      (banner) => {
        expect(banner).toContain('b.json')
      },
    )
  })

  it('reads a config file from /fixtures', () =>
    serve(
      {
        FAKEFORGE_MOUNTS: mount('config', {
          'fakeforge.config.yaml': 'fixture: ./b.json\n',
          'a.json': world,
          'b.json': world,
        }),
      },
      (banner) => expect(banner).toContain('b.json'),
    ))

  it('exits 64 and names them when there are several fixtures', () => {
    const root = mount('several', { 'a.json': world, 'b.json': world })
    const { status, stderr } = spawnSync(process.execPath, [entry], {
      env: { PATH: process.env.PATH, FAKEFORGE_MOUNTS: root },
    })
    expect([status, String(stderr)]).toEqual([
      64,
      `fakeforge: ${root}/fixtures holds several fixtures (a.json, b.json); set FAKEFORGE_FIXTURE to one of them, or call it fakeforge.yaml\n`,
    ])
  })

  it('is healthy while it serves, and not before', async () => {
    const check = (port: string) =>
      spawnSync(process.execPath, [resolve('container/health.mjs')], {
        env: { PATH: process.env.PATH, FAKEFORGE_PORT: port },
      }).status
    await serve({ FAKEFORGE_MOUNTS: folder.path, FAKEFORGE_ADMIN_TOKEN: 'x' }, (_banner, url) => {
      expect(check(new URL(url).port)).toBe(0)
    })
    expect(check('1')).toBe(1)
  })
})

it('the Dockerfile copies what there is', () => {
  const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, list = '']) =>
    list.split(' '),
  )
  expect(sources).toEqual(['package.json', 'package-lock.json', '.npmrc', '.', 'container'])
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n')
  for (const source of sources) {
    expect(existsSync(source), source).toBe(true)
    expect(ignored).not.toContain(source)
  }
})

it('Dockerfile and docker-compose.yml set variables that there are', () => {
  const compose = parse(readFileSync('docker-compose.yml', 'utf8')) as {
    services: {
      fakeforge: { environment: Record<string, string>; networks: { default: { aliases: string[] } } }
    }
  }
  const { environment, networks } = compose.services.fakeforge
  const named = [...dockerfile.matchAll(/\b(FAKEFORGE_\w+)=/g)].map(([, name]) => name)
  const known = settings.map(({ env }) => env)
  for (const name of [...named, ...Object.keys(environment)]) expect(known).toContain(name)
  expect(named).toEqual(['FAKEFORGE_HOST'])
  expect(networks.default.aliases).toEqual(['gitlab', 'bitbucket', 'gitflic', 'codearts'])
})

it('the smoke test of the image passes', () => {
  const { status, stderr } = spawnSync(process.execPath, ['container/smoke.mjs'])
  expect([status, String(stderr)]).toEqual([0, ''])
})
