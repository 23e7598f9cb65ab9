import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadOptions } from '../src/config/load.ts'
import { UsageError } from '../src/config/mistakes.ts'
import { readSize } from '../src/config/readers.ts'
import { settings } from '../src/config/settings.ts'
import { defaultOptions } from '../src/options.ts'

const vendors = [
  {
    id: 'gitlab',
    profiles: ['current', '14', '13'],
    quirks: [{ name: 'slowTags', summary: 'tags are slow' }],
  },
  { id: 'bitbucket', profiles: ['dc10', 'dc7'], quirks: [] },
]

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fakeforge-config-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('the order of sources', () => {
  it('gives the defaults when nobody says anything', async () => {
    expect(await load({})).toEqual(defaultOptions)
  })

  it('lets the config file win over the default', async () => {
    writeConfig('fakeforge.config.yaml', 'port: 5001\n')
    expect((await load({})).port).toBe(5001)
  })

  it('lets the environment win over the config file', async () => {
    writeConfig('fakeforge.config.yaml', 'port: 5001\n')
    expect((await load({ env: { FAKEFORGE_PORT: '5002' } })).port).toBe(5002)
  })

  it('lets a flag win over the environment', async () => {
    writeConfig('fakeforge.config.yaml', 'port: 5001\n')
    expect((await load({ flags: { port: ['5003'] }, env: { FAKEFORGE_PORT: '5002' } })).port).toBe(5003)
  })

  it('takes a setting whole from the first source that has it, without merging', async () => {
    writeConfig('fakeforge.config.yaml', 'profiles: { gitlab: 14, bitbucket: dc7 }\n')
    expect((await load({ flags: { profiles: ['gitlab=13'] } })).profiles).toEqual({ gitlab: '13' })
  })

  it('takes the last of a flag that is given twice', async () => {
    expect((await load({ flags: { port: ['1', '2'] } })).port).toBe(2)
  })

  it('treats a variable that is set to nothing as absent', async () => {
    expect(await load({ env: { FAKEFORGE_PORT: '', FAKEFORGE_FIXTURE: ' ', FAKEFORGE_QUIRK: '' } })).toEqual(
      defaultOptions,
    )
  })

  it('is not confused by the variables of a Kubernetes service called fakeforge', async () => {
    const env = { FAKEFORGE_PORT: 'tcp://10.0.0.1:4747', FAKEFORGE_SERVICE_HOST: '10.0.0.1' }
    expect(await load({ env })).toEqual(defaultOptions)
  })
})

describe('values', () => {
  it('reads every setting from the environment', async () => {
    writeConfig('world.yaml', '')
    const env = {
      FAKEFORGE_PORT: '0',
      FAKEFORGE_HOST: '[::1]',
      FAKEFORGE_FIXTURE: 'world.yaml',
      FAKEFORGE_PROFILE: 'gitlab=14, bitbucket=dc7',
      FAKEFORGE_QUIRK: 'gitlab.slowTags',
      FAKEFORGE_PREFIX: 'gitlab=/forges/gitlab/,bitbucket=/bb',
      FAKEFORGE_PUBLIC_URL: 'https://forge.example.test/base/',
      FAKEFORGE_CLOCK: '2024-01-31T12:00:00+02:00',
      FAKEFORGE_LOG_LEVEL: 'debug',
      FAKEFORGE_BODY_LIMIT: '64KiB',
      FAKEFORGE_GIT_BODY_LIMIT: '1g',
      FAKEFORGE_REPO_ROOT: '.',
      FAKEFORGE_ADMIN_TOKEN: 'let-me-in',
    }
    const expected = {
      port: 0,
      host: '::1',
      fixture: join(folder, 'world.yaml'),
      profiles: { gitlab: '14', bitbucket: 'dc7' },
      quirks: ['gitlab.slowTags'],
      prefixes: { gitlab: '/forges/gitlab', bitbucket: '/bb' },
      publicUrl: 'https://forge.example.test/base',
      clock: '2024-01-31T12:00:00+02:00',
      logLevel: 'debug',
      bodyLimit: 65_536,
      gitBodyLimit: 1_073_741_824,
      repoRoot: folder,
      adminToken: 'let-me-in',
    }
    expect(await load({ env })).toEqual(expected)
    // A setting that is added to the table belongs into this test too.
    expect([...Object.keys(env), 'FAKEFORGE_CONFIG'].sort()).toEqual(settings.map(({ env }) => env).sort())
  })

  it.each([
    ['fakeforge.config.yaml', 'profiles: { gitlab: 14 }\nquirks: [gitlab.slowTags]\nlogLevel: silent\n'],
    ['fakeforge.config.yml', 'profiles: [gitlab=14]\nquirks: gitlab.slowTags\nlogLevel: silent\n'],
    [
      'fakeforge.config.json',
      '{"profiles":{"gitlab":"14"},"quirks":["gitlab.slowTags"],"logLevel":"silent","port":null}',
    ],
  ])('reads %s of the working directory', async (name, text) => {
    writeConfig(name, text)
    expect(await load({})).toEqual({
      ...defaultOptions,
      profiles: { gitlab: '14' },
      quirks: ['gitlab.slowTags'],
      logLevel: 'silent',
    })
  })

  it('finds the paths in a config file from its own folder', async () => {
    writeConfig('elsewhere.json', '{"fixture":"world.json"}')
    writeConfig('world.json', '{}')
    const options = await loadOptions(
      { flags: { config: [join(folder, 'elsewhere.json')] }, env: {}, folder: tmpdir() },
      vendors,
    )
    expect(options.fixture).toBe(join(folder, 'world.json'))
  })

  it('says the size limits in help as they are', () => {
    for (const key of ['bodyLimit', 'gitBodyLimit'] as const) {
      const absent = settings.find((setting) => setting.key === key)?.absent ?? ''
      expect(readSize([absent], { vendors, folder, report: expect.unreachable })).toBe(defaultOptions[key])
    }
  })
})

