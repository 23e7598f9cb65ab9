import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSwitchedOn, parseDiskConfig } from '../../src/git/disk-config.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fakeforge-config-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What git reads from the text, the last value of each key. */
function readWithGit(text: string): Map<string, string> {
  const file = join(folder, 'config')
  writeFileSync(file, text)
  const { stdout, status } = spawnSync('git', ['config', '-f', file, '--list', '-z'])
  expect(status).toBe(0)
  const settings = stdout.toString().split('\0').filter(Boolean)
  // A key alone has no line feed after it, and means "true".
  return new Map(
    settings.map((line) => [
      line.split('\n')[0]!,
      line.includes('\n') ? line.slice(line.indexOf('\n') + 1) : 'true',
    ]),
  )
}

describe('a configuration', () => {
  it.each([
    '[core]\n\trepositoryformatversion = 0\n\tbare = true\n',
    '[CORE]\nRepositoryFormatVersion=1\n[Extensions]\n  ObjectFormat = sha256 # comment\n',
    '[remote "Origin"]\n\turl = https://example.test/x.git\n\tpromisor\n\tpartialclonefilter = blob:none\n',
    '[remote "a \\"b\\" \\\\ c"] promisor = yes\n',
    '[core] bare = false ; comment\n# comment\n; another\n[a.b]\nkey = value\n',
    '[core]\r\n\tbare = true\r\n',
    '[core]\nkey = "a # b" c ; d\nempty =\nquoted = ""\n',
    '[core]\nkey = one \\\n  two\nnext = "x\\ty\\n"\n',
    '[core]\nx = 1\nx = 2\n[core "sub"]\nx = 3\n[core]\nx-y = 4\n',
    '',
  ])('is read as git reads it: %j', (text) => {
    expect(new Map(parseDiskConfig(text))).toEqual(readWithGit(text))
  })

  it('is switched on by the words that git takes for it', () => {
    expect(['true', 'Yes', 'on', '1', '2'].map(isSwitchedOn)).toEqual([true, true, true, true, true])
    expect(['false', 'no', 'off', '0', '', undefined].map(isSwitchedOn)).not.toContain(true)
  })
})
