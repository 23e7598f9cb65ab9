import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fixture } from '../../src/forge/fixture/schema.ts'
import { type Desk, fails, openDesk, prints } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const written = (file: string) => `${file} is written. Change it, then
  check it:  fakeforge validate ${file}
  serve it:  fakeforge --fixture ${file}
`

describe('init', () => {
  it('writes a fixture that is right, and that a server takes', async () => {
    expect(await desk.run(['init'])).toEqual(prints(written('world.yaml')))
    expect(await desk.run(['validate', 'world.yaml'])).toEqual(
      prints('world.yaml is a valid fixture: 2 users, 1 owner, 3 projects\n'),
    )
    expect(await desk.run(['reset', '--fixture', 'world.yaml'])).toEqual(
      prints('URL has the world of world.yaml\n'),
    )
  })

  it('shows every key that a fixture may have', async () => {
    await desk.run(['init', 'keys.yml'])
    const text = readFileSync(join(desk.folder, 'keys.yml'), 'utf8')
    const keys = [...new Set(keysOf(Fixture))].filter((key) => key !== '$schema')
    expect(keys.length).toBeGreaterThan(50)
    expect(keys.filter((key) => !new RegExp(`\\b${key}:`).test(text))).toEqual([])
  })

  it('is right with the keys that are commented out, too', async () => {
    await desk.run(['init', 'full.yaml'])
    const path = join(desk.folder, 'full.yaml')
    const keys =
      /^( *)# ((?:id|avatar|createdAt|movedFrom|features|profiles|number|version|updatedAt|closedAt|importTagRules|webhooks): ?| {2}- \{ url)/gm
    const text = readFileSync(path, 'utf8').replace(keys, '$1$2')
    expect(text.match(/^ *# *\w+: /gm)?.map((line) => line.trim().split(':')[0])).toEqual([
      '# blocked',
      '# archived',
      '# sourceProject',
    ])
    writeFileSync(path, text.replace('state: open', 'state: merged'))
    expect(await desk.run(['validate', 'full.yaml'])).toEqual(
      prints('full.yaml is a valid fixture: 2 users, 1 owner, 3 projects\n'),
    )
  })

  it('overwrites only when it is told to', async () => {
    writeFileSync(join(desk.folder, 'mine.yaml'), 'mine')
    expect(await desk.run(['init', 'mine.yaml'])).toEqual(
      fails(1, 'mine.yaml is there already. Name another, or overwrite it: --force'),
    )
    expect(readFileSync(join(desk.folder, 'mine.yaml'), 'utf8')).toBe('mine')
    expect(await desk.run(['init', 'mine.yaml', '--force', '--json'])).toEqual(
      prints('{"file":"mine.yaml"}\n'),
    )
    expect(readFileSync(join(desk.folder, 'mine.yaml'), 'utf8')).toContain('users:')
  })

  it.each([
    ['world.json', 64, 'file: "world.json" must end with .yaml or .yml, since JSON has no comments'],
    ['no/world.yaml', 1, 'there is no such file or folder: no/world.yaml'],
  ] as const)('%s exits %d', async (file, code, sentence) => {
    expect(await desk.run(['init', file])).toEqual(fails(code, sentence))
  })
})

/** The names of all properties in a JSON schema. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([name, part]) =>
    name === 'properties'
      ? [...Object.keys(part as object), ...Object.values(part as object).flatMap(keysOf)]
      : keysOf(part),
  )
}
