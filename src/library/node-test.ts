/** `fakeforge/node-test`: a world for each test of Node's own runner. */
import { after, afterEach, beforeEach } from 'node:test'
import type { FakeForgeSandbox } from './fake-forge.ts'
import type { ForgeOptions } from './forge-options.ts'
import { TestServers } from './test-servers.ts'
import { useForge } from './use-fake-forge.ts'

export type { FakeForgeSandbox } from './fake-forge.ts'
export type { ForgeOptions } from './forge-options.ts'

/** What Node 20.12 and later tell a hook; its types do not say so. */
interface FinishedTest {
  readonly passed?: boolean
  diagnostic(line: string): void
}

/**
 * To be called at the top of a test file or in a `describe`: from then on each test has a world of its own, which is what
 * comes back stands for. The requests of a test that fails are printed below it. Tests that run side by side within one
 * file would share the world; they open sandboxes of their own.
 */
export function useFakeForge(options: ForgeOptions = {}): FakeForgeSandbox {
  const servers = new TestServers()
  return useForge<FakeForgeSandbox, FinishedTest>(options, {
    open: () => servers.open(options),
    close: () => servers.close(),
    beforeEach,
    afterEach: (hook) => afterEach((context) => hook(context as unknown as FinishedTest)),
    afterAll: after,
    hasFailed: ({ passed }) => passed === false,
    print: (text, context) => {
      for (const line of text.split('\n')) context.diagnostic(line)
    },
  })
}
