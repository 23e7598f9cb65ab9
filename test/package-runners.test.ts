import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installPackage, type PackedProject } from './packed-project.ts'

let project: PackedProject
beforeAll(() => {
  project = installPackage(['@types/node', 'vitest'])
})
afterAll(() => project.remove())

/** One test passes, the next one would find the tag of the first if it had no world of its own, and fails. */
const tests = `
const createTag = (forge, query) =>
  fetch(forge.gitlab.url + '/projects/1/repository/tags?' + query, {
    method: 'POST',
    headers: { 'private-token': 'mia-token' },
  })
`

const dump = [
  'fakeforge saw 3 requests in this test:',
  '    1  POST /api/v4/projects/1/repository/tags?tag_name=v9&ref=main  201  gitlab.createTag, mia',
  '    2  POST /api/v4/projects/1/repository/tags?tag_name=v9&ref=main&mesage=hi  400  gitlab.createTag, mia',
  '       refused: refs/tags/v9 exists already.',
  '       unread: query.mesage',
  '    3  GET /nowhere  404  no such route',
].join('\n')

const passing = `
  if ((await createTag(forge, 'tag_name=v9&ref=main')).status !== 201) throw new Error('not made')
`
const failing = `
  await createTag(forge, 'tag_name=v9&ref=main')
  const { status } = await createTag(forge, 'tag_name=v9&ref=main&mesage=hi')
  await fetch(forge.url + '/nowhere')
  if (status !== 201) throw new Error('refused with ' + status)
`

const finding = [
  'fakeforge found 1 mistake of the client, which a real server would let pass:',
  '  request 1, POST /api/v4/projects/1/repository/tags: gitlab.createTag reads no query.mesage. Send query.message. (unknown-parameter)',
].join('\n')

describe('fakeforge/vitest', () => {
  it('gives each test a world, and shows the requests of the one that fails', () => {
    project.write(
      'vitest/forge.test.ts',
      `
      import { test } from 'fakeforge/vitest'
      import { describe, expect } from 'vitest'
      ${tests}
      test('passes', async ({ forge }) => {${passing}})
      test('fails', async ({ forge }) => {${failing}})
      test.fails('is expected to fail', async ({ forge }) => {${failing}})
      describe('as of 14', () => {
        test.override({ forgeOptions: { profiles: { gitlab: '14' } } })
        test('has the options that were given', async ({ forge }) => {
          expect((await forge.version()).vendors.gitlab).toBe('14')
          expect((await forge.inject('/nowhere')).statusCode).toBe(404)
        })
      })
      `,
    )
    const output = project.attempt('node_modules/vitest/vitest.mjs', 'run', 'vitest/forge.test.ts')
    expect(output).toContain(dump)
    expect(output.split('fakeforge saw')).toHaveLength(2)
    expect(output).toMatch(/Tests\s+1 failed \| 2 passed \| 1 expected fail/)
  })

  it('fails tests whose client did something wrong, where that is wanted', () => {
    project.write(
      'vitest/findings.test.ts',
      `
      import { test } from 'fakeforge/vitest'
      ${tests}
      test.override({ forgeOptions: { failOnFindings: true } })
      test('is right', async ({ forge }) => {${passing}})
      test('is wrong', async ({ forge }) => void (await createTag(forge, 'tag_name=v9&ref=main&mesage=hi')))
      `,
    )
    const output = project.attempt('node_modules/vitest/vitest.mjs', 'run', 'vitest/findings.test.ts')
    expect(output).toContain(`FindingsError: ${finding}`)
    expect(output).toMatch(/Tests\s+1 failed \| 1 passed/)
  })

  it('has types', () => {
    project.write(
      'vitest/types.ts',
      `
      import { test } from 'fakeforge/vitest'
      test('x', async ({ forge }) => {
        const status: number = (await forge.inject('/')).statusCode
        // @ts-expect-error: a number
        const text: string = forge.faults.add({ status })
        return void text
      })
      test.override({ forgeOptions: { profiles: { gitlab: '14' }, dump: false } })
      // @ts-expect-error: no such vendor
      test.override({ forgeOptions: { profiles: { github: '14' } } })
      `,
    )
    expect(tsc('nodenext', 'vitest/types.ts')).toBe('')
  })
})

describe('fakeforge/node-test', () => {
  it('gives each test a world, and shows the requests of the one that fails', () => {
    project.write(
      'node/forge.test.mjs',
      `
      import { describe, test } from 'node:test'
      import { useFakeForge } from 'fakeforge/node-test'
      const forge = useFakeForge()
      ${tests}
      test('passes', async () => {${passing}})
      describe('a suite', () => {
        test('fails', async () => {${failing}})
      })
      try {
        forge.url
      } catch (error) {
        console.log(error.code + ': ' + error.message)
      }
      `,
    )
    const output = project.attempt('--test', '--test-reporter=spec', 'node/forge.test.mjs')
    expect(output.replace(/^ *ℹ /gm, '')).toContain(dump)
    expect(output).toContain('no-test: forge.url: there is a world within tests and beforeEach only.')
    expect(output).toMatch(/ℹ pass 1\nℹ fail 1/)
  })
})

