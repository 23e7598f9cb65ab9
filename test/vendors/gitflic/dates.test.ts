import { describe, expect, it } from 'vitest'
import { databaseDate, gitDate } from '../../../src/vendors/gitflic/dates.ts'

describe('dates', () => {
  it.each([
    [1715677039, '2024-05-14T08:57:19Z'],
    [0, '1970-01-01T00:00:00Z'],
    [253402300800, '+010000-01-01T00:00:00Z'],
    [Number.MAX_SAFE_INTEGER, '+275760-09-13T00:00:00Z'],
  ])('of git are UTC in whole seconds: %i', (seconds, text) => {
    expect(gitDate(seconds)).toBe(text)
  })

  it('of the database have microseconds', () => {
    expect(databaseDate(1715939970635)).toBe('2024-05-17T09:59:30.635000Z')
  })
})
