import { describe, expect, it } from 'vitest'
import type { TagRule, User } from '../../src/forge/model.ts'
import { forbiddingRule, matchingRules } from '../../src/forge/tag-rules.ts'

const DIALECT = { wildcard: 'any-run', combine: 'all' } as const

const rule = (more: Partial<TagRule>): TagRule => ({
  id: 1,
  pattern: 'v*',
  create: 'nobody',
  updatedAt: 0,
  ...more,
})

const user = (username: string): User => ({
  id: 1,
  uuid: '',
  username,
  name: username,
  email: '',
  password: null,
  avatar: null,
  admin: false,
  blocked: false,
  createdAt: 0,
})

describe('the allow-list of a tag rule', () => {
  const rules = [rule({ allow: { users: ['dee'], roles: ['maintainer'] } })]

  it('lets through whom it names, whatever their role', () => {
    expect(forbiddingRule(rules, 'v1', 'guest', DIALECT, user('dee'))).toBe(null)
  })

  it('lets through the roles that it names, and those only', () => {
    expect(forbiddingRule(rules, 'v1', 'maintainer', DIALECT, user('mia'))).toBe(null)
    expect(forbiddingRule(rules, 'v1', 'owner', DIALECT, user('ada'))).toBe(rules[0])
    expect(forbiddingRule(rules, 'v1', null, DIALECT)).toBe(rules[0])
  })

  it('lets nobody through when it is empty, and overrules the level', () => {
    const sealed = [rule({ create: 'guest', allow: { users: [], roles: [] } })]
    expect(forbiddingRule(sealed, 'v1', 'owner', DIALECT, user('ada'))).toBe(sealed[0])
  })
})

it('a rule that is switched off matches nothing', () => {
  const off = [rule({ enabled: false })]
  expect(matchingRules(off, 'v1', DIALECT)).toEqual([])
  expect(forbiddingRule(off, 'v1', null, DIALECT)).toBe(null)
})
