import type { FastifyInstance } from 'fastify'
import type { Forge } from '../forge/forge.ts'
import type { Worlds } from '../forge/worlds.ts'

declare module 'fastify' {
  interface FastifyInstance {
    worlds: Worlds
  }
  interface FastifyRequest {
    /** The forge that this request is about. */
    forge: Forge
    /** When its headers had arrived, on the clock of `performance.now()`. */
    startedAt: number
  }
}

/** Gives every request its forge and its start time. */
export function attachForge(app: FastifyInstance, worlds: Worlds): void {
  app.decorate('worlds', worlds)
  app.decorateRequest('forge', null as unknown as Forge)
  app.decorateRequest('startedAt', 0)
  app.addHook('onRequest', (request, _reply, done) => {
    request.startedAt = performance.now()
    request.forge = worlds.live
    done()
  })
}
