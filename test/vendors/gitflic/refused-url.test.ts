import { describe, expect, it } from 'vitest'
import { isRefusedUrl } from '../../../src/vendors/gitflic/refused-url.ts'

const PATH = '/project/ada/widgets/tag'

describe('a URL', () => {
  it.each(['v1.0', '%D0%B2', 'a%20b', 'a+b', '@', 'a%3Ab', '..a', 'a..', '%5b'])(
    'passes with %s in it',
    (name) => {
      expect(isRefusedUrl('GET', `${PATH}/${name}`, false)).toBe(false)
    },
  )

  it.each([
    '.',
    '..',
    './a',
    '../a',
    'a/..',
    '/a',
    'a\\b',
    'a;b',
    'a%5cb',
    'a%3bb',
    '%2E',
    '%2e%2e',
    '%25',
    '%1f',
    '%00',
    '%7f',
    'в',
    'a\tb',
  ])('is refused with %j in it', (name) => {
    expect(isRefusedUrl('GET', `${PATH}/${name}`, true)).toBe(true)
  })

  it('is refused with an encoded slash, unless that is allowed', () => {
    expect(isRefusedUrl('GET', `${PATH}/a%2Fb`, false)).toBe(true)
    expect(isRefusedUrl('GET', `${PATH}/a%2fb`, true)).toBe(false)
  })

  it.each(['TRACE', 'CONNECT', 'PROPFIND', 'get'])('is refused with the method %s', (method) => {
    expect(isRefusedUrl(method, PATH, false)).toBe(true)
  })
})
