import type { SandboxControl } from '../client/control.ts'
import { FakeForgeError } from '../fake-forge-error.ts'
import { type ForgeOptions, finishTest } from './forge-options.ts'

/** What a test runner offers, and where worlds come from. `Context` is what the runner tells its hooks about the test. */
export interface Hooks<World, Context> {
  open(): Promise<World>
  /** Ends what the worlds came from. */
  close(): Promise<void>
  beforeEach(hook: () => Promise<void>): void
  afterEach(hook: (context: Context) => Promise<void>): void
  afterAll(hook: () => Promise<void>): void
  hasFailed(context: Context): boolean
  print(text: string, context: Context): void
}

/**
 * Gives each test a world of its own, of one server for all of them. What comes back stands for the world of whichever
 * test is running; outside of tests it throws FakeForgeError (`no-test`).
 */
export function useForge<World extends SandboxControl, Context>(
  options: ForgeOptions,
  hooks: Hooks<World, Context>,
): World {
  let current: World | null = null
  hooks.beforeEach(async () => {
    current = await hooks.open()
  })
  hooks.afterEach(async (context) => {
    const sandbox = current
    current = null
    const print = (text: string) => hooks.print(text, context)
    if (sandbox) await finishTest(sandbox, options, hooks.hasFailed(context), print)
  })
  hooks.afterAll(() => hooks.close())
  return new Proxy({} as World, {
    get: (_, name) => Reflect.get(current ?? absent(name), name),
    has: (_, name) => current !== null && name in current,
  })
}

/** Whoever prints a value or awaits it asks it for more than it has. */
function absent(name: string | symbol): object {
  if (typeof name === 'symbol' || name === 'then') return {}
  throw new FakeForgeError('no-test', `forge.${name}: there is a world within tests and beforeEach only.`)
}
