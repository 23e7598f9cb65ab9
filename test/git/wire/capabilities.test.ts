import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capabilityValue, checkObjectFormat, parseCapabilities } from '../../../src/git/wire/capabilities.ts'
import { WireError } from '../../../src/git/wire/wire-error.ts'

describe('parseCapabilities', () => {
  it('reads names and values, a name as often as it comes', () => {
    const found = parseCapabilities(' ofs-delta symref=HEAD:refs/heads/main agent=git/2.39=x symref=a:b ')
    expect([...found]).toEqual([
      ['ofs-delta', []],
      ['symref', ['HEAD:refs/heads/main', 'a:b']],
      ['agent', ['git/2.39=x']],
    ])
    expect(capabilityValue(found, 'symref')).toBe('a:b')
    expect(capabilityValue(found, 'ofs-delta')).toBeNull()
    expect(capabilityValue(found, 'none')).toBeNull()
  })

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const words = text.split(' ').filter((word) => word !== '')
        expect(new Set(parseCapabilities(text).keys())).toEqual(
          new Set(words.map((word) => word.split('=')[0])),
        )
      }),
    )
  })
})

describe('checkObjectFormat', () => {
  it('lets SHA-1 pass, and silence', () => {
    expect(() => checkObjectFormat(parseCapabilities('object-format=sha1'))).not.toThrow()
    expect(() => checkObjectFormat(parseCapabilities(''))).not.toThrow()
  })

  it('refuses SHA-256', () => {
    expect(() => checkObjectFormat(parseCapabilities('object-format=sha256'))).toThrow(
      new WireError('mismatched object format: server sha1; client sha256'),
    )
  })
})
