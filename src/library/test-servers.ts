import { type FakeForge, type FakeForgeSandbox, startFakeForge } from './fake-forge.ts'
import { type ForgeOptions, startOptionsOf } from './forge-options.ts'

/** The servers that the tests of one process share: one for each set of options, started when it is first asked for. */
export class TestServers {
  readonly #servers = new Map<string, Promise<FakeForge>>()
  readonly #keys = new WeakMap<ForgeOptions, string>()

  /** A world of its own for a test. Throws what startFakeForge throws. */
  async open(options: ForgeOptions): Promise<FakeForgeSandbox> {
    const key = this.#keyOf(options)
    const server = this.#servers.get(key) ?? startFakeForge(startOptionsOf(options))
    this.#servers.set(key, server)
    return (await server).sandbox()
  }

  async close(): Promise<void> {
    const servers = await Promise.allSettled(this.#servers.values())
    this.#servers.clear()
    await Promise.all(servers.map((result) => (result.status === 'fulfilled' ? result.value.close() : null)))
  }

  /** Options are mostly the same object for all tests, and may hold a whole world. */
  #keyOf(options: ForgeOptions): string {
    const key = this.#keys.get(options) ?? JSON.stringify(options)
    this.#keys.set(options, key)
    return key
  }
}
