import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Control, SandboxControl, SandboxOptions } from '../client/control.ts'
import type { Finding } from '../http/findings/finding.ts'
import type { Options } from '../options.ts'
import { Endings } from './endings.ts'
import { closeJudged, type FailOnFindings, failingFindings } from './judged-close.ts'
import { localControl } from './local-control.ts'
import { localJournal } from './local-journal.ts'
import { openServer } from './open-server.ts'
import type { Place } from './place.ts'

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
  /** Ends the server with all that is under way. Throws FindingsError where that was wanted. `await using` does it at the end of a block. */
  close(): Promise<void>
}

/** How a server is started, and how it ends. */
export interface StartOptions extends Partial<Options> {
  /**
   * Whether `close()`, of the server as of its sandboxes, throws FindingsError once it is done if clients have done something
   * wrong although their vendors let it pass: anything, or something of these kinds. Implies `strict`.
   */
  readonly failOnFindings?: FailOnFindings
}

/**
 * Starts a server, on any free port unless told otherwise. Throws FixtureError for a wrong fixture, UsageError for wrong
 * options, and what Node throws when the port is taken.
 */
export async function startFakeForge(options: StartOptions = {}): Promise<FakeForge> {
  const { failOnFindings = false, ...given } = options
  const { app, url: server, port } = await openServer(failOnFindings ? { ...given, strict: true } : given)
  const place = { app, server, endings: new Endings(app), sandbox: app.worlds.main, failOnFindings }
  let isJudged = false
  const close = () => {
    const find = isJudged ? async () => [] : () => findInAll(place)
    isJudged = true
    return closeJudged(find, () => app.close())
  }
  return { ...localControl(place), port, app, close, [Symbol.asyncDispose]: close }
}

/** What is to fail in the worlds that are still there. */
async function findInAll(place: Place): Promise<Finding[]> {
  const worlds = [place.sandbox, ...place.app.worlds.sandboxes]
  const found = worlds.map((sandbox) =>
    failingFindings(localJournal({ ...place, sandbox }), place.failOnFindings),
  )
  return (await Promise.all(found)).flat()
}
