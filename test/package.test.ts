import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoFixture } from '../src/forge/fixture/demo.ts'

const source = `
import { buildApp, type Fixture, FixtureError, type Options, startFakeForge } from 'fakeforge'
const options: Partial<Options> = { profiles: { gitlab: '14' } }
const server = await startFakeForge(options)
const url: string = server.url
// @ts-expect-error: not a vendor
const noVendor: Partial<Options> = { profiles: { github: '1' } }
const world: Fixture = { users: [{ username: 'ada' }] }
// @ts-expect-error: not a key of a fixture
const noWorld: Fixture = { people: [] }
const app = await buildApp({ fixture: world })
const status: number = (await app.inject({ url: '/__admin/health' })).statusCode
const places: readonly string[] = new FixtureError('x', []).problems.map(({ path }) => path)
console.log(JSON.stringify({ url, status, places, noVendor, noWorld }))
await server.close()
`

/** A project that has the package installed as npm would, with its dependencies and nothing else. */
let project: string
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'fakeforge-package-'))
  const installed = join(project, 'node_modules/fakeforge')
  mkdirSync(join(project, 'node_modules/@types'), { recursive: true })
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
  cpSync('package.json', join(installed, 'package.json'))
  cpSync('dist', join(installed, 'dist'), { recursive: true })
  for (const name of [...Object.keys(manifest.dependencies), '@types/node']) {
    symlinkSync(resolve('node_modules', name), join(project, 'node_modules', name))
  }
  writeFileSync(join(project, 'package.json'), '{"type":"module"}')
  writeFileSync(join(project, 'use.ts'), source)
})
afterAll(() => {
  rmSync(project, { recursive: true })
})

describe('the package', () => {
  it.each([
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ])('type-checks in a project with moduleResolution %s, its declarations included', (resolution, module) => {
    const flags = [
      '--strict',
      '--exactOptionalPropertyTypes',
      '--skipLibCheck',
      'false',
      '--target',
      'es2022',
    ]
    const argv = ['--moduleResolution', resolution, '--module', module, '--types', 'node', ...flags, 'use.ts']
    expect(
      runNode(resolve('node_modules/typescript/bin/tsc'), '--outDir', `out-${resolution}`, ...argv),
    ).toBe('')
  })

  it('runs there', () => {
    const facts = JSON.parse(runNode('out-nodenext/use.js'))
    expect(facts).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      status: 200,
      places: [],
      noVendor: { profiles: { github: '1' } },
      noWorld: { people: [] },
    })
  })

  it('publishes a JSON Schema that the demo world fits and an unknown key does not', () => {
    const schema = JSON.parse(
      readFileSync(join(project, 'node_modules/fakeforge/dist/fixture.schema.json'), 'utf8'),
    )
    const validate = new Ajv({ strict: false }).compile(schema)
    expect(validate(demoFixture)).toBe(true)
    expect(validate({ people: [] })).toBe(false)
  })
})

function runNode(...argv: string[]): string {
  try {
    return execFileSync(process.execPath, argv, { cwd: project, encoding: 'utf8' })
  } catch (error) {
    throw new Error((error as { stdout: string }).stdout || String(error))
  }
}
