import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stories } from '../../src/conformance/index.ts'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { installPackage, type PackedProject } from '../packed-project.ts'
import { runNode } from './run-node.ts'

const page = readFileSync('docs/conformance.md', 'utf8')

/** The examples by the name of the file that each says it is. */
const examples = new Map(
  [...page.matchAll(/^```js\n\/\/ (\S+)\n(.*?)^```$/gms)].map(([, file = '', text = '']) => [file, text]),
)

let project: PackedProject
let forge: FakeForge
beforeAll(async () => {
  project = installPackage()
  forge = await startFakeForge()
})
afterAll(async () => {
  project.remove()
  await forge.close()
})

function promised(text: string): string {
  return [...text.matchAll(/\/\/ → (.*)$/gm)].map(([, output]) => `${output}\n`).join('')
}

it('docs/conformance.md names all stories, and has no example but those that are run here', () => {
  expect([...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)).toEqual(
    stories.map(({ name }) => name),
  )
  expect([...examples.keys()]).toEqual(['in-process.mjs', 'over-http.mjs', 'real.mjs'])
})

it.each(['in-process.mjs', 'over-http.mjs'])('%s prints what the page says', (file) => {
  const text = String(examples.get(file))
  project.write(file, text)
  expect(promised(text)).not.toBe('')
  expect(project.node(file)).toBe(promised(text))
})

it('real.mjs says nothing of a server that is as it should be, and where it is not', async () => {
  project.write('real.mjs', String(examples.get('real.mjs')))
  const run = (token: string) =>
    runNode(project.folder, 'real.mjs', {
      FORGE_URL: forge.url,
      FORGE_PROJECT: 'acme/widgets',
      FORGE_TOKEN: token,
    })
  expect(await run('mia-token')).toBe('')
  expect(await run('no-token')).toContain('reading: lists tags: a list succeeds: expected 200, got 401')
  expect(new Set((await forge.journal.list({})).map(({ method }) => method))).toEqual(new Set(['GET']))
})