it('fakeforge/node-test fails tests whose client did something wrong, where that is wanted', () => {
  project.write(
    'node/findings.test.mjs',
    `
    import { test } from 'node:test'
    import { useFakeForge } from 'fakeforge/node-test'
    const forge = useFakeForge({ failOnFindings: ['unknown-parameter'] })
    ${tests}
    test('is right', async () => {${passing}})
    test('is wrong', async () => void (await createTag(forge, 'tag_name=v9&ref=main&mesage=hi')))
    `,
  )
  const output = project.attempt('--test', '--test-reporter=spec', 'node/findings.test.mjs')
  expect(output.replace(/^ {2}(?= {2}request)/gm, '')).toContain(finding.split('\n')[1]?.trim())
  expect(output).toMatch(/ℹ pass 1\nℹ fail 1/)
})

/** As much of Jest as the helper sees: the global hooks, and what jest-circus keeps in the global scope. */
const jest = `
const hooks = { beforeEach: [], afterEach: [], afterAll: [] }
for (const name of Object.keys(hooks)) {
  globalThis[name] = (hook) => {
    if (hook.length > 0) throw new Error('Jest takes that for a hook that calls back')
    hooks[name].push(hook)
  }
}
const state = { currentlyRunningTest: null }
globalThis[Symbol('JEST_STATE_SYMBOL')] = state
async function test(name, body) {
  state.currentlyRunningTest = { errors: [] }
  for (const hook of hooks.beforeEach) await hook()
  await body().catch((error) => state.currentlyRunningTest.errors.push(error))
  for (const hook of hooks.afterEach) await hook()
  console.log(name, state.currentlyRunningTest.errors.map(({ message }) => message))
}
`

describe('fakeforge/jest', () => {
  it.each([
    ['mjs', "import { useFakeForge } from 'fakeforge/jest'"],
    ['cjs', "const { useFakeForge } = require('fakeforge/jest')"],
  ])('gives each test a world, and shows the requests of the one that fails, in .%s', (suffix, load) => {
    project.write(
      `jest/forge.${suffix}`,
      `
      ${load}
      ${jest}
      ${tests}
      async function main() {
        const forge = useFakeForge({ profiles: { gitlab: '14' }, adminToken: 'sesame' })
        await test('passes', async () => {${passing}})
        await test('fails', async () => {${failing}})
        await test('has options', async () => console.log((await forge.version()).vendors.gitlab))
        for (const hook of hooks.afterAll) await hook()
      }
      main()
      `,
    )
    const output = project.attempt(`jest/forge.${suffix}`)
    expect(output).toContain(dump)
    expect(output).toContain("passes []\nfails [ 'refused with 400' ]\n14\nhas options []\n")
  })

  it('fails tests whose client did something wrong, where that is wanted', () => {
    project.write(
      'jest/findings.cjs',
      `
      const { useFakeForge } = require('fakeforge/jest')
      ${jest}
      ${tests}
      async function main() {
        const forge = useFakeForge({ failOnFindings: true })
        await test('is right', async () => {${passing}})
        await test('is wrong', async () => void (await createTag(forge, 'tag_name=v9&ref=main&mesage=hi'))).catch(
          ({ name, message }) => console.log(name + ': ' + message),
        )
        for (const hook of hooks.afterAll) await hook()
      }
      main()
      `,
    )
    expect(project.node('jest/findings.cjs')).toBe(`is right []\nFindingsError: ${finding}\n`)
  })

  it('ends when the tests do, even where nobody calls afterAll', () => {
    project.write(
      'jest/abandoned.cjs',
      `
      const { useFakeForge } = require('fakeforge/jest')
      ${jest}
      const forge = useFakeForge()
      test('passes', async () => console.log((await forge.health()).status))
      `,
    )
    expect(project.node('jest/abandoned.cjs')).toBe('ok\npasses []\n')
  })

  it('says what is wrong with the options, and with a place without Jest', () => {
    project.write(
      'jest/wrong.cjs',
      `
      const { useFakeForge } = require('fakeforge/jest')
      try {
        useFakeForge()
      } catch ({ name, code }) {
        console.log(name, code)
      }
      ${jest}
      useFakeForge({ profiles: { gitlab: '3' } })
      test('never', async () => {}).catch(({ message }) => console.log(message))
      `,
    )
    expect(project.node('jest/wrong.cjs')).toMatch(
      /^FakeForgeError no-jest\ngitlab has no profile "3"; allowed: /,
    )
  })

  it.each(['nodenext', 'node16'])('has types for CommonJS under %s', (module) => {
    project.write(
      'jest/types.cts',
      `
      import { type ForgeOptions, useFakeForge } from 'fakeforge/jest'
      const options: ForgeOptions = { dump: false }
      const forge = useFakeForge(options)
      export const count: Promise<number> = forge.journal.count({ status: '4xx' })
      `,
    )
    expect(tsc(module, 'jest/types.cts')).toBe('')
  })
})

function tsc(module: string, file: string): string {
  const flags = ['--strict', '--target', 'es2022', '--types', 'node', '--noEmit', '--module', module]
  // Whether Vitest's own declarations are in order is not what this is about; those of this package are checked elsewhere.
  return project.attempt(resolve('node_modules/typescript/bin/tsc'), ...flags, '--skipLibCheck', file)
}
