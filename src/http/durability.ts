import type { FastifyInstance } from 'fastify'
import type { Keeper } from '../forge/durable/keeper.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** What keeps the main world in a folder; null when it is in memory only. */
    keeper: Keeper | null
  }
  interface FastifyRequest {
    /** How many writes to the disk had failed when the request came. */
    failuresBefore: number
    /** Whether its answer is already the one that says so. */
    isTellingFailure: boolean
  }
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])
/** What the answer of a success says beside its body. */
const OF_SUCCESS = ['location', 'etag', 'last-modified', 'link', 'content-disposition']

/**
 * Has every answer about the main world wait until what it tells is on the disk. Where that cannot be, the answer is the
 * vendor's own for an error inside.
 */
export function awaitDurability(app: FastifyInstance, keeper: Keeper): void {
  // For what Fastify refuses before any hook has seen it.
  app.decorateRequest('failuresBefore', Number.POSITIVE_INFINITY)
  app.decorateRequest('isTellingFailure', false)
  app.addHook('onRequest', (request, _reply, done) => {
    request.failuresBefore = keeper.failures
    done()
  })
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (request.sandbox?.id !== null || request.isTellingFailure) return done()
    const settled = keeper.settle({ since: request.failuresBefore, isWrite: !READS.has(request.method) })
    if (!settled) return done()
    settled.then(
      () => done(),
      (error: Error) => {
        request.isTellingFailure = true
        for (const name of OF_SUCCESS) reply.removeHeader(name)
        done(error)
      },
    )
  })
}
