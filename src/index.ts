import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { type LoadedFixture, validateFixture } from './forge/fixture/load.ts'
import { libraryOptions, type Options } from './options.ts'

export { buildApp } from './app.ts'
export { UsageError } from './config/mistakes.ts'
export { validateFixture } from './forge/fixture/load.ts'
export { FixtureError, type Problem } from './forge/fixture/problem.ts'
export type { Fixture } from './forge/fixture/schema.ts'
export type { LogLevel, Options, VendorId } from './options.ts'
export { version } from './version.ts'

/** A running server. */
export interface FakeForge {
  /** Where it listens: `http://127.0.0.1:4747`. */
  readonly url: string
  readonly port: number
  /** The Fastify application, for `inject()` and for adding routes of one's own before the first request. */
  readonly app: FastifyInstance
  /** Back to the initial world, or to the fixture given. Throws FixtureError. */
  reset(fixture?: object): Promise<void>
  close(): Promise<void>
}

/** Starts a server. Throws FixtureError for a wrong fixture, and what Node throws when the port is taken. */
export async function startFakeForge(options: Partial<Options> = {}): Promise<FakeForge> {
  const { port, host } = { ...libraryOptions, ...options }
  const app = await buildApp(options)
  await app.listen({ port, host }).catch(async (error: unknown) => {
    await app.close()
    throw error
  })
  const address = app.server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://${urlHost(host)}:${bound}`,
    port: bound,
    app,
    reset: (fixture) => resetTo(app, fixture),
    close: () => app.close(),
  }
}

async function resetTo(app: FastifyInstance, fixture: object | undefined): Promise<void> {
  await app.worlds.reset(fixture && (await loadPosted(fixture)))
  await app.keeper?.settle({ since: app.keeper.failures, isWrite: true })
}

async function loadPosted(fixture: object): Promise<LoadedFixture> {
  const source = 'the fixture'
  return { fixture: await validateFixture(fixture, source), source, folder: process.cwd() }
}

/** The host as it stands in a URL that works from this machine. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
