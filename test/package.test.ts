import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoFixture } from '../src/forge/fixture/demo.ts'
import { vendorIds } from '../src/options.ts'
import { installPackage, type PackedProject } from './packed-project.ts'

const source = `
import { buildApp, type Control, type Fixture, FixtureError, type Options, startFakeForge } from 'fakeforge'
import { connect, FakeForgeError, type JournalEntry, type SandboxControl } from 'fakeforge/client'
import { type Driver, drivers, type Environment, runConformance, sendTo, stories, type StoryResult } from 'fakeforge/conformance'
const options: Partial<Options> = { profiles: { gitlab: '14' } }
await using server = await startFakeForge(options)
const url: string = server.url
// @ts-expect-error: not a vendor
const noVendor: Partial<Options> = { profiles: { github: '1' } }
const world: Fixture = { users: [{ username: 'ada' }] }
// @ts-expect-error: not a key of a fixture
const noWorld: Fixture = { people: [] }
const app = await buildApp({ fixture: world })
const status: number = (await app.inject({ url: '/__admin/health' })).statusCode
const places: readonly string[] = new FixtureError('x', []).problems.map(({ path }) => path)
const control: Control = await connect(server.url)
const sandbox: SandboxControl = await control.sandbox({ ttl: 60 })
await sandbox.faults.add({ operation: 'gitlab.createTag', status: 502, times: 1 })
// @ts-expect-error: not an effect
await sandbox.faults.add({ explode: true }).catch((error: FakeForgeError) => console.log(error.code))
await fetch(sandbox.gitlab.url + '/version')
const entries: JournalEntry[] = await sandbox.journal.list({ vendor: 'gitlab' })
const driver: Driver = drivers.codearts({ project: '1' })
const environment: Environment = { send: sendTo(server.url), writer: { token: 'mia-token' } }
const results: readonly StoryResult[] = await runConformance(stories, driver, environment, { prefix: 'x-', isReadOnly: true })
const outcomes = results.map(({ outcome }) => outcome).join(' ')
const isOne = (await server.reset({ people: [] }).catch((error: unknown) => error)) instanceof FakeForgeError
console.log(JSON.stringify({ url, status, places, noVendor, noWorld, seen: entries.length, isOne, outcomes }))
`

const checks = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', '--target', 'es2022']

let project: PackedProject
beforeAll(() => {
  project = installPackage(['@types/node'])
  project.write('use.ts', source)
})
afterAll(() => project.remove())

function tsc(...argv: string[]): string {
  return project.attempt(resolve('node_modules/typescript/bin/tsc'), '--types', 'node', ...checks, ...argv)
}

describe('the package', () => {
  it.each([
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ])('type-checks in a project with moduleResolution %s, its declarations included', (resolution, module) => {
    const argv = ['--moduleResolution', resolution, '--module', module]
    expect(tsc(...argv, '--outDir', `out-${resolution}`, 'use.ts')).toBe('')
  })

  it('runs there', () => {
    const [code, facts] = project.node('out-nodenext/use.js').trim().split('\n')
    expect(code).toBe('invalid-body')
    expect(JSON.parse(String(facts))).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      status: 200,
      places: [],
      noVendor: { profiles: { github: '1' } },
      noWorld: { people: [] },
      seen: 1,
      isOne: true,
      outcomes: 'pass pass skip skip skip',
    })
  })

  it('runs from plain JavaScript', () => {
    project.write(
      'plain.mjs',
      `
      import { startFakeForge, version } from 'fakeforge'
      import * as client from 'fakeforge/client'
      const forge = await startFakeForge({ logLevel: 'silent' })
      const control = await client.connect(forge.url)
      console.log(version, (await control.version()).version, await control.gitlab.cloneUrl(1) === await forge.gitlab.cloneUrl(1))
      await forge.close()
      `,
    )
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(project.node('plain.mjs')).toBe(`${version} ${version} true\n`)
  })

  it('runs from CommonJS: by require where Node allows that, by import() everywhere', () => {
    const load = process.features.require_module ? 'require' : 'await import'
    project.write(
      'common.cjs',
      `
      async function main() {
        const { startFakeForge, FakeForgeError } = ${load}('fakeforge')
        const { connect } = ${load}('fakeforge/client')
        const forge = await startFakeForge()
        const control = await connect(forge.url)
        console.log(await control.health())
        await forge.close()
        const error = await control.health().catch((error) => error)
        console.log(error instanceof FakeForgeError, error.code)
      }
      main()
      `,
    )
    expect(project.node('common.cjs')).toBe("{ status: 'ok' }\ntrue no-connection\n")
  })

  it('opens, listens and changes nothing by being imported', () => {
    project.write(
      'imports.mjs',
      `
      const names = process.eventNames().length
      const globals = Object.getOwnPropertyNames(globalThis).length
      await import('fakeforge')
      await import('fakeforge/client')
      await import('fakeforge/conformance')
      const resources = process.getActiveResourcesInfo().filter((name) => /TCP|Timeout|Immediate|Server/.test(name))
      console.log(process.eventNames().length - names, Object.getOwnPropertyNames(globalThis).length - globals, resources)
      `,
    )
    expect(project.node('imports.mjs')).toBe('0 0 []\n')
  })

  it('has its command, and holds what its exports name and no sources', () => {
    const { version, exports } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(project.node('node_modules/.bin/fakeforge', '--version')).toBe(`${version}\n`)
    const targets = filesOf(exports).flatMap((file) => vendorIds.map((vendor) => file.replace('*', vendor)))
    expect(targets.length).toBeGreaterThan(10)
    expect(
      targets.filter((file) => !existsSync(join(project.folder, 'node_modules/fakeforge', file))),
    ).toEqual([])
    expect(
      project.files.filter((file) => !/^(dist|fixtures)\/|^[A-Z]+(\.md)?$|^package\.json$/.test(file)),
    ).toEqual([])
  })

  it('publishes a JSON Schema that the demo world fits and an unknown key does not', () => {
    project.write('schema.mjs', "console.log(import.meta.resolve('fakeforge/fixture.schema.json').slice(7))")
    const schema = JSON.parse(readFileSync(project.node('schema.mjs').trim(), 'utf8'))
    const validate = new Ajv({ strict: false }).compile(schema)
    expect(validate(demoFixture)).toBe(true)
    expect(validate({ people: [] })).toBe(false)
  })
})

/** The files that a map of exports leads to. */
function filesOf(target: string | object): string[] {
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(filesOf)
}
