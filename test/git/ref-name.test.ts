import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRefName, checkTagName } from '../../src/git/ref-name.ts'

const nasty = [
  '.',
  '/',
  '..',
  '//',
  '.lock',
  '.lock/',
  '.LOCK',
  '@{',
  '@',
  '{',
  ' ',
  '~',
  '^',
  ':',
  '?',
  '*',
  '[',
  ']',
  '\\',
  '-',
]
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('v', '1', 'release', 'x.y', 'a/b', 'lock', 'HEAD', 'refs/') },
  { weight: 4, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: fc.constantFrom('\u0001', '\t', '\n', '\r', '\u001f', '\u007f') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\u0080',
      '\u00a0',
      'é',
      'тег',
      '標籤',
      '\u{1f600}',
      '\u2028',
      '\ufffd',
      '%2f',
      '"',
      "'",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', maxLength: 3 }).filter((text) => !text.includes('\0')),
  },
)
const text = fc.array(piece, { maxLength: 6, size: 'max' }).map((pieces) => pieces.join(''))
const refName = fc
  .oneof(
    text.map((name) => `refs/tags/${name}`),
    text,
    text.map((name) => `refs/tags/${name}${'n'.repeat(300)}`),
  )
  // The command takes a leading '-' for an option; no rule about names speaks of it.
  .filter((name) => !name.startsWith('-'))

/** One shell asks git about all names; its arguments carry every character but NUL. */
function isAcceptedByGit(names: readonly string[]): boolean[] {
  const script = 'for name; do if git check-ref-format "$name"; then echo yes; else echo no; fi; done'
  const { stdout } = spawnSync('sh', ['-c', script, 'sh', ...names], { encoding: 'utf8' })
  return stdout
    .trimEnd()
    .split('\n')
    .map((answer) => answer === 'yes')
}

describe('checkRefName', () => {
  it('agrees with git check-ref-format on thousands of names', () => {
    fc.assert(
      fc.property(fc.uniqueArray(refName, { minLength: 250, maxLength: 350, size: 'max' }), (names) => {
        const verdicts = isAcceptedByGit(names)
        expect(verdicts).toHaveLength(names.length)
        const wrong = names.filter((name, i) => (checkRefName(name) === null) !== verdicts[i])
        expect(wrong).toEqual([])
      }),
      { numRuns: 8, endOnFailure: true },
    )
  })

  it.each([
    ['', 'a full ref name has at least two parts, separated by a slash'],
    ['@', 'a full ref name has at least two parts, separated by a slash'],
    ['master', 'a full ref name has at least two parts, separated by a slash'],
    ['refs/tags/', 'a ref name cannot begin or end with a slash, or contain two in a row'],
    ['/refs/tags/v1', 'a ref name cannot begin or end with a slash, or contain two in a row'],
    ['refs//v1', 'a ref name cannot begin or end with a slash, or contain two in a row'],
    ['refs/tags/a b', 'a ref name cannot contain a space'],
    ['refs/tags/a\0b', 'a ref name cannot contain a control character'],
    ['refs/tags/a\u007f', 'a ref name cannot contain a control character'],
    ['refs/tags/a\n', 'a ref name cannot contain a control character'],
    ['refs/tags/a~1', 'a ref name cannot contain any of ~ ^ : ? * [ \\'],
    ['refs/tags/a\\b', 'a ref name cannot contain any of ~ ^ : ? * [ \\'],
    ['refs/tags/\ud800', 'a ref name must be valid Unicode'],
    ['refs/tags/a..b', "a ref name cannot contain '..'"],
    ['refs/tags/a@{b', "a ref name cannot contain '@{'"],
    ['refs/tags/.a', "no part of a ref name can begin with '.'"],
    ['refs/.tags/a', "no part of a ref name can begin with '.'"],
    ['refs/tags/a.', "a ref name cannot end with '.'"],
    ['refs/tags/a.lock', "no part of a ref name can end with '.lock'"],
    ['refs/tags.lock/a', "no part of a ref name can end with '.lock'"],
  ])('says which rule %j breaks', (name, rule) => {
    expect(checkRefName(name)).toBe(rule)
  })

  it.each([
    'refs/tags/v1',
    'refs/tags/-',
    'refs/tags/@',
    'refs/tags/a./b',
    'refs/tags/тег',
    'refs/tags/\u{1f600}',
  ])('accepts %j', (name) => {
    expect(checkRefName(name)).toBeNull()
  })
})

describe('checkTagName', () => {
  it.each([
    ['', 'a tag name cannot be empty'],
    ['/v1', 'a ref name cannot begin or end with a slash, or contain two in a row'],
    ['v1', null],
    ['@', null],
    ['release/v1', null],
  ])('answers for %j what git says of it below refs/tags', (name, rule) => {
    expect(checkTagName(name)).toBe(rule)
  })
})
