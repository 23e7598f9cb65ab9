import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UsageError } from '../src/config/mistakes.ts'
import { settings } from '../src/config/settings.ts'
import { ConfigFolder, type Given } from './config-folder.ts'

let folder: ConfigFolder
beforeEach(() => {
  folder = new ConfigFolder()
})
afterEach(() => {
  folder.remove()
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
    [
      'prefixes',
      'gitlab=/git/..',
      '--prefix: "/git/.." cannot be a prefix; allowed: a path that starts with a slash, such as /gitlab',
    ],
    [
      'publicUrl',
      'http://:secret@x',
      '--public-url: "http://:secret@x" is not a base URL; allowed: http:// or https://, a host and a path, nothing more',
    ],
    [
      'adminToken',
      '',
      '--admin-token: is no token; allowed: letters, digits and signs of ASCII without spaces, at least one',
    ],
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
    ['journalSize', 'all', '--journal-size: "all" is not a count; allowed: whole numbers from 0 to 9999999'],
    ['journalKeep', 'yes', '--journal-keep: "yes" is neither of the allowed: true, false'],
    ['fixture', '/no/such/file', '--fixture: there is no file "/no/such/file"'],
    ['fixture', '/', '--fixture: "/" is not a file'],
    ['repoRoot', '/no/such/folder', '--repo-root: there is no folder "/no/such/folder"'],
    ['config', '/no/such/file', '--config: there is no file "/no/such/file"'],
  ])('in %s (%s) is named with what is allowed', async (key, text, mistake) => {
    expect(await mistakesOf({ flags: { [key]: [text] } })).toEqual([mistake])
  })

  it('does not hide another one', async () => {
    folder.write('fakeforge.config.json', '{"prot":1,"host":["a"],"clock":{},"bodyLimit":"x"}')
    const mistakes = await mistakesOf({
      flags: { profiles: ['gitlab=9', 'nobody=1'] },
      env: { FAKEFORGE_PORT: 'x' },
    })
    const file = join(folder.path, 'fakeforge.config.json')
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
    folder.write(name, text)
    const mistakes = await mistakesOf({})
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]).toMatch(/^\/.*fakeforge\.config\.(yaml|json): [^\n]+$/)
  })

  it('is a config file that is no mapping', async () => {
    folder.write('fakeforge.config.yaml', '- port\n')
    expect(await mistakesOf({})).toEqual([
      `${join(folder.path, 'fakeforge.config.yaml')}: is not a mapping of settings to values`,
    ])
  })
})

async function mistakesOf(given: Given): Promise<readonly string[]> {
  const error = await folder.load(given).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UsageError)
  return (error as UsageError).mistakes
}
