import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { Fixture } from '../../src/forge/fixture/schema.ts'

/** Every key that a JSON Schema knows, wherever it stands. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties, ...rest } = schema as { properties?: Record<string, unknown> }
  const own = Object.entries(properties ?? {}).flatMap(([key, inner]) => [key, ...keysOf(inner)])
  return [...own, ...Object.values(rest).flatMap(keysOf)]
}

it('docs/fixture.md explains every key of the schema', () => {
  const page = readFileSync('docs/fixture.md', 'utf8')
  const keys = new Set(keysOf(Fixture))
  expect(keys.size).toBeGreaterThan(40)
  const missing = [...keys].filter((key) => !page.split(/[^\w$]+/).includes(key))
  expect(missing).toEqual([])
})
