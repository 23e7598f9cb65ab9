/** `fakeforge/jest`: a world for each test of Jest. */
import { Worker } from 'node:worker_threads'
import { connect } from '../client/connect.ts'
import type { SandboxControl } from '../client/control.ts'
import { FakeForgeError } from '../fake-forge-error.ts'
import { type ForgeOptions, serverOptionsOf } from './forge-options.ts'
import { judged } from './judged-close.ts'
import { useForge } from './use-fake-forge.ts'

export type { SandboxControl } from '../client/control.ts'
export type { ForgeOptions } from './forge-options.ts'

type Register = (hook: () => Promise<void>) => void

interface JestGlobals {
  readonly beforeEach?: Register
  readonly afterEach?: Register
  readonly afterAll?: Register
}

/**
 * To be called at the top of a test file or in a `describe`: from then on each test has a world of its own, which is what
 * comes back stands for. The requests of a test that fails are printed. The server is in a thread beside Jest, so that
 * fake timers and module mocks are not its business. Throws FakeForgeError (`no-jest`) without Jest's globals.
 */
export function useFakeForge(options: ForgeOptions = {}): SandboxControl {
  const { beforeEach, afterEach, afterAll } = globalThis as JestGlobals
  if (!beforeEach || !afterEach || !afterAll)
    throw new FakeForgeError(
      'no-jest',
      'fakeforge/jest needs the globals of Jest: injectGlobals must not be false.',
    )
  let server: Promise<Thread> | null = null
  return useForge<SandboxControl, void>(options, {
    open: async () => {
      server ??= startThread(options)
      const forge = await connect((await server).url, tokenOf(options))
      return judged(await forge.sandbox(), options.failOnFindings ?? false)
    },
    close: async () => void (await (await server)?.worker.terminate()),
    beforeEach,
    // Jest takes a hook with a parameter for one that calls back.
    afterEach: (hook) => afterEach(() => hook()),
    afterAll,
    hasFailed,
    print: (text) => void process.stderr.write(`${text}\n`),
  })
}

interface Thread {
  readonly worker: Worker
  readonly url: string
}

function startThread(options: ForgeOptions): Promise<Thread> {
  const worker = new Worker(new URL('./jest-server.js', import.meta.url), {
    workerData: serverOptionsOf(options),
  })
  worker.unref()
  return new Promise((resolve, reject) => {
    worker.once('message', (url: string) => resolve({ worker, url }))
    worker.once('error', reject)
  })
}

function tokenOf({ adminToken }: ForgeOptions): { readonly token?: string } {
  return adminToken === undefined ? {} : { token: adminToken }
}

/** Jest tells its hooks nothing about the test; jest-circus, its runner, keeps what it knows in the global scope. */
function hasFailed(): boolean {
  const place = Object.getOwnPropertySymbols(globalThis).find(
    ({ description }) => description === 'JEST_STATE_SYMBOL',
  )
  const state = place && (Reflect.get(globalThis, place) as CircusState)
  return (state?.currentlyRunningTest?.errors.length ?? 0) > 0
}

interface CircusState {
  readonly currentlyRunningTest?: { readonly errors: readonly unknown[] } | null
}
