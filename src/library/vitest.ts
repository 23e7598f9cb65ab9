/** `fakeforge/vitest`: Vitest's `test` with a world for each test. */
import { test as base, type TestAPI } from 'vitest'
import type { FakeForgeSandbox } from './fake-forge.ts'
import { type ForgeOptions, finishTest } from './forge-options.ts'
import { TestServers } from './test-servers.ts'

export type { FakeForgeSandbox } from './fake-forge.ts'
export type { ForgeOptions } from './forge-options.ts'

export interface ForgeFixtures {
  /** A world of the test's own: a sandbox of a server that all tests of the worker share. */
  forge: FakeForgeSandbox
  /** What that server is started with: `test.override({ forgeOptions: { … } })`, or `provide` in Vitest's configuration. */
  forgeOptions: ForgeOptions
  /** The servers of the worker. */
  forgeServers: TestServers
}

/** Vitest's own `test`, with `forge`. The requests of a test that fails are printed below it. */
export const test: TestAPI<ForgeFixtures> = base.extend<ForgeFixtures>({
  forgeOptions: [{}, { injected: true }],
  forgeServers: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what a fixture needs.
    async ({}, use) => {
      const servers = new TestServers()
      await use(servers)
      await servers.close()
    },
    { scope: 'worker' },
  ],
  forge: async ({ forgeServers, forgeOptions, task }, use) => {
    const sandbox = await forgeServers.open(forgeOptions)
    await use(sandbox)
    const hasFailed = task.result?.state === 'fail' && !task.fails
    await finishTest(sandbox, forgeOptions, hasFailed, (text) => console.error(text))
  },
})

export const it = test
