import type { FastifyInstance } from 'fastify'
import type { Worlds } from '../../forge/worlds.ts'
import { originOf } from '../origin.ts'
import { AddressPolicy } from './address-policy.ts'
import { Courier, type MountedDialect } from './courier.ts'
import { Gate } from './gate.ts'

declare module 'fastify' {
  interface FastifyInstance {
    courier: Courier
  }
}

export interface WebhookOptions {
  /** By vendor id. */
  readonly dialects: ReadonlyMap<string, MountedDialect>
  /** What addresses begin with as long as nobody has asked for anything; absent: where the server listens. */
  readonly defaultOrigin: string | undefined
  /** Milliseconds. */
  readonly timeout: number
  readonly retries: number
  /** Milliseconds. */
  readonly retryDelay: number
  readonly allow: readonly string[]
}

/** How many deliveries of a whole server may be under way at once. */
const GATE_WIDTH = 256
const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Has the worlds of a server tell their webhooks of what happens, until the application closes. */
export function openCourier(app: FastifyInstance, worlds: Worlds, options: WebhookOptions): Courier {
  const { dialects, defaultOrigin, timeout, retries, retryDelay, allow } = options
  const courier = new Courier({
    dialects,
    rules: { timeout, retries, retryDelay, policy: new AddressPolicy(allow), gate: new Gate(GATE_WIDTH) },
    defaultOrigin: () => defaultOrigin ?? listeningOrigin(app),
    report: (error) => app.log.error(error),
  })
  app.decorate('courier', courier)
  worlds.watch(courier)
  app.addHook('preClose', (done) => {
    courier.close()
    done()
  })
  return courier
}

/** Lets the courier know of an application's requests. To be called once requests know their sandbox. */
export function followVisits(app: FastifyInstance, courier: Courier): void {
  app.addHook('onRequest', (request, _reply, done) => {
    // What moves refs is a write.
    if (!READS.has(request.method)) courier.visit(request.sandbox, originOf(request))
    done()
  })
}

function listeningOrigin(app: FastifyInstance): string {
  const address = app.server.address()
  return typeof address === 'object' && address ? `http://localhost:${address.port}` : 'http://localhost'
}
