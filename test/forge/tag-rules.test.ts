import { describe, expect, it } from 'vitest'
import type { RuleLevel, TagRule } from '../../src/forge/model.ts'
import { forbiddingRule, matchingRules } from '../../src/forge/tag-rules.ts'

const rule = (id: number, pattern: string, create: RuleLevel): TagRule => ({
  id,
  pattern,
  create,
  updatedAt: 0,
})

const rules = [rule(1, 'v*', 'maintainer'), rule(2, 'v1', 'developer'), rule(3, 'sealed', 'nobody')]
const PERMISSIVE = { wildcard: 'any-run', combine: 'any' } as const
const STRICT = { wildcard: 'path', combine: 'all' } as const

describe('tag rules', () => {
  it('match by equality or wildcard', () => {
    expect(matchingRules(rules, 'v1', PERMISSIVE).map(({ id }) => id)).toEqual([1, 2])
    expect(matchingRules(rules, 'x', PERMISSIVE)).toEqual([])
    expect(matchingRules([rule(1, 'v*', 'owner')], 'v/1', STRICT)).toEqual([])
  })

  it.each([
    ['v1', 'developer', null],
    ['v2', 'developer', 1],
    ['v2', 'maintainer', null],
    ['v1', 'reporter', 1],
    ['sealed', 'owner', 3],
    ['free', null, null],
  ] as const)('one permitting rule is enough: %s by %s', (name, role, forbidden) => {
    expect(forbiddingRule(rules, name, role, PERMISSIVE)?.id ?? null).toBe(forbidden)
  })

  it.each([
    ['v1', 'developer', 1],
    ['v1', 'maintainer', null],
    ['sealed', 'owner', 3],
  ] as const)('every rule must permit: %s by %s', (name, role, forbidden) => {
    expect(forbiddingRule(rules, name, role, STRICT)?.id ?? null).toBe(forbidden)
  })
})
