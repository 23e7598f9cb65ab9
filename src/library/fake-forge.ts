import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Control, SandboxControl, SandboxOptions } from '../client/control.ts'
import type { Options } from '../options.ts'
import { Endings } from './endings.ts'
import { localControl } from './local-control.ts'
import { openServer } from './open-server.ts'

/** Sends requests to a world without a socket. */
export type Inject = (request: string | InjectOptions) => Promise<LightMyRequestResponse>

export interface LocalSandboxOptions extends Omit<SandboxOptions, 'fixture'> {
  /** Path of a YAML or JSON fixture, or the fixture itself; absent: the server's initial world. */
  readonly fixture?: string | object
}

/** A world of a server in this process. */
export interface LocalControl extends Control {
  /** Sends a request to this world without a socket, to a path below its address or to one of its addresses. */
  readonly inject: Inject
  /** Back to the beginning, or to the world of a fixture: a path or the fixture itself. Throws FixtureError. */
  reset(fixture?: string | object): Promise<void>
  sandbox(options?: LocalSandboxOptions): Promise<FakeForgeSandbox>
}

export interface FakeForgeSandbox extends LocalControl, Omit<SandboxControl, keyof Control> {}

/** A running server, and its own world. */
export interface FakeForge extends LocalControl, AsyncDisposable {
  readonly port: number
  /** The Fastify application, for adding routes of one's own before the first request. */
  readonly app: FastifyInstance
  /** Ends the server with all that is under way. `await using` does it at the end of a block. */
  close(): Promise<void>
}

/**
 * Starts a server, on any free port unless told otherwise. Throws FixtureError for a wrong fixture, UsageError for wrong
 * options, and what Node throws when the port is taken.
 */
export async function startFakeForge(options: Partial<Options> = {}): Promise<FakeForge> {
  const { app, url: server, port } = await openServer(options)
  const place = { app, server, endings: new Endings(app), sandbox: app.worlds.main }
  const close = () => app.close()
  return { ...localControl(place), port, app, close, [Symbol.asyncDispose]: close }
}
