import { describe, expect, it } from 'vitest'
import { shortMessage } from '../../../src/vendors/gitflic/messages.ts'

describe('the short message', () => {
  it.each([
    ['', ''],
    ['one', 'one'],
    ['one\n', 'one'],
    ['one\ntwo', 'one two'],
    ['one\ntwo\n\nthree\n', 'one two'],
    ['one\r\ntwo\r\n\r\nthree', 'one two'],
    ['\none', ''],
    ['\n', ''],
    [' one \n two \n', ' one   two '],
    ['one\n \ntwo\n\n', 'one   two'],
    ['one\rtwo\n', 'one\rtwo'],
  ])('of %j is %j', (message, short) => {
    expect(shortMessage(message)).toBe(short)
  })

  it('of a long message is found at once', () => {
    expect(shortMessage(`${'x\n'.repeat(200_000)}\nrest`)).toHaveLength(399_999)
  })
})
