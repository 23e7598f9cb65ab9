import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadOptions } from '../src/config/load.ts'
import { readSize } from '../src/config/readers.ts'
import { settings } from '../src/config/settings.ts'
import { defaultOptions } from '../src/options.ts'
import { ConfigFolder, vendors } from './config-folder.ts'

let folder: ConfigFolder
beforeEach(() => {
  folder = new ConfigFolder()
})
afterEach(() => {
  folder.remove()
})

describe('the order of sources', () => {
  it('gives the defaults when nobody says anything', async () => {
    expect(await folder.load({})).toEqual(defaultOptions)
  })

  it('lets the config file win over the default', async () => {
    folder.write('fakeforge.config.yaml', 'port: 5001\n')
    expect((await folder.load({})).port).toBe(5001)
  })

  it('lets the environment win over the config file', async () => {
    folder.write('fakeforge.config.yaml', 'port: 5001\n')
    expect((await folder.load({ env: { FAKEFORGE_PORT: '5002' } })).port).toBe(5002)
  })

  it('lets a flag win over the environment', async () => {
    folder.write('fakeforge.config.yaml', 'port: 5001\n')
    expect((await folder.load({ flags: { port: ['5003'] }, env: { FAKEFORGE_PORT: '5002' } })).port).toBe(
      5003,
    )
  })

  it('takes a setting whole from the first source that has it, without merging', async () => {
    folder.write('fakeforge.config.yaml', 'profiles: { gitlab: 14, bitbucket: dc7 }\n')
    expect((await folder.load({ flags: { profiles: ['gitlab=13'] } })).profiles).toEqual({ gitlab: '13' })
  })

  it('takes the last of a flag that is given twice', async () => {
    expect((await folder.load({ flags: { port: ['1', '2'] } })).port).toBe(2)
  })

  it('treats a variable that is set to nothing as absent', async () => {
    expect(
      await folder.load({ env: { FAKEFORGE_PORT: '', FAKEFORGE_FIXTURE: ' ', FAKEFORGE_QUIRK: '' } }),
    ).toEqual(defaultOptions)
  })

  it('is not confused by the variables of a Kubernetes service called fakeforge', async () => {
    const env = { FAKEFORGE_PORT: 'tcp://10.0.0.1:4747', FAKEFORGE_SERVICE_HOST: '10.0.0.1' }
    expect(await folder.load({ env })).toEqual(defaultOptions)
  })
})

describe('values', () => {
  it('reads every setting from the environment', async () => {
    folder.write('world.yaml', '')
    const env = {
      FAKEFORGE_PORT: '0',
      FAKEFORGE_HOST: '[::1]',
      FAKEFORGE_FIXTURE: 'world.yaml',
      FAKEFORGE_DATA: 'not/yet/there',
      FAKEFORGE_PROFILE: 'gitlab=14, bitbucket=dc7',
      FAKEFORGE_QUIRK: 'gitlab.slowTags',
      FAKEFORGE_PREFIX: 'gitlab=/forges/gitlab/,bitbucket=/bb',
      FAKEFORGE_PUBLIC_URL: 'https://forge.example.test/base/',
      FAKEFORGE_CLOCK: '2024-01-31T12:00:00+02:00',
      FAKEFORGE_LOG_LEVEL: 'debug',
      FAKEFORGE_BODY_LIMIT: '64KiB',
      FAKEFORGE_GIT_BODY_LIMIT: '1g',
      FAKEFORGE_SANDBOX_LIMIT: '20',
      FAKEFORGE_SANDBOX_LIFETIME: '30m',
      FAKEFORGE_SANDBOX_IDLE: '90s',
      FAKEFORGE_JOURNAL_SIZE: '50',
      FAKEFORGE_JOURNAL_BODY_LIMIT: '4KiB',
      FAKEFORGE_JOURNAL_KEEP: 'true',
      FAKEFORGE_KEPT_ANSWERS: '7',
      FAKEFORGE_STRICT: 'true',
      FAKEFORGE_EXPLAIN: 'true',
      FAKEFORGE_REPO_ROOT: '.',
      FAKEFORGE_WEBHOOK_TIMEOUT: '1.5s',
      FAKEFORGE_WEBHOOK_RETRIES: '3',
      FAKEFORGE_WEBHOOK_RETRY_DELAY: '50ms',
      FAKEFORGE_WEBHOOK_ALLOW: 'hooks.example.test,10.1.0.0/16,[2001:db8::1]',
      FAKEFORGE_STATE_LIMIT: '1KiB',
      FAKEFORGE_ADMIN_TOKEN: 'let-me-in',
    }
    const expected = {
      port: 0,
      host: '::1',
      fixture: join(folder.path, 'world.yaml'),
      profiles: { gitlab: '14', bitbucket: 'dc7' },
      data: join(folder.path, 'not/yet/there'),
      quirks: ['gitlab.slowTags'],
      prefixes: { gitlab: '/forges/gitlab', bitbucket: '/bb' },
      publicUrl: 'https://forge.example.test/base',
      clock: '2024-01-31T12:00:00+02:00',
      logLevel: 'debug',
      bodyLimit: 65_536,
      gitBodyLimit: 1_073_741_824,
      sandboxLimit: 20,
      sandboxLifetime: 1_800_000,
      sandboxIdle: 90_000,
      journalSize: 50,
      journalBodyLimit: 4096,
      journalKeep: true,
      keptAnswers: 7,
      strict: true,
      explain: true,
      repoRoot: folder.path,
      webhookTimeout: 1500,
      webhookRetries: 3,
      webhookRetryDelay: 50,
      webhookAllow: ['hooks.example.test', '10.1.0.0/16', '[2001:db8::1]'],
      stateLimit: 1024,
      adminToken: 'let-me-in',
    }
    expect(await folder.load({ env })).toEqual(expected)
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
    folder.write(name, text)
    expect(await folder.load({})).toEqual({
      ...defaultOptions,
      profiles: { gitlab: '14' },
      quirks: ['gitlab.slowTags'],
      logLevel: 'silent',
    })
  })

  it('finds the paths in a config file from its own folder', async () => {
    folder.write('elsewhere.json', '{"fixture":"world.json"}')
    folder.write('world.json', '{}')
    const options = await loadOptions(
      { flags: { config: [join(folder.path, 'elsewhere.json')] }, env: {}, folder: tmpdir() },
      vendors,
    )
    expect(options.fixture).toBe(join(folder.path, 'world.json'))
  })

  it('says the size limits in help as they are', () => {
    for (const key of ['bodyLimit', 'gitBodyLimit'] as const) {
      const absent = settings.find((setting) => setting.key === key)?.absent ?? ''
      expect(readSize([absent], { vendors, folder: folder.path, report: expect.unreachable })).toBe(
        defaultOptions[key],
      )
    }
  })
})
