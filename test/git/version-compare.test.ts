import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareBytes } from '../../src/git/byte-compare.ts'
import { checkRefName } from '../../src/git/ref-name.ts'
import { compareVersions } from '../../src/git/version-compare.ts'

const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }

/** Names that share long beginnings and differ in digits, zeros and characters around U+E000. */
const versionName = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('0', '1', '2', '9', '00', '10', '01') },
      { weight: 3, arbitrary: fc.constantFrom('v', '.', '-', '-rc', 'a', 'é') },
      { weight: 1, arbitrary: fc.constantFrom('\u{10000}', '\u{1f600}', '\uff5e', '\ue000', '/') },
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((parts) => `refs/tags/${parts.join('')}`)
  .filter((name) => checkRefName(name) === null)

const versionNames = fc.uniqueArray(versionName, { minLength: 300, maxLength: 600, size: 'max' })

describe('compareVersions and compareBytes', () => {
  let repository: string

  beforeAll(() => {
    repository = mkdtempSync(join(tmpdir(), 'fakeforge-versions-'))
    git('init', '--quiet', '--bare', '.')
    execFileSync('git', ['hash-object', '-w', '-t', 'tree', '--stdin'], { cwd: repository, env, input: '' })
  })

  afterAll(() => rmSync(repository, { recursive: true, force: true }))

  function git(...args: string[]): string {
    return execFileSync('git', args, { cwd: repository, env, encoding: 'utf8', maxBuffer: 1 << 26 })
  }

  function sortByGit(names: readonly string[], key: string): string[] {
    const lines = names.map((name) => `${emptyTree} ${name}\n`)
    writeFileSync(join(repository, 'packed-refs'), lines.join(''))
    return git('for-each-ref', '--format=%(refname)', `--sort=${key}`).split('\n').slice(0, -1)
  }

  it('sort thousands of names as git sorts them by version and by name, both ways', () => {
    fc.assert(
      fc.property(versionNames, (names) => {
        const byVersion = names.toSorted(compareVersions)
        const byName = names.toSorted(compareBytes)
        expect(byVersion).toEqual(sortByGit(names, 'version:refname'))
        expect(byVersion.toReversed()).toEqual(sortByGit(names, '-version:refname'))
        expect(byName).toEqual(sortByGit(names, 'refname'))
        expect(byName.toReversed()).toEqual(sortByGit(names, '-refname'))
      }),
      { numRuns: 25, endOnFailure: true },
    )
  })

  it('put every pair of short names in one total order', () => {
    const names = ['']
    for (let i = 0; names[i]!.length < 4; i++)
      names.push(...['0', '1', '9', '.', 'a'].map((next) => names[i] + next))
    const sorted = names.toSorted(compareVersions)
    const wrong = sorted.flatMap((a, i) =>
      sorted.filter((b, j) => Math.sign(compareVersions(a, b)) !== Math.sign(i - j)),
    )
    expect(sorted).toHaveLength(781)
    expect(wrong).toEqual([])
  })

  it('read digits as numbers and leading zeros as fractions', () => {
    const sorted = ['v1', 'v10', 'v1.1', 'v9', 'v1.01', 'v1.001', 'v1.10', 'v1.2', 'v1.0'].toSorted(
      compareVersions,
    )
    expect(sorted).toEqual(['v1', 'v1.001', 'v1.01', 'v1.0', 'v1.1', 'v1.2', 'v1.10', 'v9', 'v10'])
  })

  it('compare any two strings in the order of their UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
      }),
    )
  })

  it('put U+FF5E before U+1F600, where UTF-16 units say the opposite', () => {
    expect(['\u{1f600}', '\uff5e'].toSorted(compareBytes)).toEqual(['\uff5e', '\u{1f600}'])
    expect(['\u{1f600}', '\uff5e'].toSorted()).toEqual(['\u{1f600}', '\uff5e'])
  })
})
