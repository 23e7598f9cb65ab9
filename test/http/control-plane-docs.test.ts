import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { callerOf } from '../caller.ts'
import { registeredRoutes } from './control-routes.ts'

const docs = readFileSync('docs/control-plane.md', 'utf8')

it('docs/control-plane.md has every control route, and no other', async () => {
  const app = await buildApp()
  const routes = await registeredRoutes(app)
  await app.close()
  const documented = [...docs.matchAll(/^\| `((?:GET|PUT|POST|DELETE) \/__admin[^`]*)` \|/gm)].map(
    ([, route = '']) => route,
  )
  expect(routes.length).toBeGreaterThan(20)
  expect(documented.sort()).toEqual(routes)
})

it('docs/control-plane.md has every scenario', async () => {
  const app = await buildApp()
  const { body } = await callerOf(app, { host: 'localhost' })('GET', '/__admin/faults/scenarios')
  await app.close()
  const names = (body as { scenarios: { name: string }[] }).scenarios.map(({ name }) => name)
  const part = docs.slice(docs.indexOf('## Scenarios'))
  const documented = [...part.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name)
  expect(documented.sort()).toEqual(names.sort())
})

it('the rules that docs/control-plane.md shows are taken', async () => {
  const app = await buildApp()
  const call = callerOf(app, { host: 'localhost' })
  const shown = [...docs.matchAll(/^curl \$F\/faults -H .* -d '(.*)'$/gm)].map(([, json = '']) => json)
  const effects = [...docs.matchAll(/^\| `("\w+": .*?)` \|/gm)].map(([, pair]) => `{${pair}}`)
  expect([shown.length, effects.length]).toEqual([3, 9])
  for (const json of [...shown, ...effects]) {
    const { status } = await call('POST', '/__admin/faults', {
      payload: json,
      headers: { 'content-type': 'application/json' },
    })
    expect([json, status]).toEqual([json, 201])
  }
  await app.close()
})
