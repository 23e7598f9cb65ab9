/**
 * What stands before the parts of a server: it takes every request as it comes from the socket, or from `inject()`, and hands
 * it to the part that it is for. The application that users hold is this one; routes that they add to it answer where no part
 * is in charge.
 */
import { createServer, type IncomingMessage, type ServerOptions } from 'node:http'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { toOriginForm } from './absolute-form.ts'
import type { AnswerMemo } from './answer-memo/answer-memo.ts'
import type { Applications } from './applications.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The parts of the server by name: `front`'s own, each vendor's by its id. */
    applications: Applications
    memo: AnswerMemo
  }
}

export interface FrontOptions {
  readonly applications: Applications
  /** What may have the answer already. */
  readonly memo: AnswerMemo
  /** The part that a request is for. */
  partOf(request: IncomingMessage): string
  /** The part for what nobody else wants; routes of the user's come before it. */
  readonly last: string
  readonly http: ServerOptions
  readonly fastify: FastifyServerOptions
}

/**
 * Fastify's own, which a server from a factory does not get. With Node's five seconds a git client that thinks for long between
 * two requests of a clone would find its connection closed in the midst of the second.
 */
const timeouts = { keepAliveTimeout: 72_000, requestTimeout: 0 } satisfies ServerOptions

export function openFront({
  applications,
  memo,
  partOf,
  last,
  http,
  fastify,
}: FrontOptions): FastifyInstance {
  const app = Fastify({
    ...fastify,
    serverFactory: (handler) =>
      createServer({ ...timeouts, ...http }, (request, response) => {
        toOriginForm(request)
        if (memo.answer(request, response)) return
        const part = partOf(request)
        // Fastify's own way there would be a second request and reply for each.
        if (part === last) handler(request, response)
        else applications.answer(part, request, response)
      }),
    frameworkErrors: (_error, request, reply) => {
      reply.hijack()
      applications.answer(partOf(request.raw), request.raw, reply.raw)
    },
  })
  app.decorate('applications', applications)
  app.decorate('memo', memo)
  app.addHook('onRequest', (request, reply, done) => {
    const part = partOf(request.raw)
    if (part === last && !request.is404) return done()
    reply.hijack()
    applications.answer(part, request.raw, reply.raw)
  })
  app.addHook('preClose', () => {
    memo.close()
    return applications.close()
  })
  return app
}
