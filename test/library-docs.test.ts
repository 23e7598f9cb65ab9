import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { killLeftovers, serveCli } from './cli-process.ts'
import { installPackage, type PackedProject } from './packed-project.ts'

const page = readFileSync('docs/library.md', 'utf8')

/** The examples by the name of the file that each says it is. */
const examples = new Map(
  [...page.matchAll(/^```[jt]s\n\/\/ (\S+)\n(.*?)^```$/gms)].map(([, file = '', text = '']) => [file, text]),
)

let project: PackedProject
const folder = mkdtempSync(join(tmpdir(), 'fakeforge-docs-'))
beforeAll(() => {
  project = installPackage(['vitest'])
})
afterAll(() => {
  project.remove()
  rmSync(folder, { recursive: true })
  killLeftovers()
})

/** What the comments behind `// →` promise, line by line. */
function promised(text: string): string {
  return [...text.matchAll(/\/\/ → (.*)$/gm)].map(([, output]) => `${output}\n`).join('')
}

it('docs/library.md has no example but those that are run here, and no more than 150 lines', () => {
  expect(page.match(/^```\w+$/gm)).toHaveLength(examples.size)
  expect([...examples.keys()]).toEqual([
    'start.mjs',
    'control.mjs',
    'elsewhere.mjs',
    'errors.mjs',
    'vitest.test.ts',
    'node.test.mjs',
    'jest.test.cjs',
  ])
  expect(page.split('\n').length).toBeLessThanOrEqual(151)
})

it.each(['start.mjs', 'control.mjs', 'errors.mjs'])('%s prints what the page says', (file) => {
  const text = String(examples.get(file))
  project.write(file, text)
  expect(promised(text)).not.toBe('')
  expect(project.node(file)).toBe(promised(text))
})

it('elsewhere.mjs prints what the page says', async () => {
  const server = await serveCli(folder, ['--port', '0'], {})
  const text = String(examples.get('elsewhere.mjs'))
  project.write('elsewhere.mjs', text.replace('http://localhost:4747', server.url))
  expect(project.node('elsewhere.mjs')).toBe(promised(text))
  await server.stop('SIGTERM')
})

it('vitest.test.ts passes', () => {
  project.write('vitest.test.ts', String(examples.get('vitest.test.ts')))
  const output = project.attempt('node_modules/vitest/vitest.mjs', 'run', 'vitest.test.ts')
  expect(output).toMatch(/Tests\s+1 passed \(1\)/)
})

it('node.test.mjs passes', () => {
  project.write('node.test.mjs', String(examples.get('node.test.mjs')))
  expect(project.attempt('--test', '--test-reporter=spec', 'node.test.mjs')).toMatch(/ℹ pass 1\nℹ fail 0/)
})

it('jest.test.cjs passes, as far as hooks and expect go', () => {
  const runner = `
    const assert = require('node:assert/strict')
    const hooks = { beforeEach: [], afterEach: [], afterAll: [] }
    for (const name of Object.keys(hooks)) globalThis[name] = (hook) => hooks[name].push(hook)
    globalThis.expect = (value) => ({ toBe: (wanted) => assert.equal(value, wanted) })
    globalThis.test = async (name, body) => {
      for (const hook of hooks.beforeEach) await hook()
      await body()
      for (const hook of [...hooks.afterEach, ...hooks.afterAll]) await hook()
      console.log('passed: ' + name)
    }
  `
  project.write('jest.test.cjs', runner + examples.get('jest.test.cjs'))
  expect(project.node('jest.test.cjs')).toBe('passed: nobody has asked for anything\n')
})