describe('a mistake', () => {
  it.each([
    ['port', '65536', '--port: "65536" is not a port; allowed: 1 to 65535, or 0 for any free port'],
    ['port', '80 ', '--port: "80 " is not a port; allowed: 1 to 65535, or 0 for any free port'],
    [
      'host',
      'http://x',
      '--host: "http://x" is not a host; allowed: a host name or an IP address, such as 127.0.0.1 or 0.0.0.0',
    ],
    ['profiles', 'gitlab=9', '--profile: gitlab has no profile "9"; allowed: current, 14, 13'],
    ['profiles', 'github=1', '--profile: unknown vendor "github"; allowed: gitlab, bitbucket'],
    ['profiles', 'gitlab', '--profile: "gitlab" lacks its "="; write VENDOR=VALUE'],
    ['quirks', 'gitlab.x', '--quirk: unknown quirk "gitlab.x"; allowed: gitlab.slowTags'],
    [
      'prefixes',
      'gitlab=git',
      '--prefix: "git" cannot be a prefix; allowed: a path that starts with a slash, such as /gitlab',
    ],
    [
      'prefixes',
      'gitlab=/__admin',
      '--prefix: "/__admin" cannot be a prefix; allowed: a path that starts with a slash, such as /gitlab',
    ],
    [
      'publicUrl',
      'forge.test',
      '--public-url: "forge.test" is not a base URL; allowed: http:// or https://, a host and a path, nothing more',
    ],
    [
      'clock',
      '2024-02-31T00:00:00Z',
      '--clock: "2024-02-31T00:00:00Z" is not an instant; allowed: ISO 8601 with a zone, such as 2024-01-31T12:00:00Z',
    ],
    [
      'clock',
      '2024-01-31T12:00:00',
      '--clock: "2024-01-31T12:00:00" is not an instant; allowed: ISO 8601 with a zone, such as 2024-01-31T12:00:00Z',
    ],
    [
      'logLevel',
      'loud',
      '--log-level: unknown level "loud"; allowed: silent, fatal, error, warn, info, debug, trace',
    ],
    [
      'bodyLimit',
      '1.5M',
      '--body-limit: "1.5M" is not a size; allowed: bytes above 0, or with a unit, such as 64KiB, 10MiB, 1GiB',
    ],
    [
      'bodyLimit',
      '0',
      '--body-limit: "0" is not a size; allowed: bytes above 0, or with a unit, such as 64KiB, 10MiB, 1GiB',
    ],
    ['fixture', '/no/such/file', '--fixture: there is no file "/no/such/file"'],
    ['fixture', '/', '--fixture: "/" is not a file'],
    ['repoRoot', '/no/such/folder', '--repo-root: there is no folder "/no/such/folder"'],
    ['config', '/no/such/file', '--config: there is no file "/no/such/file"'],
  ])('in %s (%s) is named with what is allowed', async (key, text, mistake) => {
    expect(await mistakesOf({ flags: { [key]: [text] } })).toEqual([mistake])
  })

  it('does not hide another one', async () => {
    writeConfig('fakeforge.config.json', '{"prot":1,"host":["a"],"clock":{},"bodyLimit":"x"}')
    const mistakes = await mistakesOf({
      flags: { profiles: ['gitlab=9', 'nobody=1'] },
      env: { FAKEFORGE_PORT: 'x' },
    })
    const file = join(folder, 'fakeforge.config.json')
    const keys = settings.map(({ key }) => key).filter((key) => key !== 'config')
    expect(mistakes).toEqual([
      `${file}: unknown key "prot"; allowed: ${keys.join(', ')}`,
      `${file}: host: must be a single value`,
      `${file}: clock: must be a single value`,
      'FAKEFORGE_PORT: "x" is not a port; allowed: 1 to 65535, or 0 for any free port',
      '--profile: gitlab has no profile "9"; allowed: current, 14, 13',
      '--profile: unknown vendor "nobody"; allowed: gitlab, bitbucket',
      `${file}: bodyLimit: "x" is not a size; allowed: bytes above 0, or with a unit, such as 64KiB, 10MiB, 1GiB`,
    ])
  })

  it.each([
    ['fakeforge.config.yaml', 'port: [1'],
    ['fakeforge.config.json', '{"port":'],
  ])('in the syntax of %s takes one line', async (name, text) => {
    writeConfig(name, text)
    const mistakes = await mistakesOf({})
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]).toMatch(/^\/.*fakeforge\.config\.(yaml|json): [^\n]+$/)
  })

  it('is a config file that is no mapping', async () => {
    writeConfig('fakeforge.config.yaml', '- port\n')
    expect(await mistakesOf({})).toEqual([
      `${join(folder, 'fakeforge.config.yaml')}: is not a mapping of settings to values`,
    ])
  })
})

interface Given {
  readonly flags?: Record<string, string[]>
  readonly env?: Record<string, string>
}

function load({ flags = {}, env = {} }: Given) {
  return loadOptions({ flags, env, folder }, vendors)
}

async function mistakesOf(given: Given): Promise<readonly string[]> {
  const error = await load(given).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UsageError)
  return (error as UsageError).mistakes
}

function writeConfig(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}
