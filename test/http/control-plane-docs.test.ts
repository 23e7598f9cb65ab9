import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { buildApp } from '../../src/index.ts'
import { callerOf } from '../caller.ts'

const docs = readFileSync('docs/control-plane.md', 'utf8')

it('docs/control-plane.md has every control route, and no other', async () => {
  const app = await buildApp()
  await app.ready()
  const tree = (await app.applications.open('admin')).printRoutes({
    commonPrefix: false,
    includeHooks: false,
  })
  await app.close()
  const path: string[] = []
  const routes: string[] = []
  for (const line of tree.split('\n')) {
    const found = /^((?:│ {3}| {4})*)[├└]── (\S*)(?: \((.*)\))?$/.exec(line)
    if (!found) continue
    const [, indent = '', part = '', methods] = found
    path.length = indent.length / 4
    path.push(part)
    const url = path.join('').replace(/\/$/, '')
    if (!methods || !url.startsWith('/__admin')) continue
    for (const method of methods.split(', ')) {
      if (method !== 'HEAD') routes.push(`${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
    }
  }
  const documented = [...docs.matchAll(/^\| `((?:GET|PUT|POST|DELETE) \/__admin[^`]*)` \|/gm)].map(
    ([, route = '']) => route,
  )
  expect(routes.length).toBeGreaterThan(20)
  expect(documented.sort()).toEqual([...new Set(routes)].sort())
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
