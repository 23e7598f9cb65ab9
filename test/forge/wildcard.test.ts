import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesWildcard } from '../../src/forge/wildcard.ts'

describe('any-run', () => {
  it.each([
    ['v*', 'v1.0', true],
    ['v*', 'V1.0', false],
    ['v*', 'v', true],
    ['*', '', true],
    ['*-stable', 'a/b-stable', true],
    ['v1?', 'v12', false],
    ['v1?', 'v1?', true],
    ['a.c', 'abc', false],
    ['a**c', 'abbc', true],
    ['', 'x', false],
    ['v*.*', 'v1', false],
  ])('%s on %s is %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text, 'any-run')).toBe(expected)
  })

  it('agrees with a regular expression', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '*'), maxLength: 12 })
    fc.assert(
      fc.property(text, text, (pattern, name) => {
        const source = pattern
          .split('*')
          .map((part) => part.replaceAll('.', '\\.'))
          .join('.*')
        expect(matchesWildcard(pattern, name, 'any-run')).toBe(new RegExp(`^${source}$`, 's').test(name))
      }),
      { numRuns: 5000 },
    )
  })
})

describe('path', () => {
  it.each([
    ['Release-*', 'Release-1', true],
    ['Release-*', 'Release-1/rc', false],
    ['**', 'a/b/c', true],
    ['feature/**', 'feature/a/b', true],
    ['feature/**', 'feature', false],
    ['v?', 'v1', true],
    ['v?', 'v/', false],
    ['v?', 'v', false],
    ['v?', 'v😀', true],
    ['*/**/x', 'a/b/c/x', true],
    ['a*b', 'a/b', false],
  ])('%s on %s is %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text, 'path')).toBe(expected)
  })

  it('agrees with a regular expression', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 12 })
    fc.assert(
      fc.property(text, text, (pattern, name) => {
        const source = pattern.replace(/\*{2,}|\*|\?/g, (run) => {
          if (run === '?') return '[^/]'
          return run === '*' ? '[^/]*' : '.*'
        })
        expect(matchesWildcard(pattern, name, 'path')).toBe(new RegExp(`^${source}$`, 's').test(name))
      }),
      { numRuns: 5000 },
    )
  })
})

it('a pattern that would make a regular expression backtrack for ever is answered at once', () => {
  expect(matchesWildcard(`${'*a'.repeat(200)}b`, 'a'.repeat(2000), 'any-run')).toBe(false)
})
